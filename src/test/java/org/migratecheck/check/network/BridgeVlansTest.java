package org.migratecheck.check.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.migratecheck.facts.network.FakeHost;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Fix;
import org.migratecheck.model.Status;

/** The check {@code bridge-vlans}. */
class BridgeVlansTest {
  private static FakeHost host(String name, String... vlans) {
    return FakeHost.named(name)
        .link("eno1", "")
        .tap("vnet" + vlans.length)
        .bridge("br0", "eno1", "vnet" + vlans.length)
        .set("br0", "bridge/vlan_filtering", "1")
        .passes("eno1", vlans)
        .passes("br0", "1 PVID Egress Untagged")
        .passes("vnet" + vlans.length, vlans.length + " PVID Egress Untagged");
  }

  private static Finding judge(FakeHost source, FakeHost destination) {
    return Judged.by("bridge-vlans", source, destination);
  }

  @Test
  void theSameVlansPassHoweverTheyAreJoined() {
    assertThat(
            judge(
                    host("a", "1 PVID Egress Untagged", "10-12", "20"),
                    host("b", "1 PVID Egress Untagged", "10", "11-12", "20"))
                .status())
        .isEqualTo(Status.PASS);
  }

  @Test
  void missingAndExtraVlansOfTheUplink() {
    Finding finding =
        judge(
            host("a", "1 PVID Egress Untagged", "10-20"),
            host("b", "1 PVID Egress Untagged", "10-12", "30"));
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message())
        .isEqualTo(
            "Bridge br0: VLAN 13-20 passes the uplink tagged on a, not so on b (eno1)\n"
                + "Bridge br0: VLAN 30 passes the uplink on b, but not on a (eno1)");
    assertThat(finding.fix().commands())
        .extracting(Fix.Command::command)
        .containsExactly("bridge vlan add dev eno1 vid 13-20", "bridge vlan del dev eno1 vid 30");
  }

  @Test
  void anotherNativeVlan() {
    Finding finding =
        judge(
            host("a", "1 PVID Egress Untagged", "5 Egress Untagged"),
            host("b", "1 Egress Untagged", "5 PVID Egress Untagged"));
    assertThat(finding.fix().commands())
        .extracting(Fix.Command::command)
        .containsExactly(
            "bridge vlan add dev eno1 vid 1 pvid untagged",
            "bridge vlan add dev eno1 vid 5 untagged");
  }

  @Test
  void vlansOfTheHostItself() {
    FakeHost destination = host("b", "1 PVID Egress Untagged");
    destination.passes("br0", "30");
    assertThat(judge(host("a", "1 PVID Egress Untagged"), destination).fix().command())
        .endsWith("bridge vlan del dev br0 vid 30 self");
  }

  @Test
  void noFilteringNothingToCompare() {
    assertThat(judge(FakeHost.named("a").bridge("br0"), FakeHost.named("b").bridge("br0")).status())
        .isEqualTo(Status.SKIPPED);
  }

  @Test
  void whatIsNoTableIsAnError() {
    FakeHost destination = host("b", "1").output("network/vlans", "port vlan-id\n  x y z\n");
    assertThat(judge(host("a", "1"), destination).status()).isEqualTo(Status.ERROR);
  }
}
