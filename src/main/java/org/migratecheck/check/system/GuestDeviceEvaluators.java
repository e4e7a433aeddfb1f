package org.migratecheck.check.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.Xml;
import org.migratecheck.model.Observed;

/** Devices of a guest that are bound to its host. */
final class GuestDeviceEvaluators {
  private GuestDeviceEvaluators() {}

  /**
   * Judges devices of the host that were handed to the guest. A network card whose {@code teaming}
   * is transient is unplugged by QEMU for the move and does not count.
   */
  static Outcome hostDevices(CheckContext context) {
    if (!context.guest().active()) {
      return Outcome.skipped("not-active");
    }
    List<Problem> problems = new ArrayList<>();
    List<Observed> observed = new ArrayList<>();
    for (Xml device : context.guest().xml().all("devices/hostdev")) {
      String type =
          device.attr("mode").equals("capabilities") ? "capabilities" : device.attr("type");
      add(context, device, type, problems, observed);
    }
    for (Xml device : context.guest().xml().all("devices/interface")) {
      if (device.attr("type").equals("hostdev")) {
        add(context, device, "network card", problems, observed);
      }
    }
    return Outcome.of(problems, observed);
  }

  private static void add(
      CheckContext context,
      Xml device,
      String type,
      List<Problem> problems,
      List<Observed> observed) {
    String address = address(device);
    if (device.attribute("teaming", "type").orElse("").equals("transient")) {
      observed.add(new Observed(type + ", unplugged for the move", address, ""));
      return;
    }
    observed.add(new Observed(type, address, ""));
    problems.add(
        Problem.on(
            Side.SOURCE,
            type.equals("usb") ? "usb" : "passed-through",
            "type",
            type,
            "device",
            address,
            "alias",
            device.attribute("alias", "name").orElse(""),
            "uuid",
            context.guest().uuid()));
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
