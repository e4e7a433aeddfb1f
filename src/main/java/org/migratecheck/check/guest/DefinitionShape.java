package org.migratecheck.check.guest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.migratecheck.facts.Xml;

/**
 * What an administrator sets in a guest's definition, in comparable words. What libvirt fills in
 * (aliases, addresses, automatic ports, expanded CPUs, names of interfaces) is left out, so that a
 * live XML and the definition that it was started from compare equal.
 */
final class DefinitionShape {
  private static final List<String> SOURCE =
      List.of("file", "dev", "dir", "protocol", "name", "pool", "volume", "network", "bridge");

  private DefinitionShape() {}

  /** Returns the settings by their name in words. */
  static Map<String, String> of(Xml xml) {
    Map<String, String> shape = new TreeMap<>();
    shape.put("maximum memory", xml.textAt("memory").orElse(""));
    shape.put("virtual CPUs", cpus(xml));
    shape.put("machine type", xml.attribute("os/type", "machine").orElse(""));
    shape.put("kernel", xml.textAt("os/kernel").orElse(""));
    shape.put("kernel command line", xml.textAt("os/cmdline").orElse(""));
    shape.put("firmware", xml.textAt("os/loader").orElse(""));
    shape.put("CPU mode", xml.attribute("cpu", "mode").orElse(""));
    shape.put("CPU model", xml.textAt("cpu/model").orElse(""));
    for (Xml disk : xml.all("devices/disk")) {
      shape.put("disk " + disk.attribute("target", "dev").orElse("?"), disk(disk));
    }
    for (Xml card : xml.all("devices/interface")) {
      shape.put("network card " + card.attribute("mac", "address").orElse("?"), card(card));
    }
    for (Xml screen : xml.all("devices/graphics")) {
      shape.merge("screens", screen.attr("type"), (a, b) -> a + ", " + b);
    }
    shape.put("video cards", models(xml, "video"));
    shape.put("host devices", Integer.toString(xml.all("devices/hostdev").size()));
    shape.put("memory devices", Integer.toString(xml.all("devices/memory").size()));
    shape.put("file systems", targets(xml));
    return shape;
  }

  /** Returns every setting that differs, as {@code NAME: HERE, THERE}. */
  static List<String> differences(Map<String, String> here, Map<String, String> there) {
    List<String> differences = new ArrayList<>();
    Map<String, String> all = new TreeMap<>(there);
    all.putAll(here);
    for (String key : all.keySet()) {
      String a = here.getOrDefault(key, "none");
      String b = there.getOrDefault(key, "none");
      if (!a.equals(b)) {
        differences.add(key + ": " + word(a) + ", " + word(b));
      }
    }
    return differences;
  }

  private static String word(String value) {
    return value.isEmpty() ? "none" : value;
  }

  private static String cpus(Xml xml) {
    String maximum = xml.textAt("vcpu").orElse("");
    String current = xml.attribute("vcpu", "current").orElse(maximum);
    return current.equals(maximum) ? maximum : current + " of " + maximum;
  }

  private static String disk(Xml disk) {
    return (disk.attribute("device").orElse("disk")
            + " "
            + source(disk)
            + " "
            + disk.attribute("target", "bus").orElse("")
            + " "
            + disk.attribute("driver", "cache").orElse(""))
        .strip();
  }

  private static String card(Xml card) {
    // A running card on a network of libvirt has the type that the network stands for.
    return card.attribute("source", "network")
            .map(n -> "network " + n)
            .orElseGet(() -> card.attr("type") + " " + source(card))
        + " "
        + card.attribute("model", "type").orElse("");
  }

  private static String source(Xml device) {
    return device
        .first("source")
        .map(
            s ->
                SOURCE.stream()
                    .map(s::attr)
                    .filter(v -> !v.isEmpty())
                    .collect(Collectors.joining(" ")))
        .filter(s -> !s.isEmpty())
        .orElse("empty");
  }

  private static String models(Xml xml, String device) {
    return xml.all("devices/" + device + "/model").stream()
        .map(m -> m.attr("type"))
        .collect(Collectors.joining(", "));
  }

  private static String targets(Xml xml) {
    return xml.all("devices/filesystem/target").stream()
        .map(t -> t.attr("dir"))
        .collect(Collectors.joining(", "));
  }
}
