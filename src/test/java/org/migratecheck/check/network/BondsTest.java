package org.migratecheck.check.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.migratecheck.facts.network.FakeHost;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Status;

/** The check {@code bonds}, once for each host. */
class BondsTest {
  private static Finding judge(FakeHost host) {
    return Judged.by("bonds", host, FakeHost.named("z"));
  }

  @Test
  void allMembersUp() {
    Finding finding = judge(FakeHost.named("a").bond("bond0", "active-backup", "eno1", "eno2"));
    assertThat(finding.status()).isEqualTo(Status.PASS);
    assertThat(finding.observed().get(0).source()).isEqualTo("active-backup: eno1 up, eno2 up");
  }

  @Test
  void aMemberIsDown() {
    Finding finding = judge(FakeHost.named("a").bond("bond0", "active-backup", "eno1", "!eno2"));
    assertThat(finding.status()).isEqualTo(Status.WARN);
    assertThat(finding.message()).isEqualTo("Bond bond0 of a has lost its member eno2");
    assertThat(finding.fix().commands()).isEmpty();
  }

  @Test
  void aMemberIsSwitchedOff() {
    FakeHost host = FakeHost.named("a").bond("bond0", "active-backup", "eno1", "!eno2").off("eno2");
    assertThat(judge(host).fix().command()).isEqualTo("# on a\nip link set dev eno2 up");
  }

  @Test
  void aMemberOutsideTheAggregatorAndOneDownAsRealKernelsTellIt() {
    FakeHost host = FakeHost.named("a");
    for (String part : new String[] {"links", "kinds", "addresses", "bonding", "vlans"}) {
      host.output("network/" + part, FakeHost.sample("veth/" + part + ".txt"));
    }
    assertThat(judge(host).message())
        .isEqualTo(
            "Member eth1 of bond bond0 of a carries nothing: it is not in the active aggregator\n"
                + "Bond bond1 of a has lost its member eth3");
  }

  @Test
  void noMembersAtAll() {
    assertThat(judge(FakeHost.named("a").bond("bond0", "balance-rr")).message())
        .isEqualTo("Bond bond0 of a has no members");
  }

  @Test
  void noBond() {
    assertThat(judge(FakeHost.named("a")).status()).isEqualTo(Status.SKIPPED);
  }
}
