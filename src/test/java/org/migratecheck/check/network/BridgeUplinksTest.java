package org.migratecheck.check.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.migratecheck.facts.network.FakeHost;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Policy;
import org.migratecheck.model.Status;

/** The check {@code bridge-uplinks}. */
class BridgeUplinksTest {
  private static final String UUID = "11111111-2222-4333-8444-555555555555";

  private static FakeHost host(String name, String card) {
    return FakeHost.named(name).link(card, "").bridge("br0", card);
  }

  private static FakeHost tagged(String name, int vlan) {
    String link = "bond0." + vlan;
    return FakeHost.named(name)
        .bond("bond0", "active-backup", "eno1", "eno2")
        .vlan(link, "bond0", vlan)
        .bridge("br0", link);
  }

  private static Finding judge(FakeHost source, FakeHost destination) {
    return Judged.by("bridge-uplinks", source, destination);
  }

  @Test
  void namesOfCardsMayDiffer() {
    Finding finding = judge(host("a", "eno1"), host("b", "ens3"));
    assertThat(finding.status()).isEqualTo(Status.PASS);
    assertThat(finding.observed().get(0).source()).isEqualTo("eno1 (physical)");
    assertThat(finding.observed().get(0).destination()).isEqualTo("ens3 (physical)");
  }

  @Test
  void portsThatLetOtherFramesPass() {
    FakeHost flooding = host("a", "eno1").set("eno1", "brport/broadcast_flood", "1");
    FakeHost silent = host("b", "ens3").set("ens3", "brport/broadcast_flood", "0");
    Finding finding = judge(flooding, silent);
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message())
        .isEqualTo("Bridge br0: its port ens3 has broadcast_flood off on b, on on a");
    assertThat(finding.fix().commands())
        .extracting(c -> c.host() + ": " + c.command())
        .containsExactly("b: bridge link set dev ens3 bcast_flood on");
    assertThat(judge(silent, silent).status()).isEqualTo(Status.PASS);
    // An older kernel does not have the setting.
    assertThat(judge(flooding, host("b", "ens3")).status()).isEqualTo(Status.PASS);
    assertThat(
            judge(
                    host("a", "eno1").set("eno1", "brport/learning", "1"),
                    host("b", "ens3").set("ens3", "brport/learning", "0"))
                .status())
        .isEqualTo(Status.WARN);
  }

  @Test
  void isolatedOnBothSidesIsTheSame() {
    assertThat(judge(FakeHost.named("a").bridge("br0"), FakeHost.named("b").bridge("br0")).status())
        .isEqualTo(Status.PASS);
  }

  @Test
  void nothingToCompare() {
    assertThat(judge(host("a", "eno1"), FakeHost.named("b")).status()).isEqualTo(Status.SKIPPED);
  }

  @Test
  void noUplinkOnTheDestination() {
    FakeHost source = host("a", "eno1").tap("vnet0");
    FakeHost destination = FakeHost.named("b").tap("vnet3").link("dummy0", "dummy");
    destination.bridge("br0", "vnet3", "dummy0");
    Finding finding = judge(source, destination);
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message())
        .isEqualTo("Bridge br0 has no uplink on b; on a it has eno1 (physical)");
    assertThat(finding.fix().commands()).isEmpty();
  }

  @Test
  void theFreeCardOfTheSameNameIsPluggedIn() {
    FakeHost destination = FakeHost.named("b").link("eno1", "").bridge("br0");
    assertThat(judge(host("a", "eno1"), destination).fix().command())
        .isEqualTo("# on b\nip link set dev eno1 master br0 && ip link set dev eno1 up");
    destination.output("tools", "nmcli\n");
    assertThat(judge(host("a", "eno1"), destination).fix().command())
        .contains("nmcli connection add type ethernet con-name br0-eno1 ifname eno1");
  }

  @Test
  void theVlanIsMadeOnTheSameBond() {
    FakeHost destination = FakeHost.named("b").bond("bond0", "active-backup", "a1", "a2");
    destination.bridge("br0");
    assertThat(judge(tagged("a", 100), destination).fix().command())
        .contains("ip link add link bond0 name bond0.100 type vlan protocol 802.1Q id 100")
        .contains("ip link set dev bond0.100 master br0");
  }

  @Test
  void aVirtualCableStandsInOnlyWhereThereIsNothingBetter() {
    FakeHost source = FakeHost.named("a").link("eth0", "veth").bridge("br0", "eth0");
    FakeHost destination = FakeHost.named("b").link("eth0", "veth").bridge("br0", "eth0");
    assertThat(judge(source, destination).status()).isEqualTo(Status.PASS);
    Finding finding = judge(host("a", "eno1"), destination);
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message())
        .isEqualTo("Bridge br0 leads out of b only through a virtual cable: eth0 (veth)");
  }

  @Test
  void containersBesideACardAreNoUplinks() {
    FakeHost source = FakeHost.named("a").link("eno1", "").link("veth1", "veth");
    source.bridge("br0", "eno1", "veth1");
    Finding finding = judge(source, host("b", "eno1"));
    assertThat(finding.status()).isEqualTo(Status.PASS);
    assertThat(finding.observed().get(0).source()).isEqualTo("eno1 (physical)");
  }

  @Test
  void anUplinkThatOnlyTheDestinationHas() {
    Finding finding = judge(FakeHost.named("a").bridge("br0"), host("b", "eno1"));
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message())
        .isEqualTo("Bridge br0 has no uplink on a, but eno1 (physical) on b");
    assertThat(finding.fix().commands()).isEmpty();
    FakeHost lost = FakeHost.named("a").link("eno1", "").bridge("br0");
    assertThat(judge(lost, host("b", "eno1")).fix().command())
        .isEqualTo("# on a\nip link set dev eno1 master br0 && ip link set dev eno1 up");
  }

  @Test
  void noCarrier() {
    Finding finding = judge(host("a", "eno1"), host("b", "ens3").unplugged("ens3"));
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message())
        .isEqualTo("Bridge br0 has no working uplink on b: ens3 (physical, no carrier)");
  }

  @Test
  void noCarrierOnEitherSideOnlyWarns() {
    assertThat(
            judge(host("a", "eno1").unplugged("eno1"), host("b", "ens3").unplugged("ens3"))
                .status())
        .isEqualTo(Status.WARN);
  }

  @Test
  void switchedOff() {
    Finding finding = judge(host("a", "eno1"), host("b", "ens3").off("ens3"));
    assertThat(finding.message())
        .isEqualTo("Bridge br0 has no working uplink on b: ens3 is switched off");
    assertThat(finding.fix().command()).isEqualTo("# on b\nip link set dev ens3 up");
  }

  @Test
  void aBondBelowAVlanThatIsSwitchedOff() {
    assertThat(judge(tagged("a", 7), tagged("b", 7).off("bond0")).message())
        .contains("bond0 is switched off");
  }

  @Test
  void blockedByStp() {
    FakeHost destination = host("b", "ens3").set("ens3", "brport/state", "4");
    assertThat(judge(host("a", "eno1"), destination).message())
        .isEqualTo("STP blocks the uplink of bridge br0 on b: ens3 (physical, blocked by STP)");
    assertThat(
            judge(host("a", "eno1"), host("b", "ens3").set("ens3", "brport/state", "2")).status())
        .as("learning passes by itself")
        .isEqualTo(Status.PASS);
  }

  @Test
  void anotherVlan() {
    Finding finding = judge(tagged("a", 100), tagged("b", 200));
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message())
        .isEqualTo("Bridge br0: its uplink is VLAN 100 on a, VLAN 200 on b");
    assertThat(finding.fix().command())
        .isEqualTo(
            "# on b\n{ [ -e /sys/class/net/bond0.100 ] || ip link add link bond0 name bond0.100"
                + " type vlan protocol 802.1Q id 100; } && ip link set dev bond0.200 nomaster &&"
                + " ip link set dev bond0.100 master br0 && ip link set dev bond0.100 up");
  }

  @Test
  void aNameThatIsTakenByAnotherVlanIsNotReused() {
    FakeHost source = FakeHost.named("a").link("eno1", "").vlan("lan", "eno1", 5);
    source.bridge("br0", "lan");
    FakeHost destination = FakeHost.named("b").link("eno1", "").vlan("lan", "eno1", 6);
    destination.bridge("br0", "lan");
    assertThat(judge(source, destination).fix().command())
        .contains("ip link add link eno1 name eno1.5 ");
  }

  @Test
  void taggedHereUntaggedThere() {
    assertThat(judge(tagged("a", 100), host("b", "ens3")).message())
        .contains("Bridge br0: its uplink is VLAN 100 on a, untagged on b");
  }

  @Test
  void aSmallerMtuOfTheUplink() {
    FakeHost source = tagged("a", 7).set("bond0", "mtu", "9000").set("bond0.7", "mtu", "9000");
    FakeHost destination = tagged("b", 7).set("bond0", "mtu", "9000");
    Finding finding = judge(source, destination);
    assertThat(finding.message())
        .isEqualTo("The uplink bond0.7 of bridge br0 carries 1500 bytes on b, 9000 on a");
    assertThat(finding.fix().command())
        .endsWith("ip link set dev bond0 mtu 9000 && ip link set dev bond0.7 mtu 9000");
  }

  @Test
  void bondsThatDifferOnlyWarn() {
    FakeHost alone = FakeHost.named("b").link("eno1", "").vlan("eno1.7", "eno1", 7);
    alone.bridge("br0", "eno1.7");
    Finding finding = judge(tagged("a", 7), alone);
    assertThat(finding.status()).isEqualTo(Status.WARN);
    assertThat(finding.message()).isEqualTo("Bridge br0 stands on a bond on a, on eno1 alone on b");
    FakeHost other = FakeHost.named("b").bond("bond0", "802.3ad", "e1");
    other.vlan("bond0.7", "bond0", 7).bridge("br0", "bond0.7");
    assertThat(judge(tagged("a", 7), other).message())
        .isEqualTo(
            "Bridge br0: its bond works in mode active-backup on a, 802.3ad on b (bond0)\n"
                + "Bridge br0: its bond has 2 members on a, 1 on b (bond0)");
    FakeHost set = tagged("b", 7).set("bond0", "bonding/miimon", "0");
    assertThat(judge(tagged("a", 7), set).fix().command())
        .isEqualTo("# on b\nip link set dev bond0 type bond miimon 100");
  }

  @Test
  void aSlowerCardWarns() {
    Finding finding = judge(host("a", "eno1"), host("b", "ens3").set("ens3", "speed", "1000"));
    assertThat(finding.status()).isEqualTo(Status.WARN);
    assertThat(finding.message())
        .isEqualTo("Bridge br0: its uplink runs at 10000 Mbit/s on a, at 1000 Mbit/s on b");
  }

  @Test
  void underTheCompatiblePolicyOnlyUsedBridgesBlock() {
    FakeHost source = host("a", "eno1");
    FakeHost destination = host("b", "ens3").unplugged("ens3");
    assertThat(Judged.by("bridge-uplinks", Policy.COMPATIBLE, source, destination).status())
        .isEqualTo(Status.WARN);
    source.guest("g", UUID, "<interface type='bridge'><source bridge='br0'/></interface>");
    assertThat(Judged.by("bridge-uplinks", Policy.COMPATIBLE, source, destination).status())
        .isEqualTo(Status.FAIL);
  }

  @Test
  void unknownMembersOfABondAreAnError() {
    FakeHost destination = tagged("b", 7).output("network/bonding", "end\n");
    assertThat(judge(tagged("a", 7), destination).status()).isEqualTo(Status.ERROR);
  }
}
