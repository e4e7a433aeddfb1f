package org.migratecheck.check.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.migratecheck.facts.network.FakeHost;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Fix;
import org.migratecheck.model.Policy;
import org.migratecheck.model.Status;

/** The check {@code bridges}. */
class BridgesTest {
  private static final String UUID = "11111111-2222-4333-8444-555555555555";

  private static FakeHost host(String name) {
    return FakeHost.named(name).link("eth0", "").bridge("br0", "eth0");
  }

  private static String card(String bridge) {
    return "<interface type='bridge'><mac address='52:54:00:aa:00:01'/><source bridge='"
        + bridge
        + "'/></interface>";
  }

  private static Finding judge(FakeHost source, FakeHost destination) {
    return Judged.by("bridges", source, destination);
  }

  private static Finding compatible(FakeHost source, FakeHost destination) {
    return Judged.by("bridges", Policy.COMPATIBLE, source, destination);
  }

  @Test
  void theSameBridgesPass() {
    Finding finding = judge(host("a"), host("b"));
    assertThat(finding.status()).isEqualTo(Status.PASS);
    assertThat(finding.message()).isEqualTo("All 1 bridges are the same on a and b");
    assertThat(finding.observed().get(0).source())
        .isEqualTo("up, mtu 1500, stp_state off, forward_delay 0 s, vlan_filtering off");
  }

  @Test
  void noBridgeAnywhereIsNoFault() {
    assertThat(judge(FakeHost.named("a"), FakeHost.named("b")).status()).isEqualTo(Status.SKIPPED);
  }

  @Test
  void missingOnTheDestination() {
    FakeHost source = host("a").bridge("br1").set("br1", "mtu", "9000");
    Finding finding = judge(source, host("b"));
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message()).isEqualTo("Bridge br1 of a does not exist on b");
    assertThat(finding.errors())
        .containsExactly("Cannot get interface MTU on 'br1': No such device");
    assertThat(finding.fix().commands())
        .containsExactly(
            new Fix.Command(
                "b",
                "[ -e /sys/class/net/br1 ] || ip link add name br1 type bridge; ip link set dev"
                    + " br1 type bridge stp_state 0 forward_delay 0 && ip link set dev br1 mtu 9000"
                    + " up"));
  }

  @Test
  void whatTheNewBridgeNeedsBesides() {
    FakeHost source = host("a").bridge("br1").set("br1", "bridge/vlan_filtering", "1");
    source.set("br1", "bridge/stp_state", "1").set("br1", "bridge/forward_delay", "1500");
    Finding finding = judge(source, host("b"));
    assertThat(finding.fix().commands())
        .extracting(Fix.Command::command)
        .satisfiesExactly(
            c -> assertThat(c).contains("stp_state 1 forward_delay 1500"),
            c -> assertThat(c).isEqualTo("ip link set dev br1 type bridge vlan_filtering 1"));
  }

  @Test
  void aFreeCardOfTheSameNameBecomesTheUplink() {
    FakeHost source = host("a").link("eth1", "").bridge("br1", "eth1");
    FakeHost destination = host("b").link("eth1", "");
    assertThat(judge(source, destination).fix().command())
        .endsWith("&& ip link set dev eth1 master br1 && ip link set dev eth1 up");
  }

  @Test
  void aCardThatIsInUseDoesNotBecomeTheUplink() {
    FakeHost source = host("a").link("eth1", "").bridge("br1", "eth1");
    FakeHost destination = host("b").link("eth1", "").address("eth1", "10.1.0.1/24");
    Finding finding = judge(source, destination);
    assertThat(finding.fix().command()).doesNotContain("eth1");
    assertThat(finding.fix().text()).contains("On a it has eth1 (physical)");
  }

  @Test
  void theVlanOfTheUplinkIsMade() {
    FakeHost source = host("a").bond("bond0", "802.3ad").vlan("bond0.7", "bond0", 7);
    source.bridge("br7", "bond0.7");
    FakeHost destination = host("b").bond("bond0", "802.3ad");
    assertThat(judge(source, destination).fix().command())
        .contains("ip link add link bond0 name bond0.7 type vlan protocol 802.1Q id 7");
  }

  @Test
  void networkManagerIsUsedWhereItIs() {
    FakeHost destination = host("b").output("tools", "ip\nnmcli\n");
    assertThat(judge(host("a").bridge("br1"), destination).fix().command())
        .contains(
            "nmcli connection add type bridge con-name br1 ifname br1 bridge.stp no"
                + " bridge.forward-delay 0 802-3-ethernet.mtu 1500");
  }

  @Test
  void onlyOnTheDestinationIsADifferenceThatHurtsNoGuest() {
    Finding finding = judge(host("a"), host("b").bridge("br1"));
    assertThat(finding.status()).isEqualTo(Status.WARN);
    assertThat(finding.message()).isEqualTo("Bridge br1 of b does not exist on a");
    assertThat(finding.fix().commands()).extracting(Fix.Command::host).containsExactly("a");
  }

  @ParameterizedTest
  @CsvSource({
    "bridge/forward_delay,1500,forward_delay is 0 s on a; 15 s on b,forward_delay 0",
    "bridge/hello_time,350,hello_time is 2 s on a; 3.50 s on b,hello_time 200",
    "bridge/vlan_filtering,1,vlan_filtering is off on a; on on b,vlan_filtering 0",
    "bridge/priority,4096,priority is 32768 on a; 4096 on b,priority 32768",
    "bridge/multicast_snooping,0,multicast_snooping is on on a; off on b,mcast_snooping 1",
    "bridge/group_fwd_mask,0x8,group_fwd_mask is 0x0 on a; 0x8 on b,group_fwd_mask 0x0",
  })
  void settings(String file, String value, String words, String option) {
    Finding finding = judge(host("a"), host("b").set("br0", file, value));
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message()).isEqualTo("Bridge br0: " + words.replace(';', ','));
    assertThat(finding.fix().command())
        .isEqualTo("# on b\nip link set dev br0 type bridge " + option);
  }

  @Test
  void stpIsSwitchedOnAndOff() {
    FakeHost on = host("b").set("br0", "bridge/stp_state", "1");
    assertThat(judge(host("a"), on).message()).isEqualTo("Bridge br0: STP is off on a, on on b");
    assertThat(judge(host("a"), on).fix().command())
        .isEqualTo(
            "# on b\nip link set dev br0 type bridge stp_state 0 && ip link set dev br0 type bridge"
                + " ageing_time 30000");
    assertThat(judge(on, host("a")).fix().command()).endsWith("type bridge stp_state 1");
  }

  @Test
  void aBridgeThatIsOffIsMadeOff() {
    assertThat(judge(host("a").bridge("br1").off("br1"), host("b")).fix().command())
        .endsWith("mtu 1500 down");
  }

  @Test
  void networkManagerTakesItsOwnWords() {
    FakeHost destination = host("b").set("br0", "bridge/forward_delay", "1500");
    assertThat(judge(host("a"), destination.output("tools", "nmcli\n")).fix().command())
        .endsWith(
            "nmcli connection modify \"$(nmcli -g GENERAL.CONNECTION device show br0)\""
                + " bridge.forward-delay 0");
  }

  @Test
  void theMtu() {
    Finding finding = judge(host("a").set("br0", "mtu", "9000"), host("b"));
    assertThat(finding.message()).isEqualTo("Bridge br0: MTU is 9000 on a, 1500 on b");
    assertThat(finding.fix().command()).endsWith("ip link set dev br0 mtu 9000");
  }

  @Test
  void anMtuThatAGuestBroughtAboutIsNoDifference() {
    FakeHost source = host("a").set("br0", "mtu", "1400").tap("vnet0").set("vnet0", "mtu", "1400");
    source.guest("g", UUID, card("br0").replace("</interface>", "<mtu size='1400'/></interface>"));
    assertThat(judge(source, host("b")).status()).isEqualTo(Status.PASS);
    assertThat(judge(source, host("b").set("br0", "mtu", "9000")).status()).isEqualTo(Status.FAIL);
  }

  @Test
  void theAgeingTimeIsNotComparedUnderStp() {
    FakeHost source = host("a").set("br0", "bridge/stp_state", "1");
    FakeHost destination = host("b").set("br0", "bridge/stp_state", "1");
    destination.set("br0", "bridge/ageing_time", "400");
    assertThat(judge(source, destination).status()).isEqualTo(Status.PASS);
  }

  @Test
  void aBridgeThatIsSwitchedOff() {
    Finding finding = judge(host("a"), host("b").off("br0"));
    assertThat(finding.message()).isEqualTo("Bridge br0 is switched off on b");
    assertThat(finding.fix().command()).isEqualTo("# on b\nip link set dev br0 up");
  }

  @Test
  void anotherSubnetIsAnotherNetwork() {
    Finding finding =
        judge(host("a").address("br0", "10.1.0.5/24"), host("b").address("br0", "10.2.0.5/24"));
    assertThat(finding.message())
        .isEqualTo("Bridge br0 is in subnet 10.1.0.0/24 on a, but in 10.2.0.0/24 on b");
  }

  @Test
  void anAddressOnOneSideOnlySaysNothing() {
    assertThat(judge(host("a").address("br0", "10.1.0.5/24"), host("b")).status())
        .isEqualTo(Status.PASS);
  }

  @Test
  void aLinkOfTheNameThatIsNoBridge() {
    Finding finding = judge(host("a").bridge("br1"), host("b").link("br1", "vxlan"));
    assertThat(finding.message())
        .isEqualTo("br1 is a bridge on one of a and b, but of kind vxlan on the other");
    assertThat(finding.fix().commands()).isEmpty();
    assertThat(judge(host("a").bridge("br1"), host("b").link("br1", "dummy")).fix().command())
        .startsWith("# on b\nip link delete dev br1\n[ -e /sys/class/net/br1 ] ||");
  }

  @Test
  void bridgesOfContainersDoNotCountUntilAGuestIsOnOne() {
    FakeHost source = host("a").bridge("docker0").bridge("podman1");
    assertThat(judge(source, host("b")).status()).isEqualTo(Status.PASS);
    source.guest("g", UUID, card("docker0"));
    assertThat(judge(source, host("b")).message())
        .isEqualTo("Bridge docker0 of a does not exist on b");
  }

  @Test
  void bridgesOfLibvirtAreJudgedWithItsNetworks() {
    FakeHost source =
        host("a")
            .bridge("virbr0")
            .network(
                "4e0d0000-0000-4000-8000-000000000001",
                """
                <network>
                  <name>default</name>
                  <forward mode='nat'/>
                  <bridge name='virbr0' stp='on' delay='0'/>
                </network>
                """);
    assertThat(judge(source, host("b")).status()).isEqualTo(Status.PASS);
  }

  @Test
  void underTheCompatiblePolicyOnlyUsedBridgesBlock() {
    FakeHost source = host("a").bridge("br1");
    assertThat(compatible(source, host("b")).status()).isEqualTo(Status.WARN);
    source.guest("g", UUID, card("br1"));
    assertThat(compatible(source, host("b")).status()).isEqualTo(Status.FAIL);
  }

  @Test
  void aGuestThatIsOffUsesNothing() {
    FakeHost source = host("a").bridge("br1");
    source.guest("g", UUID, card("br1"), card("br1"), "shut off (shutdown)");
    assertThat(compatible(source, host("b")).status()).isEqualTo(Status.WARN);
  }

  @Test
  void hostileNamesAreQuotedOrNotOfferedAtAll() {
    FakeHost source = host("a").bridge("$(reboot)").bridge("a'b;\"c");
    Finding finding = judge(source, host("b"));
    assertThat(finding.fix().commands())
        .extracting(Fix.Command::command)
        .satisfiesExactly(
            c -> assertThat(c).contains("name '$(reboot)' type").doesNotContain(" $(reboot)"),
            c -> assertThat(c).contains("name 'a'\\''b;\"c' type"));
    FakeHost escape = host("a").bridge("e\u001b[2J");
    assertThat(judge(escape, host("b")).message()).contains("[2J").doesNotContain("\u001b");
    assertThat(judge(escape, host("b")).fix().commands()).isEmpty();
  }

  @Test
  void cutEvidenceIsAnErrorAndNoShorterList() {
    assertThat(judge(host("a"), host("b").cut("network/links")).status()).isEqualTo(Status.ERROR);
    assertThat(judge(host("a"), host("b").output("network/kinds", 127, "", "ip: not found")).fix())
        .extracting(Fix::text)
        .isEqualTo("Install the missing command on b.");
  }
}
