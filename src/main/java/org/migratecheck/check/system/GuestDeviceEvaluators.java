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

/** Devices of a guest that are bound to its host, or whose state nobody can send. */
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

  /** Judges devices and settings that libvirt refuses to migrate whatever the hosts are. */
  static Outcome migratable(CheckContext context) {
    if (!context.guest().active()) {
      return Outcome.skipped("not-active");
    }
    Xml xml = context.guest().xml();
    List<Problem> problems = new ArrayList<>();
    List<Observed> observed = new ArrayList<>();
    for (Xml fs : xml.all("devices/filesystem")) {
      if (fs.attribute("driver", "type").orElse("").equals("virtiofs")) {
        add(problems, observed, "virtiofs", fs.attribute("target", "dir").orElse(""));
      } else {
        add(problems, observed, "shared-directory", fs.attribute("target", "dir").orElse(""));
      }
    }
    for (Xml disk : xml.all("devices/disk")) {
      if (disk.first("transient").isPresent()) {
        add(problems, observed, "transient-disk", disk.attribute("target", "dev").orElse(""));
      }
    }
    for (Xml memory : xml.all("devices/shmem")) {
      if (!memory.attr("role").equals("master")) {
        add(problems, observed, "shared-memory", memory.attr("name"));
      }
    }
    boolean invariant =
        xml.all("cpu/feature").stream()
            .anyMatch(f -> f.attr("name").equals("invtsc") && f.attr("policy").equals("require"));
    boolean frequency =
        xml.all("clock/timer").stream()
            .anyMatch(t -> t.attr("name").equals("tsc") && t.attribute("frequency").isPresent());
    if (invariant && !frequency) {
      add(problems, observed, "invariant-tsc", "invtsc");
    }
    for (String type : List.of("sev", "sev-snp", "tdx", "s390-pv")) {
      if (xml.all("launchSecurity").stream().anyMatch(l -> l.attr("type").equals(type))) {
        add(problems, observed, "encrypted-memory", type);
      }
    }
    return Outcome.of(problems, observed);
  }

  private static void add(
      List<Problem> problems, List<Observed> observed, String kind, String device) {
    problems.add(Problem.on(Side.SOURCE, kind, "device", device));
    observed.add(new Observed(kind, device, ""));
  }
}
