package org.migratecheck.check.ports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.check.firewall.Blocker;
import org.migratecheck.check.firewall.Firewall;
import org.migratecheck.check.firewall.Packet;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.firewall.FilterTable;
import org.migratecheck.facts.firewall.PacketFilter;
import org.migratecheck.facts.ports.HostAddress;
import org.migratecheck.facts.ports.Ip;
import org.migratecheck.facts.ports.PortSet;
import org.migratecheck.facts.ports.Routes;

/**
 * What the packet filters of both hosts do to connections from the source to the destination: first
 * packets and later ones on their way out and in, and the answers on their way back.
 */
final class WayFirewall {
  private final CheckContext context;
  private final Packet.Ends atSource;
  private final Packet.Ends atDestination;
  private final PortSet ports;
  private final PortSet range;
  private final List<Found> found = new ArrayList<>();
  private final List<String> unread = new ArrayList<>();

  /** A rule, the host that it is on, and what kind of packet it stops. */
  private record Found(Side side, boolean outgoing, boolean established, Blocker blocker) {}

  /**
   * Follows connections.
   *
   * @param address the destination's address
   * @param ports the ports that are in question
   * @param range the ports that a fix should open, one range
   */
  WayFirewall(CheckContext context, String address, PortSet ports, PortSet range) {
    this.context = context;
    this.ports = ports;
    this.range = range;
    Optional<Routes.Route> out = context.link(Routes.TO_DESTINATION).to(address);
    String client = out.map(Routes.Route::from).orElse("");
    this.atSource = new Packet.Ends(client, address, out.map(Routes.Route::device), ports);
    this.atDestination = new Packet.Ends(client, address, arrival(client, address), ports);
    if (!ports.isEmpty()) {
      follow();
    }
  }

  /** The interface by which the answers leave; else the one that has the address. */
  private Optional<String> arrival(String client, String address) {
    return context
        .link(Routes.TO_SOURCE)
        .to(client)
        .map(Routes.Route::device)
        .or(
            () ->
                context.destination(HostAddress.FACT).stream()
                    .filter(a -> Ip.same(a.address(), address))
                    .map(HostAddress::device)
                    .findFirst());
  }

  private void follow() {
    judge(Side.SOURCE, Packet.opensAtClient(atSource));
    judge(Side.SOURCE, Packet.followsAtClient(atSource));
    judge(Side.SOURCE, Packet.answersAtClient(atSource));
    judge(Side.DESTINATION, Packet.opensAtServer(atDestination));
    judge(Side.DESTINATION, Packet.followsAtServer(atDestination));
    judge(Side.DESTINATION, Packet.answersAtServer(atDestination));
  }

  private void judge(Side side, Packet packet) {
    PacketFilter filter;
    try {
      filter = context.side(side).get(PacketFilter.FACT);
    } catch (Undetermined e) {
      if (!unread.contains(e.getMessage())) {
        unread.add(e.getMessage());
      }
      return;
    }
    filter.incomplete().filter(reason -> !unread.contains(reason)).ifPresent(unread::add);
    for (Blocker blocker : Firewall.blockers(filter, packet)) {
      found.add(new Found(side, !packet.incoming(), packet.established(), blocker));
    }
  }

  /** Returns why not all rules of both hosts are known; none where they are. */
  List<String> unread() {
    return unread;
  }

  /** Returns whether any rule may keep a port out, though it is not sure. */
  boolean doubtful() {
    return found.stream().anyMatch(f -> !f.blocker.sure());
  }

  /**
   * Returns the ports that are kept out only by rules that count packets or connections: one
   * connection may get through where many at once do not.
   */
  PortSet counted() {
    PortSet counted = PortSet.NONE;
    PortSet other = PortSet.NONE;
    for (Found f : found) {
      if (f.blocker.counted()) {
        counted = counted.plus(f.blocker.ports());
      } else {
        other = other.plus(f.blocker.ports());
      }
    }
    return counted.minus(other);
  }

  /** Returns the ports that some rule surely keeps out. */
  PortSet blocked() {
    return ports(true);
  }

  /** Returns the ports that some rule keeps out, surely or possibly. */
  PortSet explained() {
    return ports(true).plus(ports(false));
  }

  private PortSet ports(boolean sure) {
    return found.stream()
        .filter(f -> f.blocker.sure() == sure)
        .map(f -> f.blocker.ports())
        .reduce(PortSet.NONE, PortSet::plus);
  }

  /**
   * Returns one problem for each chain that has to be opened. Rules that only may block are named
   * where no rule surely does.
   */
  List<Problem> problems() {
    Map<String, Problem> problems = new LinkedHashMap<>();
    PortSet surely = blocked();
    for (Found f : found) {
      PortSet here = f.blocker.sure() ? f.blocker.ports() : f.blocker.ports().minus(surely);
      if (here.isEmpty()) {
        continue;
      }
      String chain =
          f.side
              + " "
              + f.blocker.syntax()
              + " "
              + f.blocker.family()
              + " "
              + f.blocker.table()
              + " "
              + f.blocker.base();
      // A chain that is opened for first packets is open for later ones to the same ports too.
      problems.putIfAbsent(chain, problem(f, here));
    }
    return List.copyOf(problems.values());
  }

  private Problem problem(Found f, PortSet here) {
    Blocker b = f.blocker;
    boolean answers = f.established;
    String kind = answers ? established(b) : kind(f);
    String ends = range.first() == range.last() ? "" : Integer.toString(range.last());
    String first = Integer.toString(range.first());
    String zone = b.zone().map(Blocker.Zone::name).orElse("");
    String numbers = ends.isEmpty() ? first : first + "-" + ends;
    return Problem.on(
        f.side,
        kind,
        "where",
        context.side(f.side).name(),
        "ports",
        here.toString(),
        "all",
        here.equals(ports) ? "all of " : "",
        "blocks",
        b.sure() ? "blocks" : "may block",
        "rule",
        b.rule(),
        "family",
        b.family(),
        "table",
        b.table(),
        "chain",
        b.chain(),
        "base",
        b.base(),
        "zone",
        zone,
        "range",
        numbers,
        "range-colon",
        numbers.replace('-', ':'),
        "rich-rule",
        "rule priority=\"-32768\" port port=\"" + numbers + "\" protocol=\"tcp\" accept",
        "way",
        f.outgoing ? "out of" : "into",
        "command",
        b.command());
  }

  private static String established(Blocker b) {
    return b.syntax() == FilterTable.Syntax.NFT ? "nft-answers" : "iptables-answers";
  }

  private static String kind(Found f) {
    Blocker b = f.blocker;
    if (b.manager() == Blocker.Manager.FIREWALLD && b.zone().isPresent()) {
      Blocker.Zone zone = b.zone().get();
      return zone.policy() ? "firewalld-policy" : zone.early() ? "firewalld-rule" : "firewalld";
    }
    if (b.manager() == Blocker.Manager.UFW) {
      return f.outgoing ? "ufw-out" : "ufw";
    }
    return b.syntax() == FilterTable.Syntax.NFT ? "nft" : "iptables";
  }
}
