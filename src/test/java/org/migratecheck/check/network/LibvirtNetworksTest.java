package org.migratecheck.check.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.migratecheck.facts.network.FakeHost;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Fix;
import org.migratecheck.model.Policy;
import org.migratecheck.model.Status;

/** The check {@code libvirt-networks}. */
class LibvirtNetworksTest {
  private static final String ONE = "4e0d0000-0000-4000-8000-000000000001";
  private static final String TWO = "4e0d0000-0000-4000-8000-000000000002";
  private static final String STORED =
      """
      <network>
        <name>lan</name>
        <forward mode='nat' dev='eno1'>
          <interface dev='eno1'/>
        </forward>
        <bridge name='virbr0' stp='on' delay='0'/>
        <mac address='52:54:00:05:1a:67'/>
        <ip address='192.168.122.1' netmask='255.255.255.0'>
          <dhcp>
            <range start='192.168.122.2' end='192.168.122.254'/>
            <host mac='52:54:00:00:00:01' ip='192.168.122.10'/>
            <host mac='52:54:00:00:00:02' ip='192.168.122.11'/>
          </dhcp>
        </ip>
      </network>
      """;
  private static final String LIVE =
      STORED
          .replace("<network>", "<network connections='3'>")
          .replace(
              "'eno1'>\n",
              "'eno1'>\n    <nat>\n      <port start='1024' end='65535'/>\n    </nat>\n")
          .replace("<interface dev='eno1'/>", "<interface dev='eno1' connections='3'/>");

  private static FakeHost host(String name, String uuid, String live, String stored) {
    return FakeHost.named(name)
        .network(uuid, live, stored, "Active: yes,Persistent: yes,Autostart: yes");
  }

  private static FakeHost source() {
    return host("a", ONE, LIVE, STORED);
  }

  private static FakeHost changed(String from, String to) {
    return host("b", TWO, LIVE.replace(from, to), STORED.replace(from, to));
  }

  private static FakeHost state(String name, String state) {
    return FakeHost.named(name).network(TWO, STORED, STORED, state);
  }

  private static Finding judge(FakeHost source, FakeHost destination) {
    return Judged.by("libvirt-networks", source, destination);
  }

  private static String commands(Finding finding) {
    return String.join("\n", finding.fix().commands().stream().map(Fix.Command::command).toList());
  }

  @Test
  void whatNaturallyDiffersIsNoDifference() {
    String other =
        STORED
            .replace("eno1", "ens3")
            .replace("05:1a:67", "99:99:99")
            .replaceAll("(?s)( *<host mac='52:54:00:00:00:01'.*?\n)( *<host mac=.*?\n)", "$2$1");
    assertThat(other).isNotEqualTo(STORED);
    Finding finding = judge(source(), host("b", TWO, other, other));
    assertThat(finding.message()).isEqualTo("All 1 virtual networks are the same on a and b");
    assertThat(finding.status()).isEqualTo(Status.PASS);
    assertThat(finding.observed().get(0).source()).isEqualTo("nat on virbr0, active, autostart");
  }

  @Test
  void noNetworks() {
    assertThat(judge(FakeHost.named("a"), FakeHost.named("b")).status()).isEqualTo(Status.SKIPPED);
  }

  @Test
  void aLibvirtWithoutNetworkDriverHasNone() {
    FakeHost none = FakeHost.named("b");
    none.output(
        "libvirt-networks/list",
        1,
        "",
        "error: Failed to list networks\nerror: Failed to connect socket to"
            + " '/var/run/libvirt/virtnetworkd-sock': No such file or directory\n");
    none.output("libvirt-networks/daemons", "end\n");
    assertThat(judge(none, none).status()).isEqualTo(Status.SKIPPED);
    none.output("libvirt-networks/daemons", "virtnetworkd\nend\n");
    assertThat(judge(none, none).status()).isEqualTo(Status.ERROR);
  }

  @Test
  void onlyOnTheSource() {
    Finding finding = judge(source(), FakeHost.named("b"));
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message()).isEqualTo("Network 'lan' of a does not exist on b");
    assertThat(commands(finding))
        .startsWith("printf '%s\\n' '<network>\n  <name>lan</name>\n  <forward")
        .endsWith(
            "| virsh -c qemu:///system net-define /proc/self/fd/0 && virsh -c qemu:///system"
                + " net-start --network lan && virsh -c qemu:///system net-autostart --network lan")
        .doesNotContain("uuid")
        .doesNotContain("<mac address")
        .contains("<host mac=");
  }

  @Test
  void onlyOnTheDestinationIsDefinedOnTheSource() {
    Finding finding =
        judge(FakeHost.named("a"), state("b", "Active: no,Persistent: yes,Autostart: no"));
    assertThat(finding.fix().commands())
        .singleElement()
        .satisfies(
            c -> {
              assertThat(c.host()).isEqualTo("a");
              assertThat(c.command()).endsWith("net-define /proc/self/fd/0");
            });
  }

  @Test
  void aTransientNetworkIsCreated() {
    FakeHost source = state("a", "Active: yes,Persistent: no,Autostart: no");
    assertThat(commands(judge(source, FakeHost.named("b")))).endsWith("net-create /proc/self/fd/0");
  }

  @Test
  void anotherDefinitionIsReplacedAndRestarted() {
    Finding finding = judge(source(), changed("192.168.122.254", "192.168.122.99"));
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message()).isEqualTo("Network 'lan' is defined differently on a and b: ip");
    assertThat(finding.observed().get(1).item()).isEqualTo("lan: ip");
    assertThat(finding.observed().get(1).destination()).contains("192.168.122.99");
    assertThat(commands(finding))
        .contains("<name>lan</name>\n  <uuid>" + TWO + "</uuid>\n")
        .contains("end='\\''192.168.122.254'\\''")
        .endsWith(
            "net-destroy --network lan && virsh -c qemu:///system net-start --network" + " lan");
  }

  @Test
  void aNetworkThatGuestsUseThereIsNotRestarted() {
    FakeHost destination = changed("'virbr0'", "'virbr1'");
    destination.guest(
        "other",
        "99999999-2222-4333-8444-555555555555",
        "<interface type='network'><source network='lan'/></interface>");
    Finding finding = judge(source(), destination);
    assertThat(commands(finding)).endsWith("net-define /proc/self/fd/0");
    assertThat(finding.fix().text()).contains("Guests use it there");
  }

  @Test
  void aDefinitionThatTakesEffectAtTheNextStart() {
    FakeHost destination = host("b", TWO, LIVE, STORED.replace("virbr0", "virbr5"));
    Finding finding = judge(source(), destination);
    assertThat(finding.message())
        .isEqualTo("The stored definition of network 'lan' differs between a and b: bridge");
    assertThat(commands(finding)).endsWith("net-define /proc/self/fd/0");
  }

  @Test
  void states() {
    FakeHost on = state("a", "Active: yes,Persistent: yes,Autostart: yes");
    FakeHost off = state("b", "Active: no,Persistent: yes,Autostart: no");
    assertThat(judge(on, off).message())
        .isEqualTo(
            "Network 'lan' is active on a, but not on b\n"
                + "Network 'lan' starts with the host on a, but not on b");
    assertThat(commands(judge(on, off)))
        .isEqualTo(
            "virsh -c qemu:///system net-start --network lan\n"
                + "virsh -c qemu:///system net-autostart --network lan");
    assertThat(judge(off, on).fix().commands()).extracting(Fix.Command::host).containsOnly("b");
    assertThat(judge(on, state("b", "Active: yes,Persistent: no,Autostart: yes")).message())
        .isEqualTo("Network 'lan' is persistent on a, but gone when it stops on b");
    assertThat(judge(state("a", "Active: yes,Persistent: no,Autostart: yes"), on).message())
        .contains("is persistent on a, but gone when it stops on a");
  }

  @Test
  void underTheCompatiblePolicyOnlyUsedNetworksBlock() {
    FakeHost source = source();
    FakeHost destination = FakeHost.named("b");
    assertThat(Judged.by("libvirt-networks", Policy.COMPATIBLE, source, destination).status())
        .isEqualTo(Status.WARN);
    source.guest(
        "g",
        "11111111-2222-4333-8444-555555555555",
        "<interface type='network'><source network='lan'/></interface>");
    assertThat(Judged.by("libvirt-networks", Policy.COMPATIBLE, source, destination).status())
        .isEqualTo(Status.FAIL);
  }

  @Test
  void namespacesSurviveInTheFix() {
    String options =
        STORED
            .replace(
                "<network>",
                "<network xmlns:dnsmasq='http://libvirt.org/schemas/network/dnsmasq/1.0'>")
            .replace(
                "</network>",
                "  <dnsmasq:options>\n"
                    + "    <dnsmasq:option value='a=$(id)'/>\n"
                    + "  </dnsmasq:options>\n"
                    + "</network>");
    assertThat(commands(judge(host("a", ONE, options, options), FakeHost.named("b"))))
        .contains("<dnsmasq:option value='\\''a=$(id)'\\''/>");
  }

  @Test
  void cutOrStrangeEvidenceIsAnError() {
    assertThat(judge(source(), source().cut("libvirt-networks/live")).status())
        .isEqualTo(Status.ERROR);
    assertThat(judge(source(), source().output("libvirt-networks/live", "")).status())
        .isEqualTo(Status.ERROR);
    assertThat(judge(source(), source().output("libvirt-networks/info", "Name: x\n")).status())
        .isEqualTo(Status.ERROR);
  }

  @Test
  void whatLibvirtDefinesByItselfCountsOnlyWhenUsed() {
    String own = STORED.replace("<name>lan<", "<name>default<");
    FakeHost source =
        FakeHost.named("a").network(ONE, own, own, "Active: yes,Persistent: yes,Autostart: yes");
    assertThat(judge(source, FakeHost.named("b")).status()).isEqualTo(Status.SKIPPED);
    source.guest(
        "web",
        "11111111-2222-4333-8444-555555555555",
        "<interface type='network'><source network='default'/></interface>");
    assertThat(judge(source, FakeHost.named("b")).status()).isEqualTo(Status.FAIL);
  }
}
