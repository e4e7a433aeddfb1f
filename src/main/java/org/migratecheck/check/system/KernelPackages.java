package org.migratecheck.check.system;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.migratecheck.facts.system.InstalledPackage;
import org.migratecheck.facts.system.Packages;
import org.migratecheck.facts.system.Packages.Manager;

/** The kernel packages of one host: which one runs, and which is the newest of its kind. */
final class KernelPackages {
  private static final Pattern RPM_KERNEL =
      Pattern.compile(
          "kernel(-(rt|64k|debug|rt-debug|64k-debug|uek|default|azure|preempt|lt|ml))?(-(core|base))?");
  private static final Pattern DEB_KERNEL = Pattern.compile("linux-image-(unsigned-)?[0-9].*");

  private final Packages packages;
  private final List<InstalledPackage> kernels;

  KernelPackages(Packages packages) {
    this.packages = packages;
    Pattern names = packages.manager() == Manager.RPM ? RPM_KERNEL : DEB_KERNEL;
    this.kernels =
        packages.installed().stream().filter(p -> names.matcher(p.name()).matches()).toList();
  }

  /** Returns whether no kernel package is installed at all, as in a container. */
  boolean none() {
    return kernels.isEmpty();
  }

  /** Returns the installed package of the kernel whose {@code uname -r} is {@code release}. */
  Optional<InstalledPackage> of(String release) {
    return kernels.stream()
        .filter(p -> provides(p, release))
        .max(Comparator.comparing(p -> p.name().endsWith("-core")));
  }

  /** Returns the newest installed kernel of the same kind as {@code kernel}. */
  InstalledPackage newest(InstalledPackage kernel) {
    Manager manager = packages.manager();
    String family = PackageComparison.family(manager, kernel.name());
    return kernels.stream()
        .filter(p -> PackageComparison.family(manager, p.name()).equals(family))
        .max((p, q) -> manager.compare(p.version(), q.version()))
        .orElse(kernel);
  }

  private boolean provides(InstalledPackage p, String release) {
    if (packages.manager() == Manager.DPKG) {
      return p.name().equals("linux-image-" + release)
          || p.name().equals("linux-image-unsigned-" + release);
    }
    String version = p.version().replaceFirst("^[0-9]+:", "");
    String full = version + "." + p.architecture();
    // RHEL's variants append their name: 5.14.0-427.el9.x86_64+rt
    if (release.equals(full) || release.startsWith(full + "+")) {
      return true;
    }
    // SUSE: 5.14.21-150500.55.7-default of kernel-default-5.14.21-150500.55.7.1
    int flavour = release.lastIndexOf('-');
    return flavour > 0
        && p.name().equals("kernel" + release.substring(flavour))
        && (version + ".").startsWith(release.substring(0, flavour) + ".");
  }
}
