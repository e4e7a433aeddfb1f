package org.migratecheck.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Findings stand in the order in which a person can work them off. */
final class FindingOrderTest {
  @Test
  void hostsBeforeTheirLinksBeforeStorageBeforeGuests() {
    List<Finding> findings =
        new ArrayList<>(
            List.of(
                finding("a-run", "run", Status.FAIL, Phase.NONE),
                finding("z-kernel", "system", Status.FAIL, Phase.FINISH),
                finding("bridge", "network", Status.FAIL, Phase.PREPARE),
                finding("ports", "ports", Status.FAIL, Phase.PERFORM),
                finding("mount", "storage", Status.FAIL, Phase.PREPARE),
                finding("z-snapshot", "guest", Status.FAIL, Phase.BEGIN),
                finding("a-device", "guest", Status.FAIL, Phase.PREPARE),
                finding("own", "a-site", Status.FAIL, Phase.NONE),
                finding("late", "run", Status.WARN, Phase.NONE),
                finding("fine", "run", Status.PASS, Phase.NONE)));
    List<Finding> expected = List.copyOf(findings);
    Collections.reverse(findings);
    findings.sort(FindingOrder.comparator());
    assertThat(findings).isEqualTo(expected);
  }

  private static Finding finding(String id, String group, Status status, Phase phase) {
    return new Finding(
        id,
        group,
        id,
        Scope.PAIR,
        status,
        Severity.BLOCKER,
        phase,
        Optional.of("a"),
        Optional.of("b"),
        Optional.empty(),
        "",
        List.of(),
        Fix.NONE,
        List.of(),
        List.of());
  }
}
