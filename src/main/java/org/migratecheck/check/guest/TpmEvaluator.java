package org.migratecheck.check.guest;

import java.util.List;
import java.util.Map;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.Xml;
import org.migratecheck.facts.guest.GuestServices;
import org.migratecheck.facts.system.RpmVersion;

/** Whether the guest's TPM can move: an emulated one needs swtpm there, a real one stays. */
final class TpmEvaluator implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    Guest guest = context.guest();
    if (!guest.active()) {
      return Outcome.skipped("not-active");
    }
    List<Xml> backends = guest.xml().all("devices/tpm/backend");
    if (backends.isEmpty()) {
      return Outcome.skipped("none");
    }
    Gathered gathered = new Gathered();
    for (Xml backend : backends) {
      switch (backend.attr("type")) {
        case "passthrough" ->
            gathered.add(
                Problem.on(
                    Side.SOURCE,
                    "passthrough",
                    "device",
                    backend.attribute("device", "path").orElse("/dev/tpm0")));
        case "emulator" -> gathered.attempt(() -> emulator(context, gathered));
        default -> gathered.see("TPM", backend.attr("type"), "");
      }
    }
    return gathered.outcome();
  }

  private static void emulator(CheckContext context, Gathered gathered) {
    Map<String, String> here = context.source(GuestServices.TPM);
    Map<String, String> there = context.destination(GuestServices.TPM);
    for (String program : List.of("swtpm", "swtpm_setup")) {
      String version = here.getOrDefault(program, "");
      gathered.see(
          program, here.containsKey(program) ? version : "-", there.getOrDefault(program, "-"));
      if (!there.containsKey(program)) {
        gathered.add(Problem.of("missing", "program", program));
      } else if (older(there.get(program), version)) {
        gathered.add(
            Problem.of("older", "program", program, "here", version, "there", there.get(program)));
      }
    }
  }

  private static boolean older(String there, String here) {
    return !there.isEmpty() && !here.isEmpty() && RpmVersion.compare(there, here) < 0;
  }
}
