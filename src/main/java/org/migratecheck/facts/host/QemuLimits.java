package org.migratecheck.facts.host;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;

/**
 * How many threads and open files a QEMU may have on the destination. A number that nothing limits,
 * or that only root could have told, is {@link Long#MAX_VALUE}.
 *
 * @param files what a QEMU may have open by the limits of libvirt's daemon, which it inherits
 * @param threads what QEMU's user may have by the same limits
 * @param user the number of QEMU's user; negative where it is not known
 * @param used the threads that this user has
 * @param kernelLeft the threads that the kernel still lets the whole host have
 * @param sliceLeft the threads that the cgroup of all guests may still have
 */
public record QemuLimits(
    long files, long threads, long user, long used, long kernelLeft, long sliceLeft) {
  /** The limits; empty in evidence of a program that did not ask for them yet. */
  public static final Fact<Optional<QemuLimits>> FACT =
      new Fact<>(
          "qemuLimits",
          Fact.Place.LINK_DESTINATION,
          java.util.List.of("libvirt-directories"),
          QemuLimits::parse);

  private static final String PART = "libvirt-directories/limits";
  private static final Set<String> KEYS =
      Set.of(
          "files",
          "processes",
          "user",
          "threads",
          "all-threads",
          "threads-max",
          "pid_max",
          "slice-max",
          "slice-threads");

  private static Optional<QemuLimits> parse(Outputs outputs) {
    outputs.complete("libvirt-directories");
    if (!outputs.has(PART)) {
      return Optional.empty();
    }
    Map<String, Long> values = new HashMap<>();
    for (String line : Lines.of(outputs, PART)) {
      String[] words = line.split(" ");
      if (words.length != 2 || !KEYS.contains(words[0])) {
        throw new Undetermined(outputs.host() + ": the limits of QEMU are not readable");
      }
      boolean none = words[1].equals("unlimited") || words[1].equals("max");
      values.put(
          words[0], none ? Long.MAX_VALUE : Lines.number(outputs, "a limit of QEMU", words[1]));
    }
    long kernel = Math.min(most(values, "threads-max"), most(values, "pid_max"));
    return Optional.of(
        new QemuLimits(
            most(values, "files"),
            most(values, "processes"),
            values.getOrDefault("user", -1L),
            values.getOrDefault("threads", 0L),
            left(kernel, values.getOrDefault("all-threads", 0L)),
            left(most(values, "slice-max"), values.getOrDefault("slice-threads", 0L))));
  }

  private static long most(Map<String, Long> values, String key) {
    return values.getOrDefault(key, Long.MAX_VALUE);
  }

  private static long left(long most, long used) {
    return most == Long.MAX_VALUE ? most : Math.max(0, most - used);
  }
}
