package org.migratecheck.migrate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.migratecheck.model.Finding;
import org.migratecheck.model.MigrationPlan;
import org.migratecheck.model.MigrationPlan.GuestPlan;
import org.migratecheck.model.Report;
import org.migratecheck.model.Report.CheckSummary;
import org.migratecheck.model.Verdict;

/**
 * Decides whether a guest is moved: only when the verdict is READY now, and nothing that a review
 * relied on has changed since. Nothing skips it.
 */
public final class Gate {
  /** Clocks of two machines may differ by so much before a plan counts as made in the future. */
  private static final Duration CLOCK_SLACK = Duration.ofMinutes(5);

  private final Drift drift;

  /** Creates a gate. */
  public Gate(Drift drift) {
    this.drift = drift;
  }

  /**
   * The answer.
   *
   * @param reasons why it stays shut, one line each; empty when it is open
   */
  public record Decision(List<String> reasons) {
    /** Copies the list. */
    public Decision {
      reasons = List.copyOf(reasons);
    }

    /** Returns whether the guests may be moved. */
    public boolean open() {
      return reasons.isEmpty();
    }
  }

  /**
   * Judges a run without a reviewed plan, which is READY or not.
   *
   * @param now what was judged just now, with its plan
   */
  public Decision now(Report now) {
    List<String> reasons = new ArrayList<>();
    verdict(now, reasons);
    return new Decision(reasons);
  }

  /**
   * Judges a reviewed plan.
   *
   * @param reviewed the report with the plan, as read from a file that is unchanged
   * @param now what was judged just now, with the plan that would be made now
   * @param guest the guest whose turn it is; empty for all of the plan
   * @param maxAge how old the evidence of the review may be
   * @param clock what time it is
   */
  public Decision reviewed(
      Report reviewed, Report now, Optional<String> guest, Duration maxAge, Instant clock) {
    Decision decision = next(reviewed, now, guest, maxAge, clock);
    List<String> reasons = new ArrayList<>(decision.reasons());
    drift.findings(reviewed, now, guest).forEach(c -> reasons.add("changed: " + c.line()));
    return new Decision(reasons);
  }

  /**
   * Judges the next guest of a run whose gate was open: the moves before it have changed what is
   * seen of memory, disks in use and files' owners, so that the verdict counts, and that machines,
   * checks and the guest's definition are the same.
   *
   * @param reviewed the report with the plan
   * @param now what was judged just now
   * @param guest the guest whose turn it is; empty for all of the plan
   * @param maxAge how old the evidence of the review may be
   * @param clock what time it is
   */
  public Decision next(
      Report reviewed, Report now, Optional<String> guest, Duration maxAge, Instant clock) {
    List<String> reasons = new ArrayList<>();
    if (reviewed.verdict() != Verdict.READY) {
      reasons.add("the reviewed verdict is " + reviewed.verdict().label() + ", not READY");
    }
    age(reviewed.run().collectedFrom(), maxAge, clock).ifPresent(reasons::add);
    verdict(now, reasons);
    changes(reviewed, now, guest).forEach(c -> reasons.add("changed: " + c.line()));
    return new Decision(reasons);
  }

  private static Optional<String> age(Instant made, Duration maxAge, Instant clock) {
    Duration age = Duration.between(made, clock);
    if (age.compareTo(maxAge) > 0) {
      return Optional.of(
          "the plan is %s old, and may be %s old at most (--max-age)"
              .formatted(words(age), words(maxAge)));
    }
    return age.plus(CLOCK_SLACK).isNegative()
        ? Optional.of("the plan is from the future (" + made + "): is the clock right?")
        : Optional.empty();
  }

  private static void verdict(Report now, List<String> reasons) {
    if (now.verdict() == Verdict.READY) {
      return;
    }
    reasons.add("the verdict now is " + now.verdict().label());
    for (Finding finding : now.findings()) {
      if (finding.blocks() || finding.undetermined()) {
        reasons.add(finding.status() + " " + finding.id() + ": " + finding.message().strip());
      }
    }
  }

  private static List<Drift.Change> changes(Report reviewed, Report now, Optional<String> guest) {
    List<Drift.Change> changes = new ArrayList<>();
    program(reviewed, now, changes);
    MigrationPlan plan = reviewed.plan().orElseThrow();
    if (now.plan().isPresent()) {
      MigrationPlan today = now.plan().get();
      changes.addAll(Drift.machine(plan.source(), today.source()));
      changes.addAll(Drift.machine(plan.destination(), today.destination()));
      if (!plan.uri().equals(today.uri())) {
        changes.add(new Drift.Change("the destination's libvirt URI", plan.uri(), today.uri()));
      }
      for (GuestPlan one : plan.guests()) {
        if (guest.isEmpty() || guest.get().equals(one.name())) {
          guest(one, today, changes);
        }
      }
    }
    return changes;
  }

  private static void guest(GuestPlan one, MigrationPlan today, List<Drift.Change> changes) {
    today.guests().stream()
        .filter(g -> g.name().equals(one.name()))
        .findFirst()
        .ifPresentOrElse(
            g -> changes.addAll(Drift.guest(one, g)),
            () -> changes.add(new Drift.Change(one.name(), "to be moved", "absent")));
  }

  private static void program(Report reviewed, Report now, List<Drift.Change> changes) {
    if (!reviewed.tool().checksSha256().equals(now.tool().checksSha256())
        || !reviewed.checks().stream()
            .map(CheckSummary::id)
            .toList()
            .equals(now.checks().stream().map(CheckSummary::id).toList())) {
      changes.add(
          new Drift.Change(
              "the set of checks",
              reviewed.tool().checks() + " checks, " + start(reviewed.tool().checksSha256()),
              now.tool().checks() + " checks, " + start(now.tool().checksSha256())));
    }
    if (reviewed.run().policy() != now.run().policy()
        || reviewed.run().warningsFail() != now.run().warningsFail()) {
      changes.add(new Drift.Change("the policy", policy(reviewed), policy(now)));
    }
    if (!reviewed.tool().version().equals(now.tool().version())) {
      changes.add(
          new Drift.Change("this program", reviewed.tool().version(), now.tool().version()));
    }
  }

  private static String policy(Report report) {
    return report.run().policy().label() + (report.run().warningsFail() ? ", warnings fail" : "");
  }

  private static String start(String sum) {
    return sum.substring(0, Math.min(12, sum.length()));
  }

  private static String words(Duration duration) {
    return duration.toHours() >= 1
        ? duration.toHours() + " h " + duration.toMinutesPart() + " min"
        : duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
  }
}
