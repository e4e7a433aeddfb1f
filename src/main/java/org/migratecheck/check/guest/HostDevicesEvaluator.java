package org.migratecheck.check.guest;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.Xml;
import org.migratecheck.facts.guest.GuestServices;

/**
 * Devices of the host that were handed to the guest. A network card whose {@code teaming} is
 * transient is unplugged by QEMU for the move and does not count. libvirt lets USB devices "move":
 * the destination looks for one of the same kind, or drops it where the definition allows that.
 */
final class HostDevicesEvaluator implements Evaluator {
  private static final Set<String> DROPPED = Set.of("optional", "requisite");

  @Override
  public Outcome evaluate(CheckContext context) {
    if (!context.guest().active()) {
      return Outcome.skipped("not-active");
    }
    Gathered gathered = new Gathered();
    for (Xml device : context.guest().xml().all("devices/hostdev")) {
      String type =
          device.attr("mode").equals("capabilities") ? "capabilities" : device.attr("type");
      gathered.attempt(() -> judge(context, device, type, gathered));
    }
    for (Xml device : context.guest().xml().all("devices/interface")) {
      if (device.attr("type").equals("hostdev")) {
        gathered.attempt(() -> judge(context, device, "network card", gathered));
      }
    }
    return gathered.outcome();
  }

  private static void judge(CheckContext context, Xml device, String type, Gathered gathered) {
    String address = address(device);
    if (device.attribute("teaming", "type").orElse("").equals("transient")) {
      gathered.see(type + ", unplugged for the move", address, "");
      return;
    }
    gathered.see(type, address, "");
    String kind = type.equals("usb") ? usb(context, device) : "passed-through";
    gathered.add(
        Problem.on(
            Side.SOURCE,
            kind,
            "type",
            type,
            "device",
            address,
            "alias",
            device.attribute("alias", "name").orElse(""),
            "uuid",
            context.guest().uuid()));
  }

  /** A device named by vendor and product is looked for on the destination. */
  private static String usb(CheckContext context, Xml device) {
    Optional<Xml> source = device.first("source");
    String vendor = source.flatMap(s -> s.attribute("vendor", "id")).orElse("");
    String product = source.flatMap(s -> s.attribute("product", "id")).orElse("");
    String wanted = vendor.replaceFirst("^0x", "") + ":" + product.replaceFirst("^0x", "");
    boolean there =
        !vendor.isEmpty()
            && context.destination(GuestServices.USB).stream()
                .anyMatch(d -> d.startsWith(wanted + " "));
    if (there) {
      return "usb-other";
    }
    return DROPPED.contains(source.map(s -> s.attr("startupPolicy")).orElse(""))
        ? "usb-dropped"
        : "usb";
  }

  /** Returns the host's address of the device as text, such as {@code 0000:3b:00.0}. */
  private static String address(Xml device) {
    Xml source = device.first("source").orElse(device);
    Xml address = source.first("address").orElse(source);
    Map<String, String> a = new TreeMap<>(address.attributes());
    if (a.containsKey("slot")) {
      return "%s:%s:%s.%s"
          .formatted(hex(a, "domain"), hex(a, "bus"), hex(a, "slot"), hex(a, "function"));
    }
    if (a.containsKey("uuid")) {
      return a.get("uuid");
    }
    if (source.first("vendor").isPresent()) {
      return hex(source.first("vendor").get().attributes(), "id")
          + ":"
          + hex(source.attribute("product", "id").map(i -> Map.of("id", i)).orElse(Map.of()), "id");
    }
    return String.join(" ", a.values());
  }

  private static String hex(Map<String, String> attributes, String name) {
    return attributes.getOrDefault(name, "0").replaceFirst("^0x", "");
  }
}
