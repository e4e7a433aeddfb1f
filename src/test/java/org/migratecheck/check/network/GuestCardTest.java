package org.migratecheck.check.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.migratecheck.facts.network.FakeHost;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Fix;
import org.migratecheck.model.Status;

/** The checks about single cards of a guest. */
class GuestCardTest {
  private static final String UUID = "11111111-2222-4333-8444-555555555555";
  private static final String OTHER = "99999999-2222-4333-8444-555555555555";
  private static final String NET = "4e0d0000-0000-4000-8000-000000000001";

  private static FakeHost guest(String interfaces) {
    return FakeHost.named("a").link("eno1", "").guest("web", UUID, interfaces);
  }

  private static Finding judge(String id, String interfaces, FakeHost destination) {
    return Judged.by(id, guest(interfaces), destination);
  }

  // direct-device

  private static final String DIRECT =
      "<interface type='direct'><mac address='52:54:00:aa:00:01'/>"
          + "<source dev='eno1' mode='bridge'/></interface>";

  @Test
  void theDeviceIsThere() {
    assertThat(judge("direct-device", DIRECT, FakeHost.named("b").link("eno1", "")).status())
        .isEqualTo(Status.PASS);
    assertThat(judge("direct-device", "<interface type='user'/>", FakeHost.named("b")).status())
        .isEqualTo(Status.SKIPPED);
  }

  @Test
  void theDeviceIsCalledDifferently() {
    Finding finding = judge("direct-device", DIRECT, FakeHost.named("b").link("ens3", ""));
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message()).isEqualTo("b has no link eno1, which web is attached to");
  }

  @Test
  void theDeviceIsAVlanThatCanBeMade() {
    FakeHost source = FakeHost.named("a").link("eno1", "").vlan("eno1.7", "eno1", 7);
    source.guest("web", UUID, DIRECT.replace("'eno1'", "'eno1.7'"));
    FakeHost destination = FakeHost.named("b").link("eno1", "");
    assertThat(Judged.by("direct-device", source, destination).fix().command())
        .contains("ip link add link eno1 name eno1.7 type vlan protocol 802.1Q id 7");
    destination.vlan("eno1.7", "eno1", 8);
    assertThat(Judged.by("direct-device", source, destination).message())
        .isEqualTo("eno1.7 of web is VLAN 7 on a, VLAN 8 on b");
  }

  @Test
  void theDeviceIsDead() {
    FakeHost off = FakeHost.named("b").link("eno1", "").off("eno1");
    assertThat(judge("direct-device", DIRECT, off).fix().command())
        .isEqualTo("# on b\nip link set dev eno1 up");
    FakeHost unplugged = FakeHost.named("b").link("eno1", "").unplugged("eno1");
    assertThat(judge("direct-device", DIRECT, unplugged).message())
        .isEqualTo("eno1 of web has no carrier on b");
  }

  // interface-kind

  @ParameterizedTest
  @CsvSource({
    "hostdev,FAIL,has a card of a passed through",
    "vdpa,FAIL,has a vDPA card",
    "vhostuser,WARN,has a vhost-user card",
    "user,WARN,uses user-mode networking",
    "bridge,PASS,can move",
    "direct,PASS,can move",
  })
  void kinds(String type, Status status, String words) {
    String card = "<interface type='" + type + "'><mac address='52:54:00:aa:00:01'/></interface>";
    Finding finding = judge("interface-kind", card, FakeHost.named("b"));
    assertThat(finding.status()).isEqualTo(status);
    assertThat(finding.message()).contains(words);
  }

  @Test
  void aFailoverPairOnlyWarns() {
    String card =
        "<interface type='hostdev'><mac address='52:54:00:aa:00:01'/>"
            + "<teaming type='transient' persistent='ua-1'/></interface>";
    assertThat(judge("interface-kind", card, FakeHost.named("b")).status()).isEqualTo(Status.WARN);
  }

  @ParameterizedTest
  @CsvSource({"nat,NAT network", "route,routed network", "open,routed network"})
  void networksThatStayInTheHost(String mode, String words) {
    assertThat(onNetwork("<forward mode='" + mode + "'/>").message()).contains(words);
  }

  @Test
  void anIsolatedNetworkAndABridgedOne() {
    assertThat(onNetwork("").message()).contains("isolated network");
    assertThat(onNetwork("<forward mode='bridge'/>").status()).isEqualTo(Status.PASS);
    assertThat(onNetwork("<forward mode='hostdev'/>").status()).isEqualTo(Status.FAIL);
    assertThat(onNetwork("<forward/>").message()).as("NAT is the default").contains("NAT");
  }

  private static Finding onNetwork(String forward) {
    FakeHost source =
        guest(
            "<interface type='network'><mac address='52:54:00:aa:00:01'/>"
                + "<source network='n'/></interface>");
    source.network(
        NET, "<network>\n  <name>n</name>\n" + forward + "<bridge name='v'/>\n</network>");
    return Judged.by("interface-kind", source, FakeHost.named("b"));
  }

  // nwfilter-exists

  private static final String FILTERED =
      "<interface type='bridge'><mac address='52:54:00:aa:00:01'/><source bridge='br0'/>"
          + "<filterref filter='clean'/></interface>";

  private static FakeHost filters(FakeHost host, String... xml) {
    StringBuilder list = new StringBuilder(" UUID   Name\n----\n");
    StringBuilder documents = new StringBuilder();
    for (int i = 0; i < xml.length; i++) {
      String uuid = "5f000000-0000-4000-8000-00000000000" + i;
      list.append(' ').append(uuid).append("   x\n");
      documents.append(xml[i].replace("<uuid/>", "<uuid>" + uuid + "</uuid>"));
    }
    return host.output("nwfilters/list", list.toString())
        .output("nwfilters/xml", documents.toString());
  }

  private static String filter(String name, String inner) {
    return "<filter name='" + name + "'>\n  <uuid/>\n  " + inner + "\n</filter>\n";
  }

  private static FakeHost filtered() {
    return filters(
        guest(FILTERED),
        filter("clean", "<filterref filter='no-arp'/>"),
        filter("no-arp", "<rule action='drop' direction='inout'><arp/></rule>"));
  }

  @Test
  void theFiltersAreTheSame() {
    FakeHost destination =
        filters(
            FakeHost.named("b"),
            filter("no-arp", "<rule action='drop' direction='inout'><arp/></rule>"),
            filter("clean", "<filterref filter='no-arp'/>"));
    assertThat(Judged.by("nwfilter-exists", filtered(), destination).status())
        .isEqualTo(Status.PASS);
    assertThat(judge("nwfilter-exists", DIRECT, FakeHost.named("b")).status())
        .isEqualTo(Status.SKIPPED);
  }

  @Test
  void missingFiltersAreDefinedInnerFirst() {
    Finding finding = Judged.by("nwfilter-exists", filtered(), FakeHost.named("b"));
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.errors()).contains("internal error: referenced filter 'clean' is missing");
    assertThat(finding.fix().commands())
        .extracting(Fix.Command::command)
        .satisfiesExactly(
            c -> assertThat(c).contains("name='\\''no-arp'\\''").doesNotContain("uuid"),
            c ->
                assertThat(c)
                    .contains("name='\\''clean'\\''")
                    .endsWith("nwfilter-define /proc/self/fd/0"));
  }

  @Test
  void theCommandsThatWriteTheRulesAreThere() {
    String rules =
        "<rule action='accept' direction='in'><tcp/></rule>"
            + "<rule action='drop' direction='in'><all-ipv6/></rule>"
            + "<rule action='drop' direction='in'><arp/></rule>";
    FakeHost source = filters(guest(FILTERED), filter("clean", rules));
    source.output("tools", "iptables\nip6tables\n");
    FakeHost destination = filters(FakeHost.named("b"), filter("clean", rules));
    assertThat(
            Judged.by(
                    "nwfilter-exists", source, destination.output("tools", "ip6tables\niptables\n"))
                .status())
        .isEqualTo(Status.PASS);
    Finding finding =
        Judged.by("nwfilter-exists", source, destination.output("tools", "iptables\ndnf\n"));
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message())
        .isEqualTo(
            "b has no command ip6tables, with which libvirt writes rules of network filter 'clean'"
                + " of web");
    assertThat(finding.fix().command()).contains("dnf install -y iptables-nft");
  }

  @Test
  void otherRulesOnlyWarn() {
    FakeHost destination =
        filters(
            FakeHost.named("b"),
            filter("clean", "<filterref filter='no-arp'/>"),
            filter("no-arp", "<rule action='accept' direction='inout'><arp/></rule>"));
    Finding finding = Judged.by("nwfilter-exists", filtered(), destination);
    assertThat(finding.status()).isEqualTo(Status.WARN);
    assertThat(finding.fix().command())
        .contains("<uuid>5f000000-0000-4000-8000-000000000001</uuid>");
  }

  @Test
  void aFilterThatSilencesTheAnnouncement() {
    String drop = "<rule action='drop' direction='inout' priority='1000'/>";
    String rarp = "<rule action='accept' direction='out'><mac protocolid='0x8035'/></rule>";
    FakeHost silent = filters(guest(FILTERED), filter("clean", drop));
    Finding finding =
        Judged.by("nwfilter-exists", silent, filters(FakeHost.named("b"), filter("clean", drop)));
    assertThat(finding.status()).isEqualTo(Status.WARN);
    assertThat(finding.message()).contains("lets no RARP out");
    FakeHost loud = filters(guest(FILTERED), filter("clean", rarp + drop));
    assertThat(
            Judged.by(
                    "nwfilter-exists",
                    loud,
                    filters(FakeHost.named("b"), filter("clean", rarp + drop)))
                .status())
        .isEqualTo(Status.PASS);
  }

  @Test
  void filtersThatCannotBeReadAreAnError() {
    FakeHost half = FakeHost.named("b").output("nwfilters/xml", "<filter name='x'>\n");
    half.output("nwfilters/list", "5f000000-0000-4000-8000-000000000001 x\n");
    assertThat(Judged.by("nwfilter-exists", filtered(), half).status()).isEqualTo(Status.ERROR);
  }

  // tap-name

  private static final String NAMED =
      "<interface type='bridge'><mac address='52:54:00:aa:00:01'/><source bridge='br0'/>"
          + "<target dev='tap7'/></interface>";

  @Test
  void theTapNameIsFree() {
    assertThat(judge("tap-name", NAMED, FakeHost.named("b")).status()).isEqualTo(Status.PASS);
    assertThat(judge("tap-name", DIRECT, FakeHost.named("b")).status()).isEqualTo(Status.SKIPPED);
  }

  @Test
  void theTapNameIsTaken() {
    Finding finding = judge("tap-name", NAMED, FakeHost.named("b").link("tap7", "veth"));
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.errors())
        .containsExactly("Requested operation is not valid: The tap7 interface already exists");
    assertThat(finding.fix().commands()).isEmpty();
    assertThat(judge("tap-name", NAMED, FakeHost.named("b").tap("tap7")).fix().command())
        .isEqualTo("# on b\nip link delete dev tap7");
    FakeHost busy = FakeHost.named("b").tap("tap7").guest("other", OTHER, NAMED);
    assertThat(judge("tap-name", NAMED, busy).fix().commands())
        .as("a running guest's tap is not to be removed")
        .isEmpty();
  }

  @Test
  void aTapThatMustExist() {
    String card = "<interface type='ethernet'><target dev='tap7' managed='no'/></interface>";
    assertThat(judge("tap-name", card, FakeHost.named("b")).fix().command())
        .isEqualTo("# on b\nip tuntap add dev tap7 mode tap && ip link set dev tap7 up");
    assertThat(judge("tap-name", card, FakeHost.named("b").tap("tap7")).status())
        .isEqualTo(Status.PASS);
  }

  // mac-unique

  @Test
  void theMacIsUnique() {
    FakeHost destination = FakeHost.named("b").guest("web", UUID, NAMED);
    assertThat(judge("mac-unique", NAMED, destination).status())
        .as("the guest's own definition is no other guest")
        .isEqualTo(Status.PASS);
    assertThat(judge("mac-unique", "", destination).status()).isEqualTo(Status.SKIPPED);
  }

  @Test
  void anotherGuestHasTheMac() {
    FakeHost running = FakeHost.named("b").guest("copy", OTHER, NAMED);
    Finding finding = judge("mac-unique", NAMED.replace("aa", "AA"), running);
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message())
        .isEqualTo(
            "The running guest 'copy' on b has the MAC address 52:54:00:aa:00:01 of web too");
    FakeHost off = FakeHost.named("b").guest("copy", OTHER, NAMED, NAMED, "shut off (shutdown)");
    assertThat(judge("mac-unique", NAMED, off).status()).isEqualTo(Status.WARN);
  }

  @Test
  void theHostItselfHasTheMac() {
    FakeHost destination =
        FakeHost.named("b").link("eno1", "").set("eno1", "address", "52:54:00:AA:00:01");
    assertThat(judge("mac-unique", NAMED, destination).message())
        .isEqualTo("The link eno1 of b itself has the MAC address 52:54:00:aa:00:01 of web");
  }

  // tap-device

  @Test
  void theDeviceFilesAreThere() {
    assertThat(judge("tap-device", NAMED, FakeHost.named("b")).status()).isEqualTo(Status.PASS);
    assertThat(judge("tap-device", DIRECT, FakeHost.named("b")).status()).isEqualTo(Status.SKIPPED);
  }

  @Test
  void deviceFilesThatAreMissing() {
    FakeHost none = FakeHost.named("b").output("network/devices", "end\n");
    Finding finding = judge("tap-device", NAMED, none);
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message()).startsWith("b has no /dev/net/tun\n");
    FakeHost noVhost = FakeHost.named("b").output("network/devices", "/dev/net/tun\nend\n");
    assertThat(judge("tap-device", NAMED, noVhost).status()).isEqualTo(Status.WARN);
    String asked = NAMED.replace("<target", "<driver name='vhost'/><target");
    assertThat(judge("tap-device", asked, noVhost).status()).isEqualTo(Status.FAIL);
  }

  @Test
  void theSameAddressInAnotherNetworkOnlyWarns() {
    FakeHost elsewhere = FakeHost.named("b").guest("copy", OTHER, NAMED.replace("'br0'", "'br9'"));
    assertThat(judge("mac-unique", NAMED, elsewhere).status()).isEqualTo(Status.WARN);
    FakeHost dummy =
        FakeHost.named("b")
            .link("eno1", "")
            .bridge("br0", "eno1")
            .link("dummy0", "dummy")
            .set("dummy0", "address", "52:54:00:aa:00:01");
    assertThat(judge("mac-unique", NAMED, dummy).status()).isEqualTo(Status.WARN);
    dummy.set("eno1", "address", "52:54:00:aa:00:01");
    assertThat(judge("mac-unique", NAMED, dummy).status()).isEqualTo(Status.FAIL);
  }

  @Test
  void twoGuestsOfTheSourceHaveOneAddress() {
    FakeHost source = guest(NAMED).guest("copy", OTHER, NAMED);
    assertThat(Judged.by("mac-unique", source, FakeHost.named("b")).status())
        .isEqualTo(Status.WARN);
  }
}
