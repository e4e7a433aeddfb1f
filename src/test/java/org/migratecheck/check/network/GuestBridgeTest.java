package org.migratecheck.check.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.migratecheck.facts.network.FakeHost;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Fix;
import org.migratecheck.model.Status;

/** The checks {@code bridge-exists}, {@code bridge-delay} and {@code guest-mtu}. */
class GuestBridgeTest {
  private static final String UUID = "11111111-2222-4333-8444-555555555555";
  private static final String CARD =
      "<interface type='bridge'><mac address='52:54:00:AA:00:01'/><source bridge='br1'/></interface>";
  private static final String OVS_CARD =
      CARD.replace("</interface>", "<virtualport type='openvswitch'/></interface>");

  private static FakeHost source(String card) {
    return FakeHost.named("a").link("eth1", "").bridge("br1", "eth1").guest("web", UUID, card);
  }

  private static FakeHost destination() {
    return FakeHost.named("b").link("eth1", "");
  }

  private static FakeHost bridged() {
    return destination().bridge("br1", "eth1");
  }

  private static Finding exists(FakeHost destination) {
    return Judged.by("bridge-exists", source(CARD), destination);
  }

  @Test
  void theBridgeIsThere() {
    Finding finding = exists(bridged());
    assertThat(finding.status()).isEqualTo(Status.PASS);
    assertThat(finding.message()).isEqualTo("Bridge br1 of web exists on b");
  }

  @Test
  void aGuestWithoutBridges() {
    assertThat(Judged.by("bridge-exists", source("<interface type='user'/>"), bridged()).status())
        .isEqualTo(Status.SKIPPED);
  }

  @Test
  void theBridgeIsMissing() {
    Finding finding = exists(destination());
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message()).isEqualTo("Bridge br1 of web does not exist on b");
    assertThat(finding.errors())
        .containsExactly("Cannot get interface MTU on 'br1': No such device");
    assertThat(finding.fix().command())
        .contains("ip link add name br1 type bridge")
        .endsWith("ip link set dev eth1 master br1 && ip link set dev eth1 up");
  }

  @Test
  void theBridgeIsGoneOnTheSourceToo() {
    FakeHost source = FakeHost.named("a").guest("web", UUID, CARD);
    assertThat(Judged.by("bridge-exists", source, destination()).fix().command())
        .isEqualTo("# on b\nip link add name br1 type bridge && ip link set dev br1 up");
  }

  @Test
  void somethingElseHasTheName() {
    Finding finding = exists(destination().link("br1", "dummy").address("br1", "10.0.0.1/24"));
    assertThat(finding.message()).isEqualTo("br1 on b is no bridge but of kind dummy");
    assertThat(finding.errors())
        .containsExactly("Unable to add bridge br1 port vnet0: Operation not supported");
  }

  @Test
  void anUnusedLinkOfTheNameMakesRoom() {
    Finding finding = exists(destination().link("br1", "dummy"));
    assertThat(finding.fix().commands())
        .extracting(Fix.Command::command)
        .satisfiesExactly(
            c -> assertThat(c).isEqualTo("ip link delete dev br1"),
            c -> assertThat(c).contains("ip link add name br1 type bridge"));
    assertThat(exists(destination().link("br1", "")).fix().commands())
        .as("a card is never removed")
        .isEmpty();
  }

  @Test
  void theBridgeIsSwitchedOff() {
    assertThat(exists(bridged().off("br1")).fix().command())
        .isEqualTo("# on b\nip link set dev br1 up");
  }

  @Test
  void theBridgeOfANetworkThatIsNotActive() {
    FakeHost destination = destination();
    destination.network(
        "4e0d0000-0000-4000-8000-000000000001",
        "<network>\n  <name>inner</name>\n  <bridge name='br1'/>\n</network>",
        "<network>\n  <name>inner</name>\n  <bridge name='br1'/>\n</network>",
        "Active: no,Persistent: yes,Autostart: no");
    assertThat(exists(destination).fix().command())
        .isEqualTo("# on b\nvirsh -c qemu:///system net-start --network inner");
  }

  @Test
  void openVSwitchIsAskedFor() {
    FakeHost source = source(OVS_CARD);
    assertThat(Judged.by("bridge-exists", source, bridged()).message())
        .isEqualTo("Open vSwitch, which bridge br1 belongs to, is not installed on b");
    FakeHost down = bridged();
    down.output("ovs/tables", 1, "", "ovs-vsctl: database connection failed\n");
    assertThat(Judged.by("bridge-exists", source, down).message())
        .isEqualTo(
            "Open vSwitch, which bridge br1 belongs to, does not answer on b: ovs-vsctl:"
                + " database connection failed");
    FakeHost other = bridged().output("ovs/tables", FakeHost.sample("ovs/tables.txt"));
    assertThat(Judged.by("bridge-exists", source, other).fix().command())
        .isEqualTo(
            "# on b\novs-vsctl --may-exist add-br br1 -- set Bridge br1 datapath_type=system && ip"
                + " link set dev br1 up");
    FakeHost named =
        bridged().output("ovs/tables", FakeHost.sample("ovs/tables.txt").replace("ovsbr0", "br1"));
    assertThat(Judged.by("bridge-exists", source, named).status()).isEqualTo(Status.PASS);
  }

  @Test
  void openVSwitchIsNotAskedFor() {
    FakeHost destination =
        destination()
            .tap("br1")
            .output("ovs/tables", FakeHost.sample("ovs/tables.txt").replace("ovsbr0", "br1"));
    assertThat(exists(destination).message())
        .isEqualTo("br1 on b is a bridge of Open vSwitch, but a Linux bridge is asked for");
  }

  @Test
  void anErrorWhereTheDestinationDoesNotTell() {
    assertThat(exists(bridged().cut("network/links")).status()).isEqualTo(Status.ERROR);
    assertThat(exists(bridged().cut("ovs/tables")).status())
        .as("Open vSwitch is not asked where a Linux bridge is there")
        .isEqualTo(Status.PASS);
    assertThat(exists(destination().link("br1", "dummy").cut("ovs/tables")).status())
        .isEqualTo(Status.ERROR);
  }

  @Test
  void aBridgeThatForwardsAtOnce() {
    assertThat(Judged.by("bridge-delay", source(CARD), bridged()).status()).isEqualTo(Status.PASS);
    FakeHost delayed = bridged().set("br1", "bridge/forward_delay", "1500");
    assertThat(Judged.by("bridge-delay", source(CARD), delayed).status())
        .as("without STP the kernel does not wait")
        .isEqualTo(Status.PASS);
  }

  @Test
  void aBridgeThatLetsTheGuestWait() {
    FakeHost stp = bridged().set("br1", "bridge/forward_delay", "1500");
    Finding finding =
        Judged.by("bridge-delay", source(CARD), stp.set("br1", "bridge/stp_state", "1"));
    assertThat(finding.status()).isEqualTo(Status.WARN);
    assertThat(finding.message())
        .isEqualTo("Bridge br1 on b has STP on and keeps web waiting for twice 15 s");
    assertThat(finding.fix().command())
        .isEqualTo(
            "# on a\nip link set dev br1 type bridge stp_state 0 && ip link set dev br1 type bridge"
                + " ageing_time 30000\n# on b\nip link set dev br1 type bridge stp_state 0 && ip"
                + " link set dev br1 type bridge ageing_time 30000");
  }

  private static Finding mtu(FakeHost source, FakeHost destination) {
    return Judged.by("guest-mtu", source, destination);
  }

  private static FakeHost jumbo() {
    return source(CARD.replace("</interface>", "<mtu size='9000'/></interface>"));
  }

  @Test
  void aGuestWithoutMtu() {
    assertThat(mtu(source(CARD), bridged()).status()).isEqualTo(Status.SKIPPED);
  }

  @Test
  void packetsThatFit() {
    FakeHost wide = bridged().set("eth1", "mtu", "9000").set("br1", "mtu", "9000");
    assertThat(mtu(jumbo().set("eth1", "mtu", "9000"), wide).status()).isEqualTo(Status.PASS);
    assertThat(mtu(jumbo(), FakeHost.named("b").bridge("br1")).status())
        .as("an empty bridge takes the MTU of its first port")
        .isEqualTo(Status.PASS);
  }

  @Test
  void packetsThatDoNotFitThroughTheUplink() {
    FakeHost source = jumbo().set("eth1", "mtu", "9000").set("br1", "mtu", "9000");
    Finding finding = mtu(source, bridged());
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message())
        .isEqualTo(
            "web sends packets of 9000 bytes (52:54:00:aa:00:01), but eth1 on b carries only 1500");
    assertThat(finding.fix().command()).isEqualTo("# on b\nip link set dev eth1 mtu 9000");
  }

  @Test
  void packetsThatDoNotFitThroughTheBridge() {
    FakeHost source = jumbo().set("eth1", "mtu", "9000").set("br1", "mtu", "9000");
    FakeHost low = bridged().set("eth1", "mtu", "9000").set("br1", "mtu", "4000");
    assertThat(mtu(source, low).fix().command()).isEqualTo("# on b\nip link set dev br1 mtu 9000");
  }

  @Test
  void packetsThatDoNotFitTodayEither() {
    assertThat(mtu(jumbo(), bridged()).status()).isEqualTo(Status.WARN);
  }
}
