package org.migratecheck.check.system;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.system.InstalledPackage;
import org.migratecheck.facts.system.Packages;
import org.migratecheck.facts.system.Packages.Manager;

/**
 * Finds what differs between the packages of two hosts of the same package system.
 *
 * <p>Of packages that may stay installed in several versions side by side (kernels) only the newest
 * version counts: older ones left over make no difference.
 */
final class PackageComparison {
  /** What dnf calls installonly and zypper multiversion. */
  private static final Pattern SIDE_BY_SIDE = Pattern.compile("kernel(-.+)?|kmod-.+|.+-kmp-.+");

  /** Debian keeps kernels side by side by putting the release into the name. */
  private static final Pattern DEBIAN_KERNEL =
      Pattern.compile(
          "(linux-(?:image|headers|modules|modules-extra)(?:-unsigned)?)-[0-9][0-9.]*-[0-9.]+(?:-[0-9]+)?-(.+)");

  /** What a difference is. */
  enum Kind {
    ONLY_ON_SOURCE,
    ONLY_ON_DESTINATION,
    OLDER_ON_SOURCE,
    OLDER_ON_DESTINATION
  }

  /**
   * One difference.
   *
   * @param item the package's name, with the architecture where several are installed
   * @param kind what differs
   * @param source the newest one on the source
   * @param destination the newest one on the destination
   */
  record Difference(
      String item,
      Kind kind,
      Optional<InstalledPackage> source,
      Optional<InstalledPackage> destination) {}

  private PackageComparison() {}

  /**
   * Returns the differences, by name.
   *
   * @param scope which package names count
   * @throws Undetermined when a package that must be there once is there in several versions
   */
  static List<Difference> of(
      String sourceName,
      Packages source,
      String destinationName,
      Packages destination,
      Predicate<String> scope) {
    Manager manager = source.manager();
    Map<String, List<InstalledPackage>> here = byName(source, scope);
    Map<String, List<InstalledPackage>> there = byName(destination, scope);
    TreeSet<String> names = new TreeSet<>(here.keySet());
    names.addAll(there.keySet());
    List<Difference> result = new ArrayList<>();
    for (String name : names) {
      List<InstalledPackage> a = here.getOrDefault(name, List.of());
      List<InstalledPackage> b = there.getOrDefault(name, List.of());
      Map<String, List<InstalledPackage>> aByItem = byItem(name, a, b);
      Map<String, List<InstalledPackage>> bByItem = byItem(name, b, a);
      TreeSet<String> items = new TreeSet<>(aByItem.keySet());
      items.addAll(bByItem.keySet());
      for (String item : items) {
        compare(
                manager,
                item,
                newest(manager, sourceName, name, aByItem.getOrDefault(item, List.of())),
                newest(manager, destinationName, name, bByItem.getOrDefault(item, List.of())))
            .ifPresent(result::add);
      }
    }
    return result;
  }

  private static Optional<Difference> compare(
      Manager manager, String item, Optional<InstalledPackage> a, Optional<InstalledPackage> b) {
    if (a.isEmpty() || b.isEmpty()) {
      Kind kind = a.isPresent() ? Kind.ONLY_ON_SOURCE : Kind.ONLY_ON_DESTINATION;
      return Optional.of(new Difference(item, kind, a, b));
    }
    int order = manager.compare(a.get().version(), b.get().version());
    if (order == 0) {
      return Optional.empty();
    }
    Kind kind = order < 0 ? Kind.OLDER_ON_SOURCE : Kind.OLDER_ON_DESTINATION;
    return Optional.of(new Difference(item, kind, a, b));
  }

  /** Returns the name under which versions of one package are compared. */
  static String family(Manager manager, String name) {
    Matcher kernel = DEBIAN_KERNEL.matcher(name);
    return manager == Manager.DPKG && kernel.matches()
        ? kernel.group(1) + "-*-" + kernel.group(2)
        : name;
  }

  private static Map<String, List<InstalledPackage>> byName(
      Packages packages, Predicate<String> scope) {
    Map<String, List<InstalledPackage>> result = new HashMap<>();
    for (InstalledPackage p : packages.installed()) {
      if (scope.test(p.name())) {
        result
            .computeIfAbsent(family(packages.manager(), p.name()), n -> new ArrayList<>(1))
            .add(p);
      }
    }
    return result;
  }

  /** Splits by architecture only where a host has several, as with 32-bit libraries. */
  private static Map<String, List<InstalledPackage>> byItem(
      String name, List<InstalledPackage> mine, List<InstalledPackage> others) {
    boolean several = architectures(mine) > 1 || architectures(others) > 1;
    Map<String, List<InstalledPackage>> result = new TreeMap<>();
    for (InstalledPackage p : mine) {
      result
          .computeIfAbsent(several ? name + "." + p.architecture() : name, n -> new ArrayList<>(1))
          .add(p);
    }
    return result;
  }

  private static long architectures(List<InstalledPackage> packages) {
    return packages.size() < 2
        ? packages.size()
        : packages.stream().map(InstalledPackage::architecture).distinct().count();
  }

  private static Optional<InstalledPackage> newest(
      Manager manager, String host, String name, List<InstalledPackage> packages) {
    if (packages.size() > 1 && !name.contains("*") && !SIDE_BY_SIDE.matcher(name).matches()) {
      throw new Undetermined(
          host + ": " + name + " is installed in several versions: an update was interrupted",
          "Remove the leftovers on "
              + host
              + ": dnf remove --duplicates (RHEL 7: package-cleanup"
              + " --cleandupes)");
    }
    return packages.stream().max((p, q) -> manager.compare(p.version(), q.version()));
  }
}
