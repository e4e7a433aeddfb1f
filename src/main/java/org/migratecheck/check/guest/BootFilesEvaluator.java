package org.migratecheck.check.guest;

import java.util.ArrayList;
import java.util.List;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.guest.Firmware;
import org.migratecheck.facts.guest.GuestFiles;
import org.migratecheck.facts.guest.SeenFile;
import org.migratecheck.model.Observed;

/**
 * Whether a guest that is booted from files of its host finds the same ones on the destination. A
 * running guest has them in its memory; another content works only from the next start on.
 */
final class BootFilesEvaluator implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    if (!context.guest().active()) {
      return Outcome.skipped("not-active");
    }
    List<String> paths = Firmware.of(context.guest()).boot();
    if (paths.isEmpty()) {
      return Outcome.skipped("none");
    }
    GuestFiles source = context.link(GuestFiles.SOURCE);
    GuestFiles destination = context.link(GuestFiles.DESTINATION);
    List<Problem> problems = new ArrayList<>();
    List<Observed> observed = new ArrayList<>();
    for (String path : paths) {
      SeenFile here = source.of(path);
      SeenFile there = destination.of(path);
      observed.add(new Observed(path, digest(here), digest(there)));
      boolean differs =
          here.size() != there.size()
              || (here.digest().isPresent()
                  && there.digest().isPresent()
                  && !here.digest().equals(there.digest()));
      // A missing file is told by shared-path-exists and guest-device-paths.
      if (here.present() && there.present() && differs) {
        problems.add(Problem.of("differs", "path", path));
      }
    }
    return Outcome.of(problems, observed).with("count", Integer.toString(paths.size()));
  }

  private static String digest(SeenFile file) {
    if (!file.present()) {
      return "missing";
    }
    return file.size()
        + " bytes"
        + file.digest().map(d -> ", SHA-256 " + d.substring(0, 12) + "...").orElse("");
  }
}
