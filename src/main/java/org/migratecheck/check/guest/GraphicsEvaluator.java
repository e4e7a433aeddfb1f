package org.migratecheck.check.guest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.Xml;
import org.migratecheck.facts.guest.BoundSocket;
import org.migratecheck.facts.guest.Firmware;
import org.migratecheck.facts.guest.GuestFiles;
import org.migratecheck.facts.guest.GuestServices;
import org.migratecheck.facts.guest.ScreenSettings;
import org.migratecheck.facts.guest.Screens;
import org.migratecheck.facts.guest.SeenFile;
import org.migratecheck.facts.network.VirtualNetwork;
import org.migratecheck.facts.ports.HostAddress;
import org.migratecheck.facts.ports.Ip;

/**
 * Whether the destination's QEMU can open the sockets of the guest's screens: the address must be
 * one of its own, a fixed port free, the directory of a Unix socket there, certificates in place.
 */
final class GraphicsEvaluator implements Evaluator {
  private static final Set<String> KINDS = Set.of("vnc", "spice");

  @Override
  public Outcome evaluate(CheckContext context) {
    Guest guest = context.guest();
    if (!guest.active()) {
      return Outcome.skipped("not-active");
    }
    List<Xml> screens =
        guest.migratable().orElse(guest.xml()).all("devices/graphics").stream()
            .filter(g -> KINDS.contains(g.attr("type")))
            .toList();
    if (screens.isEmpty()) {
      return Outcome.skipped("none");
    }
    Gathered gathered = new Gathered();
    for (Xml screen : screens) {
      gathered.attempt(() -> judge(context, gathered, screen));
    }
    for (String use : List.of("display", "websocket")) {
      gathered.attempt(() -> range(context, gathered, use, automatic(context, screens, use)));
    }
    return gathered.outcome();
  }

  private static void judge(CheckContext context, Gathered gathered, Xml screen) {
    String kind = screen.attr("type");
    ScreenSettings settings = context.destination(GuestServices.SCREENS);
    encryption(context, gathered, kind, settings);
    for (Xml listen : Screens.listens(screen)) {
      switch (listen.attr("type")) {
        case "socket" -> socket(context, gathered, kind, listen.attr("socket"));
        case "network" ->
            network(context, gathered, kind, listen.attr("network"))
                .ifPresent(a -> ports(context, gathered, screen, a));
        case "none" -> gathered.see(kind, "no socket", "no socket");
        default -> {
          Optional<String> given = listen.attribute("address").or(() -> screen.attribute("listen"));
          String address = given.orElse(settings.listen(kind));
          address(context, gathered, kind, address, given.isPresent());
          ports(context, gathered, screen, address);
        }
      }
    }
  }

  private static void address(
      CheckContext context, Gathered gathered, String kind, String address, boolean given) {
    gathered.see(kind + " listens at", address, "");
    if (Ip.parse(address).isEmpty() || Ip.wildcard(address) || Ip.loopback(address)) {
      return; // a name is looked up by QEMU on the destination
    }
    if (!HostAddress.any(context.destination(HostAddress.FACT), address)) {
      gathered.add(
          Problem.on(
              given ? Side.SOURCE : Side.DESTINATION,
              given ? "address" : "default-address",
              "kind",
              kind,
              "address",
              address,
              "uuid",
              context.guest().uuid(),
              "edit",
              Edit.within("graphics", "'" + address + "'", "'0.0.0.0'"),
              "setting",
              "s|^[[:space:]]*"
                  + kind
                  + "_listen[[:space:]]*=.*|"
                  + kind
                  + "_listen = \"0.0.0.0\"|"));
    }
  }

  /** Returns the address that a network of the destination means; empty where it cannot be used. */
  private static Optional<String> network(
      CheckContext context, Gathered gathered, String kind, String name) {
    Optional<VirtualNetwork> network =
        context.destination(VirtualNetwork.FACT).stream()
            .filter(n -> n.name().equals(name))
            .findFirst();
    gathered.see(kind + " listens on network " + name, "", network.isPresent() ? "there" : "no");
    if (network.isEmpty()) {
      gathered.add(Problem.of("network-missing", "kind", kind, "network", name));
      return Optional.empty();
    }
    Optional<String> own =
        network.get().live().all("ip").stream()
            .map(ip -> ip.attr("address"))
            .filter(a -> !a.isEmpty())
            .findFirst();
    if (own.isPresent()) {
      return own;
    }
    Optional<String> bridge = network.get().bridge();
    Optional<String> found =
        context.destination(HostAddress.FACT).stream()
            .filter(a -> bridge.isPresent() && a.device().equals(bridge.get()))
            .map(HostAddress::address)
            .findFirst();
    if (found.isEmpty() && (bridge.isPresent() || network.get().ownsBridge())) {
      gathered.add(Problem.of("network-address", "kind", kind, "network", name));
    }
    return found;
  }

  private static void socket(CheckContext context, Gathered gathered, String kind, String path) {
    if (!path.startsWith("/")) {
      return; // libvirt makes one in the guest's own directory
    }
    String directory = Firmware.directory(path);
    SeenFile there = context.link(GuestFiles.DESTINATION).of(directory);
    gathered.see(kind + " listens at", path, there.present() ? "directory there" : "no directory");
    if (!there.present()) {
      String mode = "1777";
      gathered.add(
          Problem.of(
              "socket-directory",
              "kind",
              kind,
              "path",
              path,
              "directory",
              directory,
              "mode",
              mode));
    } else if (!there.rights().orElse("xw").equals("xw")) {
      gathered.add(Problem.of("socket-closed", "kind", kind, "path", path, "directory", directory));
    }
  }

  /** Fixed ports; automatic ones are chosen anew by the destination. */
  private static void ports(CheckContext context, Gathered gathered, Xml screen, String address) {
    List<String> fixed = new ArrayList<>();
    if (!screen.attr("autoport").equals("yes")) {
      fixed.add(screen.attr("port"));
      fixed.add(screen.attr("tlsPort"));
    }
    fixed.add(screen.attr("websocket"));
    for (String text : fixed) {
      if (!text.matches("[1-9][0-9]{0,4}")) {
        continue;
      }
      int port = Integer.parseInt(text);
      boolean busy =
          context.destination(BoundSocket.FACT).stream().anyMatch(s -> s.conflicts(address, port));
      gathered.see(screen.attr("type") + " port", text, busy ? "in use" : "free");
      if (busy) {
        gathered.add(
            Problem.on(
                Side.SOURCE,
                "port-busy",
                "kind",
                screen.attr("type"),
                "port",
                text,
                "address",
                address,
                "uuid",
                context.guest().uuid(),
                "edit",
                "/<graphics[ >]/s/ port='" + text + "' autoport='no'/ port='-1' autoport='yes'/"));
      }
    }
  }

  /** How many ports libvirt will choose for the screens, from the range of that use. */
  private static long automatic(CheckContext context, List<Xml> screens, String use) {
    long count = 0;
    for (Xml screen : screens) {
      boolean listens =
          Screens.listens(screen).stream()
              .anyMatch(l -> !Set.of("socket", "none").contains(l.attr("type")));
      if (!listens) {
        continue;
      }
      if (use.equals("websocket")) {
        count += screen.attr("websocket").equals("-1") ? 1 : 0;
      } else if (screen.attr("autoport").equals("yes")) {
        boolean two =
            screen.attr("type").equals("spice")
                && context.destination(GuestServices.SCREENS).tls("spice");
        count += two ? 2 : 1;
      }
    }
    return count;
  }

  /** A port at which anything listens, at whatever address, is passed over by libvirt. */
  private static void range(CheckContext context, Gathered gathered, String use, long need) {
    if (need == 0) {
      return;
    }
    List<Integer> range = context.destination(GuestServices.SCREENS).range(use);
    long busy =
        context.destination(BoundSocket.FACT).stream()
            .mapToInt(BoundSocket::port)
            .filter(p -> p >= range.get(0) && p <= range.get(1))
            .distinct()
            .count();
    long free = Math.max(0, range.get(1) - range.get(0) + 1 - busy);
    gathered.see("automatic ports, " + use, need + " needed", free + " free");
    if (free < need) {
      gathered.add(
          Problem.of(
              "range-full",
              "use",
              use,
              "setting",
              "/^[[:space:]]*remote_" + use + "_port_m[axin]*[[:space:]]*=/d",
              "range",
              range.get(0) + "-" + range.get(1),
              "need",
              Long.toString(need),
              "free",
              Long.toString(free)));
    }
  }

  private static void encryption(
      CheckContext context, Gathered gathered, String kind, ScreenSettings there) {
    boolean here = context.source(GuestServices.SCREENS).tls(kind);
    gathered.see(kind + "_tls", Boolean.toString(here), Boolean.toString(there.tls(kind)));
    List<String> missing = there.missing(kind);
    if (there.tls(kind) && !missing.isEmpty()) {
      gathered.add(
          Problem.of(
              "certificates",
              "kind",
              kind,
              "files",
              String.join(", ", missing),
              "directory",
              there.certificates(kind)));
    } else if (here && !there.tls(kind)) {
      gathered.add(Problem.of("not-encrypted", "kind", kind).asWarning());
    }
  }
}
