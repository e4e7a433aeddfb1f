package org.migratecheck.check;

import java.util.List;
import java.util.Optional;
import org.migratecheck.facts.Guest;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Report.PairVerdict;
import org.migratecheck.model.Scope;
import org.migratecheck.model.Severity;
import org.migratecheck.model.Status;
import org.migratecheck.model.Verdict;

/** Draws the verdict of a direction from findings. Nothing evaluated is never READY. */
public final class Verdicts {
  private Verdicts() {}

  /**
   * Returns the verdict of one direction.
   *
   * @param findings all findings of the run
   * @param guestsJudged whether the chosen checks judge guests, so that each guest needs an answer
   * @param warningsFail whether warnings make it NOT READY
   */
  public static PairVerdict of(
      Direction direction, List<Finding> findings, boolean guestsJudged, boolean warningsFail) {
    List<Finding> mine = findings.stream().filter(f -> concerns(f, direction)).toList();
    int blockers = (int) mine.stream().filter(Finding::blocks).count();
    int undetermined = (int) mine.stream().filter(Finding::undetermined).count();
    int warnings = (int) mine.stream().filter(Verdicts::warns).count();
    int passed = (int) mine.stream().filter(f -> f.status() == Status.PASS).count();
    Verdict verdict;
    if (blockers > 0 || (warningsFail && warnings > 0)) {
      verdict = Verdict.NOT_READY;
    } else if (undetermined > 0 || !evaluated(direction, mine, guestsJudged)) {
      verdict = Verdict.UNDETERMINED;
    } else {
      verdict = Verdict.READY;
    }
    return new PairVerdict(
        direction.source().name(),
        direction.destination().name(),
        verdict,
        direction.guests().stream().map(Guest::name).toList(),
        blockers,
        undetermined,
        warnings,
        passed);
  }

  /** A warning, or a warning that could not be determined; notes of info checks do not count. */
  private static boolean warns(Finding f) {
    return f.severity() != Severity.INFO
        && (f.status() == Status.WARN
            || (f.status() == Status.ERROR && f.severity() == Severity.WARNING)
            || (f.status() == Status.FAIL && f.severity() == Severity.WARNING));
  }

  private static boolean concerns(Finding f, Direction d) {
    Optional<String> source = Optional.of(d.source().name());
    Optional<String> destination = Optional.of(d.destination().name());
    if (f.scope() == Scope.HOST) {
      Optional<String> host = f.source().isPresent() ? f.source() : f.destination();
      return host.equals(source) || host.equals(destination);
    }
    return f.source().equals(source) && f.destination().equals(destination);
  }

  private static boolean evaluated(Direction d, List<Finding> mine, boolean guestsJudged) {
    for (String host : List.of(d.source().name(), d.destination().name())) {
      if (mine.stream().noneMatch(f -> Judge.evaluatedBlocker(f) && about(f, host))) {
        return false;
      }
    }
    if (!guestsJudged) {
      return true;
    }
    return d.guests().stream()
        .allMatch(
            g ->
                mine.stream()
                    .anyMatch(
                        f -> Judge.evaluatedBlocker(f) && f.guest().equals(Optional.of(g.name()))));
  }

  private static boolean about(Finding f, String host) {
    return f.source().equals(Optional.of(host)) || f.destination().equals(Optional.of(host));
  }
}
