package org.migratecheck.facts.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.facts.Undetermined;

/** What real kernels and tools print. */
class SampleTest {
  private static HostFacts veth() {
    FakeHost host = FakeHost.named("a");
    for (String part : List.of("links", "kinds", "addresses", "bonding", "vlans", "devices")) {
      host.output("network/" + part, FakeHost.sample("veth/" + part + ".txt"));
    }
    return host.facts();
  }

  private static Link link(String name) {
    return veth().get(Link.FACT).stream().filter(l -> l.name().equals(name)).findFirst().get();
  }

  @Test
  void kindsOfLinks() {
    assertThat(link("lo").kind()).isEqualTo("loopback");
    assertThat(link("eth0").kind()).isEqualTo("veth");
    assertThat(link("bond0").kind()).isEqualTo("bond");
    assertThat(link("vnet0").kind()).isEqualTo("tap");
    assertThat(link("brdummy").kind()).isEqualTo("dummy");
    assertThat(link("macvtap0").kind()).isEqualTo("macvtap");
    assertThat(link("macvlan0").kind()).isEqualTo("macvlan");
    assertThat(link("team0").kind()).isEqualTo("team");
    assertThat(link("vxlan5").kind()).isEqualTo("vxlan");
    assertThat(link("we'ird$(id)").kind()).isEqualTo("bridge");
    assertThat(link("back\\sl\"ash").kind()).isEqualTo("bridge");
    assertThat(link("a@b").kind()).isEqualTo("dummy");
  }

  @Test
  void vlans() {
    assertThat(link("bond1.100").tag()).contains(new VlanTag("802.1Q", 100));
    assertThat(link("bond1.100").lower()).containsExactly("bond1");
    assertThat(link("storage").tag()).contains(new VlanTag("802.1ad", 200));
    assertThat(link("storage").tag().get()).hasToString("200 (802.1ad)");
  }

  @Test
  void stateOfLinks() {
    assertThat(link("eth0").works()).isTrue();
    assertThat(link("eth0").speed()).contains(10000);
    assertThat(link("eth3").carrier()).contains(false);
    assertThat(link("sw3").up()).isFalse();
    assertThat(link("sw3").carrier()).isEmpty();
    assertThat(link("bond1.100").portState()).contains(1);
    assertThat(link("vxlan5").mtu()).isEqualTo(1450);
  }

  @Test
  void bridges() {
    List<Bridge> bridges = veth().get(Bridge.FACT);
    assertThat(bridges)
        .extracting(Bridge::name)
        .containsExactly("back\\sl\"ash", "br0", "br100", "we'ird$(id)");
    assertThat(bridges.get(1).ports()).containsExactly("eth4", "vnet0");
    assertThat(bridges.get(1).vlanFiltering()).isTrue();
    assertThat(bridges.get(2).stp()).isTrue();
    assertThat(bridges.get(2).settings())
        .containsEntry("forward_delay", "1500")
        .containsEntry("vlan_protocol", "0x8100");
  }

  @Test
  void bonds() {
    List<Bond> bonds = veth().get(Bond.FACT);
    assertThat(bonds.get(0).mode()).isEqualTo("802.3ad");
    assertThat(bonds.get(0).settings())
        .isEqualTo(Map.of("miimon", "100", "xmit_hash_policy", "layer3+4", "lacp_rate", "fast"));
    assertThat(bonds.get(0).members())
        .containsExactly(
            new Bond.Member("eth0", true, true, Optional.of(1)),
            new Bond.Member("eth1", true, false, Optional.of(2)));
    assertThat(bonds.get(1).members())
        .containsExactly(
            new Bond.Member("eth2", true, true, Optional.empty()),
            new Bond.Member("eth3", false, false, Optional.empty()));
  }

  @Test
  void vlansOfPorts() {
    PortVlans vlans = veth().get(PortVlans.FACT);
    assertThat(vlans.of("eth4"))
        .startsWith("1 Egress Untagged", "10", "11")
        .endsWith("30 PVID Egress Untagged");
    assertThat(vlans.of("br0")).containsExactly("1 PVID Egress Untagged", "30");
    assertThat(vlans.of("nosuch")).isEmpty();
  }

  @Test
  void vlansOfPortsInTheWordsOfOldTools() {
    FakeHost host =
        FakeHost.named("a")
            .link("eth0", "")
            .bridge("br0", "eth0")
            .set("br0", "bridge/vlan_filtering", "1");
    host.output(
        "network/vlans",
        "port\tvlan ids\neth0\t 1 PVID Egress Untagged\n\t 10-20\n\nbr0\tNone\n\n");
    PortVlans vlans = host.facts().get(PortVlans.FACT);
    assertThat(vlans.of("eth0")).containsExactly("1 PVID Egress Untagged", "10-20");
    assertThat(vlans.of("br0")).isEmpty();
  }

  @Test
  void addressesAndSubnets() {
    List<Address> addresses = veth().get(Address.FACT);
    assertThat(addresses)
        .filteredOn(a -> a.link().equals("br0"))
        .extracting(Address::subnet)
        .containsExactly(
            Optional.of("10.1.0.0/24"), Optional.of("2001:db8:0:0:0:0:0:0/64"), Optional.empty());
    assertThat(addresses)
        .filteredOn(a -> a.link().equals("br100"))
        .containsExactly(new Address("br100", "inet", "192.0.2.1", 32, "global", false));
  }

  @Test
  void addressesThatComeAndGo() {
    String text =
        "1: lo    inet6 2001:db8::1/64 scope global temporary dynamic \\  valid_lft 10sec\n"
            + "1: lo    inet 10.0.0.1/31 scope global lo\\  valid_lft forever\n";
    assertThat(IpText.addresses("a", text, Map.of(1, "lo")))
        .extracting(Address::subnet)
        .containsOnly(Optional.empty());
  }

  @Test
  void namesAreNeverLookedUp() {
    for (String evil : List.of("10.1.2.3.evil.example/24", "256.1.1.1/24", "1.2.3/8", "abc/8")) {
      assertThatThrownBy(
              () ->
                  IpText.addresses(
                      "a", "1: lo    inet " + evil + " scope global\n", Map.of(1, "lo")))
          .isInstanceOf(Undetermined.class);
    }
  }

  @Test
  void kindsInTheWordsOfOldTools() {
    String rhel7 =
        """
        1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN mode DEFAULT group default qlen 1000\\    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00 promiscuity 0 addrgenmode eui64 numtxqueues 1 numrxqueues 1 gso_max_size 65536 gso_max_segs 65535\s
        2: em1: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc mq master br0 state UP mode DEFAULT group default qlen 1000\\    link/ether 52:54:00:12:34:56 brd ff:ff:ff:ff:ff:ff promiscuity 1 \\    bridge_slave state forwarding priority 32 cost 100 hairpin off guard off\s
        3: em1.5@em1: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP mode DEFAULT group default qlen 1000\\    link/ether 52:54:00:12:34:56 brd ff:ff:ff:ff:ff:ff promiscuity 0 \\    vlan id 5 <REORDER_HDR> addrgenmode eui64\s
        """;
    assertThat(IpText.kinds("a", rhel7))
        .isEqualTo(Map.of(3, new IpText.Kind("vlan", Optional.of(new VlanTag("802.1Q", 5)))));
  }

  @Test
  void deviceFiles() {
    assertThat(veth().get(NetworkDevices.FACT)).containsExactly("/dev/net/tun");
  }

  @Test
  void virtualNetworks() {
    FakeHost host = FakeHost.named("a");
    for (String part : List.of("daemons", "list", "info", "live", "inactive")) {
      host.output("libvirt-networks/" + part, FakeHost.sample("libvirt/" + part + ".txt"));
    }
    List<VirtualNetwork> networks = host.facts().get(VirtualNetwork.FACT);
    assertThat(networks)
        .extracting(VirtualNetwork::name)
        .containsExactly("br0net", "default", "pool", "trans", "we'ird $(id) net");
    VirtualNetwork nat = networks.get(1);
    assertThat(nat.forward()).isEqualTo("nat");
    assertThat(nat.bridge()).contains("virbr0");
    assertThat(nat.ownsBridge()).isTrue();
    assertThat(networks.get(0).ownsBridge()).isFalse();
    assertThat(networks.get(2).bridge()).isEmpty();
    assertThat(networks.get(3).persistent()).isFalse();
    assertThat(networks.get(4).active()).isFalse();
    assertThat(networks.get(4).forward()).isEmpty();
  }

  @Test
  void aNetworkThatGoesAwayWhileItIsReadIsNone() {
    FakeHost host =
        FakeHost.named("a")
            .network(
                "4e0d0000-0000-4000-8000-000000000001", "<network>\n<name>n</name>\n</network>");
    String gone =
        "error: failed to get network 'x'\nerror: Network not found: no network with matching uuid\n";
    for (String part : List.of("info", "live", "inactive")) {
      host.output("libvirt-networks/" + part, 1, "", gone);
    }
    assertThat(host.facts().get(VirtualNetwork.FACT)).isEmpty();
  }

  @Test
  void openVSwitch() {
    Ovs ovs =
        FakeHost.named("a")
            .output("ovs/tables", FakeHost.sample("ovs/tables.txt"))
            .facts()
            .get(Ovs.FACT);
    Ovs.OvsBridge bridge = ovs.bridge("ovsbr0").orElseThrow();
    assertThat(bridge.settings())
        .containsEntry("fail_mode", "standalone")
        .containsEntry("datapath_type", "netdev")
        .containsEntry("controller", "tcp:127.0.0.1:6653");
    assertThat(bridge.ports())
        .extracting(Ovs.Port::name)
        .containsExactly("bond0", "mgmt", "ovsbr0", "vx0");
    Ovs.Port bond = bridge.ports().get(0);
    assertThat(bond.settings()).isEqualTo(Map.of("lacp", "active", "trunks", "10,20"));
    assertThat(bond.interfaces())
        .extracting(Ovs.OvsInterface::name, Ovs.OvsInterface::type, Ovs.OvsInterface::up)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("ethX", "system", true),
            org.assertj.core.groups.Tuple.tuple("ethZ", "system", false));
    assertThat(bridge.ports().get(1).settings()).containsEntry("tag", "7");
    assertThat(bridge.ports().get(3).interfaces().get(0).options())
        .containsEntry("remote_ip", "10.79.0.12");
    assertThat(ovs.bridges("mgmt")).isFalse();
  }
}
