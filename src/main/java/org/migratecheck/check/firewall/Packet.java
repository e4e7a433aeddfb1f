package org.migratecheck.check.firewall;

import java.net.InetAddress;
import java.util.BitSet;
import java.util.Optional;
import org.migratecheck.facts.ports.Ip;
import org.migratecheck.facts.ports.PortSet;

/**
 * The packets of a TCP connection to any of a set of ports, as one host sees them at one place.
 * Immutable.
 */
public final class Packet {
  /** What Linux gives to outgoing connections unless told otherwise (ip_local_port_range). */
  static final int CLIENT_FIRST = 32768;

  static final int CLIENT_LAST = 60999;

  private final boolean incoming;
  private final boolean reply;
  private final boolean established;
  private final Optional<InetAddress> source;
  private final Optional<InetAddress> destination;
  private final boolean v6;
  private final Optional<String> device;
  private final Optional<Bridged> bridged;
  private final int first;
  private final BitSet all;
  private final Reach yes;
  private final Reach no;
  private final Reach maybe;

  private Packet(
      boolean incoming,
      boolean reply,
      boolean established,
      String source,
      String destination,
      Optional<String> device,
      PortSet ports) {
    this(
        incoming,
        reply,
        established,
        source,
        destination,
        device,
        ports,
        Ip.v6(destination.isEmpty() ? source : destination),
        Optional.empty());
  }

  private Packet(
      boolean incoming,
      boolean reply,
      boolean established,
      String source,
      String destination,
      Optional<String> device,
      PortSet ports,
      boolean v6,
      Optional<Bridged> bridged) {
    this.incoming = incoming;
    this.reply = reply;
    this.established = established;
    this.source = Ip.parse(source);
    this.destination = Ip.parse(destination);
    this.v6 = v6;
    this.device = device;
    this.bridged = bridged;
    this.first = ports.first();
    this.all = new BitSet();
    ports.bits().stream().forEach(p -> all.set(p - first));
    this.yes = new Reach(all, all);
    this.no = new Reach(new BitSet(), new BitSet());
    this.maybe = new Reach(new BitSet(), all);
  }

  /**
   * One end of a connection.
   *
   * @param client the address that connects; empty where unknown
   * @param server the address that it connects to
   * @param device this host's interface; empty where unknown
   * @param ports the server's ports
   */
  public record Ends(String client, String server, Optional<String> device, PortSet ports) {}

  /** Returns the connection's first packet as it leaves the client. */
  public static Packet opensAtClient(Ends e) {
    return new Packet(false, false, false, e.client, e.server, e.device, e.ports);
  }

  /** Returns the connection's first packet as it arrives at the server. */
  public static Packet opensAtServer(Ends e) {
    return new Packet(true, false, false, e.client, e.server, e.device, e.ports);
  }

  /** Returns later packets as they leave the client. */
  public static Packet followsAtClient(Ends e) {
    return new Packet(false, false, true, e.client, e.server, e.device, e.ports);
  }

  /** Returns later packets as they arrive at the server. */
  public static Packet followsAtServer(Ends e) {
    return new Packet(true, false, true, e.client, e.server, e.device, e.ports);
  }

  /** Returns the answers as they leave the server. */
  public static Packet answersAtServer(Ends e) {
    return new Packet(false, true, true, e.server, e.client, e.device, e.ports);
  }

  /** Returns the answers as they arrive at the client. */
  public static Packet answersAtClient(Ends e) {
    return new Packet(true, true, true, e.server, e.client, e.device, e.ports);
  }

  /**
   * Returns the first packet of a connection to or from a guest, as the host's bridge hands it on.
   * Nobody knows its addresses and ports.
   */
  static Packet ofGuest(Bridged way, boolean v6) {
    return new Packet(
        way.toGuest(),
        false,
        false,
        "",
        "",
        Optional.empty(),
        PortSet.range(0, 0),
        v6,
        Optional.of(way));
  }

  /** Returns its way through a bridge, where it is a guest's. */
  Optional<Bridged> bridged() {
    return bridged;
  }

  /** Returns whether it comes in from the network. */
  public boolean incoming() {
    return incoming;
  }

  /** Returns whether it belongs to a connection that the kernel has already seen both ways. */
  public boolean established() {
    return established;
  }

  /** Returns whether the server sent it. */
  boolean reply() {
    return reply;
  }

  Optional<InetAddress> source() {
    return source;
  }

  Optional<InetAddress> destination() {
    return destination;
  }

  boolean v6() {
    return v6;
  }

  Optional<String> device() {
    return device;
  }

  BitSet all() {
    return all;
  }

  int lowest() {
    return first;
  }

  Reach yes() {
    return yes;
  }

  Reach no() {
    return no;
  }

  Reach maybe() {
    return maybe;
  }

  Reach when(boolean holds) {
    return holds ? yes : no;
  }

  /** Returns where the server's port lies between {@code from} and {@code to}. */
  Reach serverPort(int from, int to) {
    BitSet hit = new BitSet();
    if (to >= first && from <= to) {
      hit.set(Math.max(0, from - first), to - first + 1);
    }
    hit.and(all);
    return new Reach(hit, hit);
  }

  /**
   * Returns where the client's port, which nobody knows, lies between {@code from} and {@code to}.
   */
  Reach clientPort(int from, int to) {
    if (from <= CLIENT_FIRST && to >= CLIENT_LAST) {
      return yes;
    }
    return to < CLIENT_FIRST || from > CLIENT_LAST ? no : maybe;
  }

  /** Returns where the packet's destination port, or source port, lies in the range. */
  Reach port(boolean ofDestination, int from, int to) {
    if (bridged.isPresent()) {
      return from <= 0 && to >= 65535 ? yes : maybe;
    }
    return ofDestination == reply ? clientPort(from, to) : serverPort(from, to);
  }

  /** Returns the ports behind bits. */
  PortSet ports(BitSet bits) {
    BitSet result = new BitSet();
    bits.stream().forEach(b -> result.set(b + first));
    return PortSet.of(result);
  }
}
