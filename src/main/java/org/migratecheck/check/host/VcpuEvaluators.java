package org.migratecheck.check.host;

import java.util.List;
import java.util.Optional;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.host.Platform;
import org.migratecheck.facts.host.Processors;
import org.migratecheck.facts.host.QemuAbilities;
import org.migratecheck.model.Observed;

/** Whether a guest's virtual processors find what they need. */
final class VcpuEvaluators {
  private VcpuEvaluators() {}

  /** Warns of a guest with more virtual processors than the destination has processors. */
  static Outcome fit(CheckContext context) {
    if (!context.guest().active()) {
      return Outcome.skipped("not-active");
    }
    int guest = count(context, true);
    int here = context.source(Processors.FACT).onlineSet().cardinality();
    int there = context.destination(Processors.FACT).onlineSet().cardinality();
    List<Observed> observed =
        List.of(
            new Observed("processors", Integer.toString(here), Integer.toString(there)),
            new Observed("virtual processors", Integer.toString(guest), ""));
    // A guest that is crowded already is no worse off there.
    List<Problem> problems =
        guest > there && there < here
            ? List.of(Problem.of("crowded", "count", Integer.toString(guest), "there", "" + there))
            : List.of();
    return Outcome.of(problems, observed)
        .with("count", Integer.toString(guest))
        .with("there", Integer.toString(there));
  }

  /** Judges whether the destination's machine type can have as many as the guest may get. */
  static Outcome machine(CheckContext context) {
    if (!context.guest().active()) {
      return Outcome.skipped("not-active");
    }
    Platform platform = Platform.of(context.guest().xml());
    Optional<QemuAbilities> abilities =
        QemuAbilities.of(context.link(QemuAbilities.FACT), platform);
    if (abilities.isEmpty()) {
      return Outcome.skipped("no-platform");
    }
    int max = abilities.get().maxCpus();
    if (max == 0) {
      return Outcome.skipped("no-limit");
    }
    int guest = count(context, false);
    String limit = Integer.toString(max);
    List<Problem> problems =
        guest > max
            ? List.of(
                Problem.of(
                    "too-many",
                    "count",
                    Integer.toString(guest),
                    "limit",
                    limit,
                    "machine",
                    platform.machine()))
            : List.of();
    return Outcome.of(
            problems, List.of(new Observed("virtual processors", Integer.toString(guest), limit)))
        .with("machine", platform.machine())
        .with("limit", limit);
  }

  /**
   * @param now those that the guest has now; else those that it may get
   */
  private static int count(CheckContext context, boolean now) {
    String text =
        (now ? context.guest().xml().attribute("vcpu", "current") : Optional.<String>empty())
            .or(() -> context.guest().xml().textAt("vcpu"))
            .orElse("1");
    if (!text.matches("[0-9]{1,6}")) {
      throw new Undetermined("the guest's XML tells no number of virtual processors");
    }
    return Integer.parseInt(text);
  }
}
