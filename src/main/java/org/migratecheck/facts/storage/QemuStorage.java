package org.migratecheck.facts.storage;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.FactSource;
import org.migratecheck.facts.Outputs;

/**
 * What QEMU and libvirt on a host bring along for disks.
 *
 * @param blockDrivers block drivers that QEMU has as modules, such as {@code rbd}; built-in ones
 *     are not among them
 * @param moduleDirectories where the modules lie
 * @param uringPrograms QEMU programs by whether they are linked to io_uring; scripts are left out
 * @param uringDisabled the kernel's {@code kernel.io_uring_disabled}; empty where it has none
 * @param uringInKernel whether the kernel was built with io_uring; empty where it does not tell
 * @param reservationHelper whether {@code qemu-pr-helper} is there
 * @param lockPlugins lock managers that libvirt has, such as {@code lockd}
 * @param lockProcesses lock daemons that run or listen
 * @param lockSettings settings of the lock managers as {@code FILE NAME}, by value as written
 * @param secretValues UUIDs of secrets that have a stored value, lower case
 */
public record QemuStorage(
    Set<String> blockDrivers,
    Set<String> moduleDirectories,
    Map<String, Boolean> uringPrograms,
    Optional<Integer> uringDisabled,
    Optional<Boolean> uringInKernel,
    boolean reservationHelper,
    Set<String> lockPlugins,
    Set<String> lockProcesses,
    Map<String, String> lockSettings,
    Set<String> secretValues) {
  /** What QEMU on a host brings along for disks. */
  public static final Fact<QemuStorage> FACT =
      Fact.host("qemuStorage", "qemu-storage", QemuStorage::parse);

  /** Copies the collections. */
  public QemuStorage {
    blockDrivers = java.util.Collections.unmodifiableSet(new TreeSet<>(blockDrivers));
    moduleDirectories = java.util.Collections.unmodifiableSet(new TreeSet<>(moduleDirectories));
    uringPrograms = java.util.Collections.unmodifiableMap(new TreeMap<>(uringPrograms));
    lockPlugins = java.util.Collections.unmodifiableSet(new TreeSet<>(lockPlugins));
    lockProcesses = java.util.Collections.unmodifiableSet(new TreeSet<>(lockProcesses));
    lockSettings = java.util.Collections.unmodifiableMap(new TreeMap<>(lockSettings));
    secretValues = java.util.Collections.unmodifiableSet(new TreeSet<>(secretValues));
  }

  /** Announces the fact. */
  public static final class Source implements FactSource {
    @Override
    public List<Fact<?>> facts() {
      return List.of(FACT);
    }
  }

  private static QemuStorage parse(Outputs outputs) {
    Set<String> drivers = new TreeSet<>();
    Set<String> directories = new TreeSet<>();
    Map<String, Boolean> programs = new TreeMap<>();
    boolean helper = false;
    for (String line : Evidence.lines(outputs, "qemu-storage/drivers")) {
      String[] words = line.split(" ", 3);
      switch (words[0]) {
        case "module" -> {
          String file = line.substring(7);
          int slash = file.lastIndexOf('/');
          if (slash < 0 || !file.endsWith(".so")) {
            throw Evidence.unreadable(outputs.host(), "qemu-storage/drivers", line);
          }
          directories.add(file.substring(0, slash));
          drivers.add(file.substring(slash + 1, file.length() - 3).replaceFirst("^block-", ""));
        }
        case "program" -> {
          if (words.length == 3 && !words[2].equals("script")) {
            programs.put(words[1], words[2].equals("uring"));
          }
        }
        case "helper" -> helper = true;
        default -> throw Evidence.unreadable(outputs.host(), "qemu-storage/drivers", line);
      }
    }
    Map<String, String> uring = pairs(outputs, "qemu-storage/io-uring");
    Set<String> plugins = new TreeSet<>();
    Set<String> processes = new TreeSet<>();
    Map<String, String> settings = new TreeMap<>();
    for (String line : Evidence.lines(outputs, "qemu-storage/lock-managers")) {
      String[] words = line.split(" ", 4);
      switch (words[0]) {
        case "plugin" -> plugins.add(word(outputs, words));
        case "socket", "process" -> processes.add(word(outputs, words));
        case "setting" -> {
          if (words.length < 4) {
            throw Evidence.unreadable(outputs.host(), "qemu-storage/lock-managers", line);
          }
          settings.put(words[1] + " " + words[2], words[3].replace("\"", ""));
        }
        default -> throw Evidence.unreadable(outputs.host(), "qemu-storage/lock-managers", line);
      }
    }
    Set<String> values = new TreeSet<>();
    for (String line : Evidence.lines(outputs, "qemu-storage/secret-values")) {
      values.add(line.toLowerCase(java.util.Locale.ROOT));
    }
    Optional<Integer> disabled =
        Optional.ofNullable(uring.get("disabled"))
            .map(d -> (int) Evidence.number(outputs.host(), "qemu-storage/io-uring", d));
    return new QemuStorage(
        drivers,
        directories,
        programs,
        disabled,
        Optional.ofNullable(uring.get("kernel")).map("yes"::equals),
        helper,
        plugins,
        processes,
        settings,
        values);
  }

  private static String word(Outputs outputs, String[] words) {
    if (words.length < 2) {
      throw Evidence.unreadable(outputs.host(), "qemu-storage/lock-managers", words[0]);
    }
    return words[1];
  }

  private static Map<String, String> pairs(Outputs outputs, String part) {
    Map<String, String> pairs = new TreeMap<>();
    for (String line : Evidence.lines(outputs, part)) {
      int space = line.indexOf(' ');
      if (space < 0) {
        throw Evidence.unreadable(outputs.host(), part, line);
      }
      pairs.put(line.substring(0, space), line.substring(space + 1));
    }
    return pairs;
  }
}
