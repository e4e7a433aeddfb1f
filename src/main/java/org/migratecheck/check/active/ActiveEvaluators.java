package org.migratecheck.check.active;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.EvaluatorSource;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.active.BeginRehearsal;
import org.migratecheck.facts.active.GuestBlockers;
import org.migratecheck.facts.active.NonceDirectories;
import org.migratecheck.facts.active.Nonces;
import org.migratecheck.facts.storage.Pools;
import org.migratecheck.model.Observed;

/** Announces the evaluators of this package: short ones, for the hosts have judged already. */
public final class ActiveEvaluators implements EvaluatorSource {
  @Override
  public Map<String, Supplier<Evaluator>> evaluators() {
    return Map.of(
        "qemu-blockers", () -> ActiveEvaluators::blockers,
        "begin-rehearsal", () -> ActiveEvaluators::begin,
        "shared-nonce", () -> ActiveEvaluators::nonce);
  }

  private static Outcome blockers(CheckContext context) {
    if (!context.guest().active()) {
      return Outcome.skipped("not-active");
    }
    List<String> reasons =
        GuestBlockers.of(
                context.link(GuestBlockers.FACT), context.guest().uuid(), context.guest().name())
            .reasons();
    return Outcome.of(
        reasons.stream().map(r -> Problem.on(Side.SOURCE, "blocked", "reason", r)).toList(),
        reasons.stream().map(r -> new Observed("reason", r, "")).toList());
  }

  private static Outcome begin(CheckContext context) {
    if (!context.guest().active()) {
      return Outcome.skipped("not-active");
    }
    String said =
        Optional.ofNullable(context.link(BeginRehearsal.FACT).get(context.guest().uuid()))
            .orElseThrow(
                () -> new Undetermined("libvirt was not asked about " + context.guest().name()));
    return Outcome.of(
        said.isEmpty() ? List.of() : List.of(Problem.on(Side.SOURCE, "refused", "said", said)),
        List.of(new Observed("begin", said.isEmpty() ? "no objection" : said, "")));
  }

  private static Outcome nonce(CheckContext context) {
    boolean volumes =
        context.guest().xml().all("devices/disk").stream()
            .anyMatch(d -> d.attr("type").equals("volume"));
    Pools pools = volumes ? context.source(Pools.FACT) : new Pools(List.of());
    List<String> directories = NonceDirectories.of(context.guest(), pools);
    if (directories.isEmpty()) {
      return Outcome.skipped("no-files");
    }
    Map<String, String> written = context.link(Nonces.WRITTEN);
    Map<String, String> seen = context.link(Nonces.SEEN);
    List<Problem> problems = new ArrayList<>();
    List<Observed> observed = new ArrayList<>();
    for (String directory : directories) {
      String there = seen.getOrDefault(directory, "");
      String here = written.getOrDefault(directory, "");
      observed.add(new Observed(directory, here, there));
      if (here.isEmpty() || there.isEmpty()) {
        throw new Undetermined("nothing was tried in " + directory);
      }
      if (here.equals("failed")) {
        problems.add(Problem.on(Side.SOURCE, "not-written", "directory", directory));
      } else if (!there.equals("seen")) {
        problems.add(Problem.of("not-seen", "directory", directory));
      }
    }
    return Outcome.of(problems, observed);
  }
}
