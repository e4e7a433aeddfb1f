package org.migratecheck.facts.system;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;

/**
 * The processor of a host, from the first entry of {@code /proc/cpuinfo}.
 *
 * @param vendor such as {@code GenuineIntel}; on ARM the implementer's number
 * @param model the name for people; on ARM implementer and part
 * @param stepping family, model and stepping, where the kernel tells them
 * @param microcode the microcode revision; empty where the kernel does not tell
 * @param flags what it can do, sorted
 * @param online how many logical processors are online
 * @param kvmDevice whether there is a {@code /dev/kvm}
 */
public record Cpu(
    String vendor,
    String model,
    String stepping,
    String microcode,
    List<String> flags,
    int online,
    boolean kvmDevice) {

  /** The processor. */
  public static final Fact<Cpu> FACT = Fact.host("cpu", "cpu", Cpu::parse);

  /** Copies the list. */
  public Cpu {
    flags = List.copyOf(flags);
  }

  private static Cpu parse(Outputs outputs) {
    Map<String, String> first = new HashMap<>();
    for (String line : outputs.ok("cpu/cpuinfo").split("\n")) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        first.putIfAbsent(
            line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
            line.substring(colon + 1).strip());
      }
    }
    String vendor = any(first, "vendor_id", "cpu implementer", "cpu");
    if (vendor.isEmpty()) {
      throw new Undetermined(outputs.host() + ": /proc/cpuinfo names no processor");
    }
    String part = any(first, "cpu part");
    String flags = any(first, "flags", "features");
    return new Cpu(
        vendor,
        part.isEmpty()
            ? any(first, "model name", "cpu", "vendor_id")
            : "implementer " + vendor + " part " + part,
        String.join(
                "/",
                any(first, "cpu family", "cpu architecture"),
                any(first, "model", "cpu variant"),
                any(first, "stepping", "cpu revision", "revision"))
            .replaceAll("^/+|/+$", ""),
        any(first, "microcode"),
        flags.isEmpty()
            ? List.of()
            : Arrays.stream(flags.split("\\s+")).sorted().distinct().toList(),
        online(outputs),
        outputs.ok("cpu/kvm-device").strip().equals("yes"));
  }

  private static int online(Outputs outputs) {
    try {
      return Integer.parseInt(outputs.ok("cpu/online").strip());
    } catch (NumberFormatException e) {
      throw new Undetermined(outputs.host() + ": getconf printed no number of processors");
    }
  }

  private static String any(Map<String, String> values, String... keys) {
    for (String key : keys) {
      String value = values.get(key);
      if (value != null && !value.isEmpty()) {
        return value;
      }
    }
    return "";
  }
}
