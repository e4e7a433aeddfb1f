package org.migratecheck.check.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.migratecheck.facts.network.FakeHost;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Fix;
import org.migratecheck.model.Status;

/** The checks {@code network-exists} and {@code portgroup}. */
class GuestNetworkTest {
  private static final String UUID = "11111111-2222-4333-8444-555555555555";
  private static final String NET = "4e0d0000-0000-4000-8000-000000000001";
  private static final String CARD =
      "<interface type='network'><mac address='52:54:00:aa:00:01'/><source network='lan'/></interface>";
  private static final String BRIDGED =
      """
      <network>
        <name>lan</name>
        <forward mode='bridge'/>
        <bridge name='br0'/>
      </network>
      """;
  private static final String GROUPS =
      BRIDGED.replace(
          "</network>",
          """
            <virtualport type='openvswitch'/>
            <portgroup name='web' default='yes'>
              <vlan><tag id='42'/></vlan>
            </portgroup>
          </network>
          """);

  private static FakeHost host(String name, String xml) {
    return FakeHost.named(name).link("eth0", "").bridge("br0", "eth0").network(NET, xml);
  }

  private static FakeHost source() {
    return host("a", BRIDGED).guest("web", UUID, CARD);
  }

  private static Finding exists(FakeHost source, FakeHost destination) {
    return Judged.by("network-exists", source, destination);
  }

  private static FakeHost state(String state) {
    return FakeHost.named("b").bridge("br0").network(NET, BRIDGED, BRIDGED, state);
  }

  @Test
  void theNetworkRuns() {
    Finding finding = exists(source(), host("b", BRIDGED));
    assertThat(finding.status()).isEqualTo(Status.PASS);
    assertThat(finding.message()).isEqualTo("Network lan of web runs on b");
  }

  @Test
  void aGuestOnNoNetwork() {
    FakeHost source = host("a", BRIDGED).guest("web", UUID, "<interface type='user'/>");
    assertThat(exists(source, host("b", BRIDGED)).status()).isEqualTo(Status.SKIPPED);
  }

  @Test
  void theNetworkIsMissing() {
    Finding finding = exists(source(), FakeHost.named("b"));
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message()).isEqualTo("Network 'lan' of web does not exist on b");
    assertThat(finding.errors())
        .containsExactly("Network not found: no network with matching name 'lan'");
    assertThat(finding.fix().command())
        .startsWith("# on b\nprintf '%s\\n' '<network>\n  <name>lan</name>\n  <forward")
        .contains("net-start --network lan")
        .contains("net-autostart --network lan");
  }

  @Test
  void aTransientNetworkAndOneThatIsGone() {
    FakeHost transientOne =
        FakeHost.named("a")
            .network(NET, BRIDGED, BRIDGED, "Active: yes,Persistent: no,Autostart: no")
            .guest("web", UUID, CARD);
    assertThat(exists(transientOne, FakeHost.named("b")).fix().command())
        .endsWith("net-create /proc/self/fd/0");
    FakeHost gone = FakeHost.named("a").guest("web", UUID, CARD);
    assertThat(exists(gone, FakeHost.named("b")).message())
        .isEqualTo("Network 'lan' of web exists neither on b nor, any more, on a");
  }

  @Test
  void theNetworkIsNotActive() {
    Finding finding = exists(source(), state("Active: no,Persistent: yes,Autostart: no"));
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.errors())
        .containsExactly("Requested operation is not valid: network 'lan' is not active");
    assertThat(finding.fix().command())
        .isEqualTo("# on b\nvirsh -c qemu:///system net-start --network lan");
  }

  @Test
  void theBridgeBelowTheNetworkIsMissing() {
    Finding finding = exists(source(), FakeHost.named("b").network(NET, BRIDGED));
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message())
        .isEqualTo("Bridge br0, which network 'lan' of web stands on, does not exist on b");
    assertThat(finding.fix().command()).contains("ip link add name br0 type bridge");
  }

  @Test
  void theBridgeBelowTheNetworkIsOfOpenVSwitch() {
    String text = FakeHost.sample("ovs/tables.txt").replace("ovsbr0", "br0");
    FakeHost source = host("a", GROUPS).guest("web", UUID, CARD).output("ovs/tables", text);
    assertThat(exists(source, host("b", GROUPS).output("ovs/tables", text)).status())
        .isEqualTo(Status.PASS);
    assertThat(exists(source, host("b", GROUPS)).message())
        .isEqualTo("Open vSwitch, which bridge br0 belongs to, is not installed on b");
  }

  @Test
  void theCardBelowTheNetworkIsMissing() {
    String pool =
        """
        <network>
          <name>lan</name>
          <forward dev='eno1' mode='bridge'>
            <interface dev='eno1'/>
          </forward>
        </network>
        """;
    FakeHost source = host("a", pool).guest("web", UUID, CARD);
    assertThat(exists(source, FakeHost.named("b").link("eno1", "").network(NET, pool)).status())
        .isEqualTo(Status.PASS);
    assertThat(exists(source, FakeHost.named("b").network(NET, pool)).errors())
        .containsExactly("Unable to get index for interface eno1: No such device");
  }

  @Test
  void hostileNamesOfNetworks() {
    String evil = BRIDGED.replace("<name>lan", "<name>$(id) &apos;x&apos;");
    FakeHost source =
        FakeHost.named("a")
            .network(NET, evil)
            .guest("web", UUID, CARD.replace("'lan'", "\"$(id) 'x'\""));
    assertThat(exists(source, FakeHost.named("b")).fix().command())
        .contains("net-start --network '$(id) '\\''x'\\'''");
  }

  private static Finding groups(String here, String there) {
    return Judged.by("portgroup", host("a", here).guest("web", UUID, CARD), host("b", there));
  }

  @Test
  void theSamePortgroup() {
    assertThat(groups(GROUPS, GROUPS).status()).isEqualTo(Status.PASS);
    assertThat(groups(BRIDGED, BRIDGED).status()).isEqualTo(Status.SKIPPED);
  }

  @Test
  void thePortgroupIsMissing() {
    Finding finding = groups(GROUPS, BRIDGED);
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message())
        .isEqualTo("Network 'lan' on b has no portgroup 'web', which web is in");
    assertThat(finding.fix().commands())
        .extracting(Fix.Command::command)
        .singleElement()
        .asString()
        .startsWith(
            "virsh -c qemu:///system net-update --network lan --command add-last --section"
                + " portgroup --xml '<portgroup default=")
        .endsWith("--live --config");
  }

  @Test
  void thePortgroupHasAnotherVlan() {
    assertThat(groups(GROUPS, GROUPS.replace("42", "43")).fix().command())
        .contains("--command modify");
    assertThat(groups(BRIDGED, GROUPS).message())
        .isEqualTo(
            "Network 'lan' on b puts web into the default portgroup 'web', which a does not have");
  }
}
