package org.migratecheck.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.model.Finding;
import org.migratecheck.model.FindingOrder;
import org.migratecheck.model.Policy;
import org.migratecheck.model.Scope;

/** Runs every chosen check on every subject. A check that throws becomes an ERROR finding. */
public final class Judge {
  /** The check that answers for guests that the source does not know. */
  static final String GUEST_KNOWN = "guest-known";

  private final Catalogue catalogue;
  private final Policy policy;

  /** Creates a judge for the checks of {@code catalogue} under {@code policy}. */
  public Judge(Catalogue catalogue, Policy policy) {
    this.catalogue = catalogue;
    this.policy = policy;
  }

  /** Returns all findings, sorted; the first host is the source of the run. */
  public List<Finding> judge(List<HostFacts> hosts, List<Direction> directions) {
    List<Finding> findings = new ArrayList<>();
    for (Check check : catalogue.checks().values()) {
      switch (check.scope()) {
        case HOST -> {
          for (int i = 0; i < hosts.size(); i++) {
            findings.add(one(check, Subject.host(hosts.get(i), i == 0)));
          }
        }
        case PAIR -> directions.forEach(d -> findings.add(one(check, Subject.pair(d))));
        case GUEST -> directions.forEach(d -> guests(check, d, findings));
      }
    }
    findings.sort(FindingOrder.comparator());
    return List.copyOf(findings);
  }

  private void guests(Check check, Direction direction, List<Finding> findings) {
    for (Guest guest : direction.guests()) {
      findings.add(one(check, Subject.guest(direction, guest)));
    }
    if (check.id().equals(GUEST_KNOWN)) {
      for (String name : direction.unknownGuests()) {
        Subject subject = Subject.unknownGuest(direction, name);
        Outcome missing = Outcome.of(List.of(Problem.on(Side.SOURCE, "unknown")), List.of());
        findings.add(new FindingWriter(check, policy, subject).finding(missing));
      }
    }
  }

  private Finding one(Check check, Subject subject) {
    FindingWriter writer = new FindingWriter(check, policy, subject);
    Optional<String> skipped = check.skippedBy(policy);
    if (skipped.isPresent()) {
      return writer.skipped(skipped.get());
    }
    if (!check.id().equals(Catalogue.HOST_READ)) {
      Optional<String> unread = subject.unread();
      if (unread.isPresent()) {
        return writer.skipped(unread.get() + " could not be read");
      }
    }
    try {
      Evaluator evaluator = check.judge().get(policy);
      return writer.finding(evaluator.evaluate(subject.context(policy, check)));
    } catch (Undetermined e) {
      return writer.error(e.getMessage(), e.advice());
    } catch (RuntimeException | StackOverflowError e) {
      return writer.error(
          "the check itself failed (" + e.getClass().getSimpleName() + ")",
          "Please report this together with the evidence.");
    }
  }

  /** Returns whether {@code finding} shows that its subject was really judged by a blocker. */
  static boolean evaluatedBlocker(Finding finding) {
    return finding.severity() == org.migratecheck.model.Severity.BLOCKER
        && !finding.id().equals(Catalogue.HOST_READ)
        && !finding.id().equals(GUEST_KNOWN)
        && switch (finding.status()) {
          case PASS, FAIL, WARN, WAIVED -> true;
          case ERROR, SKIPPED -> false;
        };
  }

  /** Returns whether any chosen check has guest scope, besides the one that finds guests. */
  public boolean judgesGuests() {
    return catalogue.checks().values().stream()
        .anyMatch(c -> c.scope() == Scope.GUEST && !c.id().equals(GUEST_KNOWN));
  }
}
