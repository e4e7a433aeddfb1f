package org.migratecheck.facts.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.model.HostEvidence;
import org.migratecheck.model.HostIdentity;
import org.migratecheck.model.ProbeOutput;

/** Writes the evidence of a host as its probes would, link by link. */
public final class FakeHost {
  private static final String OK = "";

  private final String name;
  private final Map<String, Map<String, String>> links = new LinkedHashMap<>();
  private final List<String> relations = new ArrayList<>();
  private final Map<String, String> kinds = new LinkedHashMap<>();
  private final StringBuilder addresses = new StringBuilder();
  private final StringBuilder bonding = new StringBuilder();
  private final StringBuilder vlans = new StringBuilder();
  private final List<String> guests = new ArrayList<>();
  private final List<String> autostarted = new ArrayList<>();
  private final StringBuilder networkList = new StringBuilder();
  private final StringBuilder networkInfo = new StringBuilder();
  private final StringBuilder networkXml = new StringBuilder();
  private final StringBuilder networkDefinitions = new StringBuilder();
  private final SortedMap<String, ProbeOutput> other = new TreeMap<>();

  private FakeHost(String name) {
    this.name = name;
  }

  /** Returns a host with a loopback link, device files, and the tools of any Linux. */
  public static FakeHost named(String name) {
    FakeHost host = new FakeHost(name);
    host.link("lo", "").set("lo", "flags", "0x9").set("lo", "mtu", "65536");
    host.output("network/devices", "/dev/net/tun\n/dev/vhost-net\nend\n");
    host.output("tools", "ip\nvirsh\n");
    host.output("ovs", "");
    host.output("nwfilters/list", "");
    host.output("bridge-filter/calls", "end\n");
    host.output("bridge-learnt/fdb", "end\n");
    host.output("firewall", "");
    host.output("firewall/nft", "");
    return host;
  }

  /** Reads a file of real output below {@code src/test/resources/samples/network}. */
  public static String sample(String file) {
    try (InputStream in = FakeHost.class.getResourceAsStream("/samples/network/" + file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds a link that is up and has a carrier; kind {@code ""} is a card. */
  public FakeHost link(String link, String kind) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("ifindex", Integer.toString(links.size() + 1));
    values.put("flags", "0x1003");
    values.put("mtu", "1500");
    values.put("address", "02:00:00:00:00:%02x".formatted(links.size()));
    values.put("operstate", "up");
    values.put("carrier", "1");
    if (kind.isEmpty()) {
      values.put("speed", "10000");
      relations.add("./" + link + "/device:");
    }
    links.put(link, values);
    kinds.put(link, kind);
    return this;
  }

  /** Adds a tap device of a guest. */
  public FakeHost tap(String tap) {
    return link(tap, "tun type tap pi off vnet_hdr on persist off").set(tap, "tun_flags", "0x5002");
  }

  /** Sets an attribute, such as {@code mtu} or {@code bridge/stp_state}. */
  public FakeHost set(String link, String attribute, String value) {
    links.get(link).put(attribute, value);
    return this;
  }

  /** Switches a link off. */
  public FakeHost off(String link) {
    links.get(link).remove("carrier");
    links.get(link).remove("speed");
    return set(link, "flags", "0x1002").set(link, "operstate", "down");
  }

  /** Pulls a link's cable. */
  public FakeHost unplugged(String link) {
    return set(link, "carrier", "0").set(link, "operstate", "lowerlayerdown");
  }

  /** Adds a bridge with the kernel's settings but no forward delay, and ports. */
  public FakeHost bridge(String bridge, String... ports) {
    link(bridge, "bridge forward_delay 0 hello_time 200");
    for (String setting :
        List.of(
            "stp_state 0",
            "forward_delay 0",
            "hello_time 200",
            "max_age 2000",
            "ageing_time 30000",
            "priority 32768",
            "group_fwd_mask 0x0",
            "multicast_snooping 1",
            "multicast_querier 0",
            "vlan_filtering 0",
            "vlan_protocol 0x8100",
            "default_pvid 1")) {
      String[] words = setting.split(" ");
      set(bridge, "bridge/" + words[0], words[1]);
    }
    for (String port : ports) {
      relations.add("./" + bridge + "/brif/" + port + ":");
      relations.add("./" + bridge + "/lower_" + port + ":");
      set(port, "brport/state", "3");
    }
    return this;
  }

  /** Adds a VLAN on a link. */
  public FakeHost vlan(String vlan, String base, int id) {
    link(vlan, "vlan protocol 802.1Q id " + id + " <REORDER_HDR>");
    relations.add("./" + vlan + "/lower_" + base + ":");
    return this;
  }

  /** Adds a bond; a member that begins with {@code !} is down. */
  public FakeHost bond(String bond, String mode, String... members) {
    link(bond, "bond mode " + mode + " miimon 100");
    set(bond, "bonding/mode", mode + " 1").set(bond, "bonding/miimon", "100");
    set(bond, "bonding/xmit_hash_policy", "layer2 0").set(bond, "bonding/lacp_rate", "slow 0");
    String file = "/proc/net/bonding/" + bond + ":";
    bonding.append(file).append("Bonding Mode: ").append(mode).append('\n');
    bonding.append(file).append("MII Status: up\n");
    List<String> names = new ArrayList<>();
    for (String member : members) {
      String slave = member.replace("!", "");
      names.add(slave);
      link(slave, "");
      relations.add("./" + bond + "/lower_" + slave + ":");
      bonding.append(file).append("Slave Interface: ").append(slave).append('\n');
      bonding
          .append(file)
          .append("MII Status: ")
          .append(member.startsWith("!") ? "down" : "up")
          .append('\n');
    }
    return set(bond, "bonding/slaves", String.join(" ", names));
  }

  /** Gives a link an address such as {@code 10.0.0.5/24}. */
  public FakeHost address(String link, String address) {
    addresses
        .append(links.get(link).get("ifindex"))
        .append(": ")
        .append(link)
        .append("    ")
        .append(address.contains(":") ? "inet6 " : "inet ")
        .append(address)
        .append(" scope global ")
        .append(link)
        .append("\\       valid_lft forever preferred_lft forever\n");
    return this;
  }

  /** Lets a port of a bridge with VLAN filtering pass VLANs; one entry a line. */
  public FakeHost passes(String port, String... entries) {
    String head = port;
    for (String entry : entries) {
      vlans.append("%-17s %s\n".formatted(head, entry));
      head = "";
    }
    return this;
  }

  /** Adds a persistent, active network that starts with the host. */
  public FakeHost network(String uuid, String xml) {
    return network(uuid, xml, xml, "Active: yes,Persistent: yes,Autostart: yes");
  }

  /** Adds a network by its live and stored XML, without {@code uuid}, and its state. */
  public FakeHost network(String uuid, String live, String stored, String state) {
    networkList.append(uuid).append('\n');
    networkInfo.append("Name:           x\nUUID:           ").append(uuid).append('\n');
    for (String line : state.split(",")) {
      networkInfo.append(line).append('\n');
    }
    networkXml.append(withUuid(live, uuid));
    networkDefinitions.append(withUuid(stored, uuid));
    return this;
  }

  private static String withUuid(String xml, String uuid) {
    return xml.strip().replaceFirst("</name>", "</name>\n  <uuid>" + uuid + "</uuid>") + "\n";
  }

  /** Adds a running guest with network cards. */
  public FakeHost guest(String guest, String uuid, String interfaces) {
    return guest(guest, uuid, interfaces, interfaces, "running (booted)");
  }

  /** Adds a guest by the cards that it has now and those that travel. */
  public FakeHost guest(String guest, String uuid, String live, String sent, String state) {
    guests.add(uuid);
    output("guests/state." + uuid, state + "\n");
    output("guests/xml." + uuid, domain(guest, uuid, live));
    output("guests/inactive." + uuid, domain(guest, uuid, sent));
    output("guests/migratable." + uuid, domain(guest, uuid, sent));
    return this;
  }

  private static String domain(String guest, String uuid, String interfaces) {
    return "<domain type='kvm'><name>"
        + guest
        + "</name><uuid>"
        + uuid
        + "</uuid><devices>"
        + interfaces
        + "</devices></domain>\n";
  }

  /** Sets what a part printed. */
  public FakeHost output(String part, String text) {
    return output(part, 0, text, OK);
  }

  /** Sets what a part printed and how it ended. */
  public FakeHost output(String part, int status, String text, String error) {
    other.put(part, new ProbeOutput(ProbeOutput.Completeness.COMPLETE, status, text, error, 1));
    return this;
  }

  /** Sets a part whose output was cut. */
  public FakeHost cut(String part) {
    other.put(part, new ProbeOutput(ProbeOutput.Completeness.TRUNCATED, 0, "./lo/mt", "", 1));
    return this;
  }

  /** Returns the facts of the host as built so far. */
  public HostFacts facts() {
    return new HostFacts(
        new HostEvidence(
            HostEvidence.SCHEMA_VERSION,
            name,
            HostIdentity.UNKNOWN,
            Instant.EPOCH,
            1,
            Optional.empty(),
            outputs(),
            List.of(),
            Optional.empty()));
  }

  /** Returns all outputs by part. */
  public SortedMap<String, ProbeOutput> outputs() {
    SortedMap<String, ProbeOutput> all = new TreeMap<>();
    put(all, "network/links", linksText());
    put(all, "network/kinds", kindsText());
    put(all, "network/addresses", addresses.toString());
    put(all, "network/bonding", bonding + "end\n");
    put(all, "network/vlans", "port              vlan-id  \n" + vlans);
    put(all, "guests/list", String.join("\n", guests) + "\n");
    put(all, "guests/autostart", String.join("\n", autostarted) + "\n");
    put(all, "guests/persistent", String.join("\n", guests) + "\n");
    put(all, "libvirt-networks/daemons", "libvirtd\nend\n");
    put(all, "libvirt-networks/list", networkList + "\n");
    if (networkList.length() > 0) {
      put(all, "libvirt-networks/info", networkInfo.toString());
      put(all, "libvirt-networks/live", networkXml.toString());
      put(all, "libvirt-networks/inactive", networkDefinitions.toString());
    }
    all.putAll(other);
    return all;
  }

  private static void put(SortedMap<String, ProbeOutput> all, String part, String text) {
    all.put(part, new ProbeOutput(ProbeOutput.Completeness.COMPLETE, 0, text, "", 1));
  }

  private String linksText() {
    StringBuilder text = new StringBuilder();
    links.forEach(
        (link, values) ->
            values.forEach(
                (attribute, value) ->
                    text.append("./%s/%s:%s\n".formatted(link, attribute, value))));
    relations.forEach(r -> text.append(r).append('\n'));
    return text.append("end\n").toString();
  }

  private String kindsText() {
    StringBuilder text = new StringBuilder();
    kinds.forEach(
        (link, kind) ->
            text.append(links.get(link).get("ifindex"))
                .append(": ")
                .append(link)
                .append(
                    ": <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP \\    ")
                .append("link/ether 02:00:00:00:00:00 brd ff:ff:ff:ff:ff:ff promiscuity 0 ")
                .append(kind.isEmpty() ? "" : "\\    " + kind + " ")
                .append("addrgenmode eui64 \n"));
    return text.toString();
  }
}
