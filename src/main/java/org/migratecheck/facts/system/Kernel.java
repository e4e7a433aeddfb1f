package org.migratecheck.facts.system;

import java.util.List;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;

/**
 * The running kernel.
 *
 * @param running {@code uname -r}
 * @param machine {@code uname -m}
 * @param pageSize the size of a memory page in bytes
 * @param bootedAt when it was booted, in seconds since 1970 by the host's clock
 * @param rebootRequired whether the package system asks for a reboot in a file of {@code /run}
 * @param rebootRequiredBy the packages that asked for it, where they are named
 */
public record Kernel(
    String running,
    String machine,
    long pageSize,
    long bootedAt,
    boolean rebootRequired,
    List<String> rebootRequiredBy) {

  /** The running kernel. */
  public static final Fact<Kernel> FACT = Fact.host("kernel", "system", Kernel::parse);

  /** Copies the list. */
  public Kernel {
    rebootRequiredBy = List.copyOf(rebootRequiredBy);
  }

  private static Kernel parse(Outputs outputs) {
    List<String> uname = uname(outputs);
    List<String> reboot =
        outputs.ok("system/reboot-required").lines().map(String::strip).distinct().toList();
    return new Kernel(
        uname.get(1),
        uname.get(2),
        number(outputs, "system/page-size", outputs.ok("system/page-size")),
        number(
            outputs,
            "system/boot-time",
            outputs.ok("system/boot-time").replaceFirst("^btime\\s+", "")),
        !reboot.isEmpty(),
        reboot.stream().filter(l -> !l.isEmpty() && !l.equals("required")).toList());
  }

  /** Returns the three words of {@code uname -srm}: system, release, machine. */
  static List<String> uname(Outputs outputs) {
    List<String> words = List.of(outputs.ok("system/uname").strip().split("\\s+"));
    if (words.size() != 3) {
      throw new Undetermined(outputs.host() + ": uname -srm did not print three words");
    }
    return words;
  }

  private static long number(Outputs outputs, String name, String text) {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      throw new Undetermined(outputs.host() + ": '" + name + "' printed no number");
    }
  }
}
