package org.migratecheck.check.host;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.Xml;
import org.migratecheck.facts.host.LibvirtDrivers;
import org.migratecheck.facts.host.Machines;
import org.migratecheck.facts.host.Platform;
import org.migratecheck.facts.host.QemuAbilities;
import org.migratecheck.facts.host.QemuModules;
import org.migratecheck.facts.system.Libvirt;
import org.migratecheck.facts.system.LibvirtService;
import org.migratecheck.facts.system.RpmVersion;
import org.migratecheck.model.Observed;

/** What a guest needs of libvirt's drivers, of QEMU's modules and of machine types to come. */
final class PlatformEvaluators {
  private PlatformEvaluators() {}

  /** Judges libvirt's drivers beside QEMU, as far as the guest needs them. */
  static Outcome drivers(CheckContext context) {
    if (!context.guest().active()) {
      return Outcome.skipped("not-active");
    }
    Map<String, String> needed = needed(context.guest().xml());
    if (needed.isEmpty()) {
      return Outcome.skipped("none");
    }
    Map<String, String> there = context.destination(LibvirtDrivers.FACT).said();
    String daemon = context.destination(LibvirtService.FACT).daemon();
    boolean old =
        RpmVersion.compareSegments(context.destination(Libvirt.FACT).daemon(), "6.0.0") < 0;
    List<Problem> problems = new ArrayList<>();
    List<Observed> observed = new ArrayList<>();
    needed.forEach(
        (driver, what) -> {
          String answer = there.get(driver);
          if (answer == null) {
            throw new Undetermined("libvirt's driver for " + driver + " was not looked for");
          }
          boolean absent =
              answer.contains("no connection driver available")
                  || answer.contains("not supported by the connection driver");
          // Older ones have no addresses for the drivers beside QEMU, and need none.
          String said = absent && old ? "" : answer;
          observed.add(new Observed(driver, what, said.isEmpty() ? "answers" : said));
          if (!said.isEmpty()) {
            String unit = daemon.equals("virtqemud") ? "virt" + driver + "d" : "libvirtd";
            problems.add(
                Problem.of(
                    absent ? "missing" : "silent",
                    "driver",
                    driver,
                    "what",
                    what,
                    "said",
                    said,
                    "unit",
                    unit,
                    "socket",
                    daemon.equals("virtqemud") ? unit + ".socket" : unit));
          }
        });
    return Outcome.of(problems, observed).with("drivers", String.join(", ", needed.keySet()));
  }

  private static Map<String, String> needed(Xml xml) {
    Map<String, String> needed = new LinkedHashMap<>();
    for (Xml nic : xml.all("devices/interface")) {
      // A running card on a network of libvirt has the type that the network stands for.
      if (nic.attr("type").equals("network") || nic.attribute("source", "network").isPresent()) {
        needed.put("network", "an interface on a libvirt network");
      }
      if (nic.first("filterref").isPresent()) {
        needed.put("nwfilter", "an interface with a filter");
      }
    }
    for (Xml disk : xml.all("devices/disk")) {
      if (disk.attr("type").equals("volume")) {
        needed.put("storage", "a disk in a storage pool");
      }
      boolean secret =
          disk.first("auth").isPresent()
              || disk.first("source/auth").isPresent()
              || disk.first("encryption").isPresent()
              || disk.first("source/encryption").isPresent();
      if (secret) {
        needed.put("secret", "a disk with a secret");
      }
    }
    if (xml.first("devices/tpm/backend/encryption").isPresent()) {
      needed.put("secret", "an encrypted TPM");
    }
    return needed;
  }

  /**
   * Judges QEMU's modules. One that the source has and the destination has not is missing there; a
   * QEMU of another version may have it built in.
   */
  static Outcome modules(CheckContext context) {
    if (!context.guest().active()) {
      return Outcome.skipped("not-active");
    }
    SortedSet<String> here = context.source(QemuModules.FACT).names();
    SortedSet<String> there = context.destination(QemuModules.FACT).names();
    SortedSet<String> used = new TreeSet<>(modules(context.guest().xml()));
    used.retainAll(here);
    if (used.isEmpty()) {
      return Outcome.skipped("none");
    }
    boolean same =
        context.source(Libvirt.FACT).qemu().equals(context.destination(Libvirt.FACT).qemu());
    List<Problem> problems = new ArrayList<>();
    List<Observed> observed = new ArrayList<>();
    for (String module : used) {
      boolean found = there.contains(module);
      observed.add(new Observed(module, "installed", found ? "installed" : "absent"));
      if (!found) {
        Problem problem =
            Problem.of(
                "missing",
                "module",
                module,
                "suffix",
                module.replaceFirst("^hw-", "device-"),
                "driver",
                module.replaceFirst("^(block|hw|ui|chardev|audio)-", ""));
        problems.add(same ? problem : problem.asWarning());
      }
    }
    return Outcome.of(problems, observed).with("modules", String.join(", ", used));
  }

  /** The modules that a guest's devices would load where QEMU has them as modules. */
  private static List<String> modules(Xml xml) {
    List<String> modules = new ArrayList<>();
    for (Xml disk : xml.all("devices/disk")) {
      disk.attribute("source", "protocol").ifPresent(p -> modules.add("block-" + protocol(p)));
    }
    for (Xml video : xml.all("devices/video/model")) {
      switch (video.attr("type")) {
        case "qxl" -> modules.add("hw-display-qxl");
        case "virtio" -> {
          modules.add("hw-display-virtio-gpu");
          modules.add("hw-display-virtio-gpu-pci");
          modules.add("hw-display-virtio-vga");
        }
        default -> {
          // the other adapters are part of QEMU itself
        }
      }
    }
    if (!xml.all("devices/redirdev").isEmpty()) {
      modules.add("hw-usb-redirect");
    }
    if (xml.all("devices/hostdev").stream().anyMatch(h -> h.attr("type").equals("usb"))) {
      modules.add("hw-usb-host");
    }
    if (!xml.all("devices/smartcard").isEmpty()) {
      modules.add("hw-usb-smartcard");
    }
    if (xml.all("devices/graphics").stream().anyMatch(g -> g.attr("type").equals("spice"))) {
      modules.add("ui-spice-core");
      modules.add("chardev-spice");
    }
    return modules;
  }

  private static String protocol(String name) {
    return switch (name) {
      case "http", "https", "ftp", "ftps", "tftp" -> "curl";
      default -> name;
    };
  }

  /** Tells of a machine type that the destination's QEMU is going to drop. */
  static Outcome deprecated(CheckContext context) {
    if (!context.guest().active()) {
      return Outcome.skipped("not-active");
    }
    Platform platform = Platform.of(context.guest().xml());
    String machine = platform.architecture() + "/" + platform.machine();
    boolean deprecated = context.destination(Machines.FACT).deprecated().contains(machine);
    List<Observed> observed =
        List.of(new Observed("machine type", platform.machine(), deprecated ? "deprecated" : ""));
    List<Problem> problems =
        deprecated
            ? List.of(Problem.on(Side.SOURCE, "deprecated", "machine", platform.machine()))
            : List.of();
    return Outcome.of(problems, observed).with("machine", platform.machine());
  }

  /** Judges the machine type that the guest will have at its next start. */
  static Outcome nextStart(CheckContext context) {
    if (!context.guest().active()) {
      return Outcome.skipped("not-active");
    }
    Optional<Platform> next = context.guest().inactive().map(Platform::of);
    if (next.isEmpty()) {
      return Outcome.skipped("transient");
    }
    Platform now = Platform.of(context.guest().xml());
    if (next.get().equals(now)) {
      return Outcome.skipped("same");
    }
    List<QemuAbilities.Answer> answers = context.link(QemuAbilities.FACT);
    boolean known =
        QemuAbilities.of(answers, next.get()).isPresent() || alias(context, next.get(), answers);
    List<Problem> problems =
        known
            ? List.of()
            : List.of(
                Problem.on(
                    Side.DESTINATION,
                    "refused",
                    "machine",
                    next.get().machine(),
                    "emulator",
                    next.get().emulator(),
                    "type",
                    next.get().type()));
    return Outcome.of(
            problems, List.of(new Observed("at the next start", next.get().machine(), "")))
        .with("machine", next.get().machine());
  }

  /**
   * A definition may name an alias such as {@code q35}; libvirt answers with what it stands for.
   */
  private static boolean alias(
      CheckContext context, Platform platform, List<QemuAbilities.Answer> answers) {
    String canonical =
        context
            .destination(Machines.FACT)
            .canonical()
            .get(platform.architecture() + "/" + platform.machine());
    return canonical != null
        && answers.stream()
            .flatMap(a -> a.abilities().stream())
            .anyMatch(
                a ->
                    canonical.endsWith("/" + a.machine())
                        && a.emulator().equals(platform.emulator())
                        && a.type().equals(platform.type()));
  }
}
