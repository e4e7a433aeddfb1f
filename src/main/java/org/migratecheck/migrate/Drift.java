package org.migratecheck.migrate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.migratecheck.check.Catalogue;
import org.migratecheck.model.Finding;
import org.migratecheck.model.MigrationPlan.GuestPlan;
import org.migratecheck.model.MigrationPlan.Machine;
import org.migratecheck.model.Observed;
import org.migratecheck.model.Report;
import org.migratecheck.model.Scope;
import org.migratecheck.model.Status;

/**
 * What has changed between a reviewed report and a new one. Values of checks that measure (free
 * memory, clock offsets) differ at every look; of those only the answer counts.
 */
public final class Drift {
  private final Set<String> measured;

  /** Creates a comparison; {@code measured} are the ids of checks whose values are measurements. */
  public Drift(Set<String> measured) {
    this.measured = Set.copyOf(measured);
  }

  /**
   * One difference.
   *
   * @param what what differs, such as a check's id and subject
   * @param before as reviewed
   * @param now as it is
   */
  public record Change(String what, String before, String now) {
    /** Returns one line for people. */
    public String line() {
      return what + ": was " + before + ", is " + now;
    }
  }

  /** Returns what differs in a machine. */
  static List<Change> machine(Machine before, Machine now) {
    List<Change> changes = new ArrayList<>();
    String host = before.host();
    add(changes, host + ": host", before.host(), now.host());
    add(changes, host + ": SSH host key", before.hostKey(), now.hostKey());
    add(changes, host + ": machine id", before.machineId(), now.machineId());
    add(changes, host + ": libvirt's host UUID", before.hostUuid(), now.hostUuid());
    return changes;
  }

  /** Returns what differs in a guest. */
  static List<Change> guest(GuestPlan before, GuestPlan now) {
    List<Change> changes = new ArrayList<>();
    String name = before.name();
    add(changes, name + ": UUID", before.uuid(), now.uuid());
    add(changes, name + ": state", before.state(), now.state());
    add(
        changes,
        name + ": definition",
        before.definitionSha256().substring(0, 12),
        now.definitionSha256().substring(0, 12));
    if (changes.isEmpty()) {
      add(changes, name + ": commands", before.steps().toString(), now.steps().toString());
    }
    return changes;
  }

  /**
   * Returns what differs in the findings.
   *
   * @param guest only this guest's findings, and those that are about no guest; empty: all
   */
  List<Change> findings(Report before, Report now, Optional<String> guest) {
    Map<String, Finding> then = byKey(before, guest);
    Map<String, Finding> today = byKey(now, guest);
    Set<String> keys = new TreeSet<>(then.keySet());
    keys.addAll(today.keySet());
    List<Change> changes = new ArrayList<>();
    for (String key : keys) {
      Finding a = then.get(key);
      Finding b = today.get(key);
      if (a == null || b == null) {
        changes.add(
            new Change(key, a == null ? "absent" : word(a), b == null ? "absent" : word(b)));
      } else {
        compare(changes, key, a, b);
      }
    }
    return changes;
  }

  private void compare(List<Change> changes, String key, Finding a, Finding b) {
    if (a.id().equals(Catalogue.FORECAST) && b.status() != Status.WARN) {
      // A forecast is no state: only one that became bad is a reason to think again.
      return;
    }
    if (a.status() != b.status() || a.severity() != b.severity()) {
      changes.add(new Change(key, word(a), word(b)));
      return;
    }
    if (measured.contains(a.id())) {
      return;
    }
    Map<String, String> then = values(a);
    Map<String, String> today = values(b);
    Set<String> items = new TreeSet<>(then.keySet());
    items.addAll(today.keySet());
    for (String item : items) {
      add(
          changes,
          key + (item.isEmpty() ? "" : ", " + item),
          then.getOrDefault(item, "absent"),
          today.getOrDefault(item, "absent"));
    }
    if (then.isEmpty() && today.isEmpty()) {
      add(changes, key, a.message(), b.message());
    }
  }

  private static Map<String, String> values(Finding finding) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Observed row : finding.observed()) {
      values.merge(row.item(), row.source() + " | " + row.destination(), (x, y) -> x + "; " + y);
    }
    return values;
  }

  private static Map<String, Finding> byKey(Report report, Optional<String> guest) {
    Map<String, Finding> map = new LinkedHashMap<>();
    for (Finding finding : report.findings()) {
      // About how the run was asked for; where they do not pass, the verdict is not READY.
      if (finding.group().equals("run")) {
        continue;
      }
      if (guest.isPresent() && finding.scope() == Scope.GUEST && !finding.guest().equals(guest)) {
        continue;
      }
      map.put(key(finding), finding);
    }
    return map;
  }

  private static String key(Finding finding) {
    List<String> words = new ArrayList<>();
    finding.guest().ifPresent(words::add);
    finding.source().ifPresent(words::add);
    finding.destination().ifPresent(words::add);
    return finding.id() + " (" + String.join(", ", words) + ")";
  }

  private static String word(Finding finding) {
    return finding.status() + " (" + finding.message().strip() + ")";
  }

  private static void add(List<Change> changes, String what, String before, String now) {
    if (!before.equals(now)) {
      changes.add(new Change(what, quoted(before), quoted(now)));
    }
  }

  private static String quoted(String value) {
    return value.isEmpty() ? "empty" : value;
  }
}
