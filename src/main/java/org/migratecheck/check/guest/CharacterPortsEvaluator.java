package org.migratecheck.check.guest;

import java.util.List;
import java.util.Set;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.Xml;
import org.migratecheck.facts.guest.BoundSocket;
import org.migratecheck.facts.ports.HostAddress;
import org.migratecheck.facts.ports.Ip;

/**
 * Whether character devices that listen on TCP ports, or receive on UDP ports, can do so on the
 * destination, and somebody listens there where they call their own host.
 */
final class CharacterPortsEvaluator implements Evaluator {
  private static final Set<String> DEVICES =
      Set.of("serial", "parallel", "console", "channel", "redirdev", "smartcard", "rng");

  @Override
  public Outcome evaluate(CheckContext context) {
    Guest guest = context.guest();
    if (!guest.active()) {
      return Outcome.skipped("not-active");
    }
    Gathered gathered = new Gathered();
    for (Xml device : guest.migratable().orElse(guest.xml()).all("devices/*")) {
      Xml typed = device.name().equals("rng") ? device.first("backend").orElse(device) : device;
      if (!DEVICES.contains(device.name())) {
        continue;
      }
      if (typed.attr("type").equals("udp")) {
        typed.all("source").stream()
            .filter(s -> s.attr("mode").equals("bind") && !s.attr("service").isEmpty())
            .forEach(
                s ->
                    gathered.attempt(
                        () -> judge(context, gathered, device.name(), s, BoundSocket.UDP)));
      }
      if (typed.attr("type").equals("tcp")) {
        for (Xml source : typed.all("source")) {
          if (source.attr("mode").equals("bind")) {
            gathered.attempt(
                () -> judge(context, gathered, device.name(), source, BoundSocket.FACT));
          } else if (source.attr("mode").equals("connect")) {
            gathered.attempt(() -> called(context, gathered, device.name(), source));
          }
        }
      }
    }
    if (gathered.count() == 0) {
      return Outcome.skipped("none");
    }
    return gathered.outcome();
  }

  private static void judge(
      CheckContext context,
      Gathered gathered,
      String device,
      Xml source,
      Fact<List<BoundSocket>> sockets) {
    // Datagrams are received at every address where none is named.
    String address = source.attribute("host").orElse("0.0.0.0");
    String port = source.attr("service");
    List<HostAddress> addresses = context.destination(HostAddress.FACT);
    gathered.see(device, address + ":" + port, "");
    boolean own =
        Ip.parse(address).isEmpty()
            || Ip.wildcard(address)
            || Ip.loopback(address)
            || HostAddress.any(addresses, address);
    if (!own) {
      gathered.add(problem("address", device, address, port));
    } else if (port.matches("[1-9][0-9]{0,4}")
        && context.destination(sockets).stream()
            .anyMatch(s -> s.conflicts(address, Integer.parseInt(port)))) {
      gathered.add(problem("port-busy", device, address, port));
    }
  }

  /** QEMU ends when nobody answers, but where it is told to try again. */
  private static void called(CheckContext context, Gathered gathered, String device, Xml source) {
    String address = source.attr("host");
    List<String> addresses =
        address.equals("localhost") ? List.of("127.0.0.1", "::1") : List.of(address);
    String port = source.attr("service");
    boolean own =
        Ip.loopback(addresses.get(0))
            || HostAddress.any(context.destination(HostAddress.FACT), address);
    boolean again = source.attribute("reconnect", "enabled").orElse("no").equals("yes");
    if (!own || again || !port.matches("[1-9][0-9]{0,4}")) {
      return;
    }
    boolean heard =
        context.destination(BoundSocket.FACT).stream()
            .anyMatch(
                s -> addresses.stream().anyMatch(a -> s.conflicts(a, Integer.parseInt(port))));
    gathered.see(device + " calls", address + ":" + port, heard ? "answered" : "nobody listens");
    if (!heard) {
      gathered.add(problem("nobody-listens", device, address, port));
    }
  }

  private static Problem problem(String kind, String device, String address, String port) {
    return Problem.of(kind, "device", device, "address", address, "port", port);
  }
}
