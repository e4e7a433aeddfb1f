package org.migratecheck.check.guest;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.Xml;
import org.migratecheck.facts.guest.GuestServices;
import org.migratecheck.facts.system.Libvirt;
import org.migratecheck.facts.system.RpmVersion;
import org.migratecheck.model.Printable;

/**
 * Devices and settings with which libvirt (qemuMigrationSrcIsAllowed) or QEMU (devices whose state
 * is marked as not migratable) refuse a migration to whatever host.
 */
final class BlockedDevicesEvaluator implements Evaluator {
  /** QEMU's devices that cannot be migrated (vmstate with {@code unmigratable}). */
  private static final Set<String> UNMIGRATABLE =
      Set.of(
          "usb-mtp",
          "usb-serial",
          "usb-braille",
          "usb-uas",
          "usb-bot",
          "nvme",
          "nvme-subsys",
          "ufs",
          "virtio-sound-pci",
          "virtio-sound-device",
          "vhost-user-rng-pci",
          "vhost-user-gpio-pci",
          "vhost-user-i2c-pci",
          "vhost-user-snd-pci",
          "vhost-user-scmi-pci",
          "vhost-user-input-pci",
          "vhost-scsi-pci",
          "amd-iommu",
          "ivshmem-doorbell",
          "vfio-pci",
          "edu");

  private static final Pattern DRIVER =
      Pattern.compile(
          "^(?:\\{.*\"driver\"\\s*:\\s*\"([A-Za-z0-9_-]+)\".*|([A-Za-z0-9_-]+)(?:,.*)?)$");

  /** Since when libvirt lets virtiofs move at all (libvirt, NEWS). */
  private static final String VIRTIOFS_SINCE = "10.6.0";

  /** Since when the state of a vdagent character device can be sent (QEMU, ui/vdagent.c). */
  private static final String VDAGENT_SINCE = "10.1.0";

  @Override
  public Outcome evaluate(CheckContext context) {
    if (!context.guest().active()) {
      return Outcome.skipped("not-active");
    }
    Xml xml = context.guest().xml();
    Gathered gathered = new Gathered();
    for (Xml fs : xml.all("devices/filesystem")) {
      gathered.attempt(() -> fileSystem(context, gathered, fs));
    }
    for (Xml disk : xml.all("devices/disk")) {
      String target = disk.attribute("target", "dev").orElse("");
      if (disk.first("transient").isPresent()) {
        add(gathered, "transient-disk", target, disk);
      }
      if (disk.attribute("target", "bus").orElse("").equals("nvme")) {
        add(gathered, "unmigratable", "nvme", disk);
      }
    }
    for (Xml memory : xml.all("devices/shmem")) {
      if (!memory.attr("role").equals("master")) {
        add(gathered, "shared-memory", memory.attr("name"), memory);
      }
    }
    for (Xml channel : xml.all("devices/channel")) {
      if (channel.attr("type").equals("qemu-vdagent")) {
        gathered.attempt(() -> clipboard(context, gathered, channel));
      }
    }
    for (Xml video : xml.all("devices/video")) {
      if (video.attribute("model/acceleration", "accel3d").orElse("").equals("yes")
          && video.attribute("model", "type").orElse("").equals("virtio")) {
        add(gathered, "virgl", "virtio", video);
      }
    }
    for (Xml sound : xml.all("devices/sound")) {
      if (sound.attr("model").equals("virtio")) {
        add(gathered, "unmigratable", "virtio-sound", sound);
      }
    }
    if (xml.attribute("devices/iommu", "model").orElse("").equals("amd")) {
      gathered.add(problem("unmigratable", "amd-iommu", ""));
    }
    commandLine(gathered, xml);
    clock(gathered, xml);
    for (String type : List.of("sev", "sev-snp", "tdx", "s390-pv")) {
      if (xml.all("launchSecurity").stream().anyMatch(l -> l.attr("type").equals(type))) {
        gathered.add(problem("encrypted-memory", type, ""));
      }
    }
    return withUuid(gathered.outcome(), context.guest().uuid());
  }

  /** Commands name the guest by its UUID. */
  private static Outcome withUuid(Outcome outcome, String uuid) {
    return Outcome.of(
        outcome.problems().stream()
            .map(
                p -> {
                  Map<String, String> values = new TreeMap<>(p.values());
                  values.put("uuid", uuid);
                  return new Problem(p.kind(), p.fixOn(), values, p.advisory());
                })
            .toList(),
        outcome.observed());
  }

  /**
   * A 9p directory blocks only while the guest has it mounted, which nobody outside can see without
   * asking QEMU itself.
   */
  private static void fileSystem(CheckContext context, Gathered gathered, Xml fs) {
    String target = fs.attribute("target", "dir").orElse("");
    if (!fs.attribute("driver", "type").orElse("").equals("virtiofs")) {
      gathered.see("shared-directory", target, "");
      throw new Undetermined(
          "whether "
              + context.guest().name()
              + " has the shared directory '"
              + Printable.line(target)
              + "' mounted cannot be seen from outside; while it has, it cannot move",
          "Unmount it in the guest and detach it (virsh detach-device). Or ask on "
              + context.source().name()
              + ": virsh migrate --live "
              + context.guest().name()
              + " qemu:///system, which is refused with 'same host' when nothing else is in the"
              + " way.");
    }
    boolean known =
        RpmVersion.compareSegments(context.source(Libvirt.FACT).daemon(), VIRTIOFS_SINCE) >= 0;
    boolean external = fs.attribute("source", "socket").isPresent();
    boolean announced =
        context.source(GuestServices.VIRTIOFS_MIGRATES)
            && context.destination(GuestServices.VIRTIOFS_MIGRATES);
    if (!known || (!external && !announced)) {
      add(gathered, "virtiofs", target, fs);
    } else {
      gathered.add(problem("virtiofs-content", target, "").asWarning());
    }
  }

  private static void clipboard(CheckContext context, Gathered gathered, Xml channel) {
    String qemu = context.source(Libvirt.FACT).qemu();
    if (RpmVersion.compareSegments(qemu, VDAGENT_SINCE) < 0) {
      add(gathered, "clipboard", "qemu-vdagent", channel);
    }
  }

  /** Devices that were given to QEMU past libvirt. */
  private static void commandLine(Gathered gathered, Xml xml) {
    List<Xml> arguments = xml.all("commandline/arg");
    for (int i = 0; i + 1 < arguments.size(); i++) {
      if (!arguments.get(i).attr("value").equals("-device")) {
        continue;
      }
      Matcher device = DRIVER.matcher(arguments.get(i + 1).attr("value"));
      if (device.matches()) {
        String driver = Optional.ofNullable(device.group(1)).orElseGet(() -> device.group(2));
        if (UNMIGRATABLE.contains(driver)) {
          gathered.add(problem("unmigratable", driver, ""));
        }
      }
    }
  }

  private static void clock(Gathered gathered, Xml xml) {
    boolean invariant =
        xml.all("cpu/feature").stream()
            .anyMatch(f -> f.attr("name").equals("invtsc") && f.attr("policy").equals("require"));
    boolean frequency =
        xml.all("clock/timer").stream()
            .anyMatch(t -> t.attr("name").equals("tsc") && t.attribute("frequency").isPresent());
    if (invariant && !frequency) {
      gathered.add(problem("invariant-tsc", "invtsc", ""));
    }
  }

  private static void add(Gathered gathered, String kind, String device, Xml element) {
    gathered.see(kind, device, "");
    gathered.add(problem(kind, device, element.attribute("alias", "name").orElse("")));
  }

  private static Problem problem(String kind, String device, String alias) {
    return Problem.on(Side.SOURCE, kind, "device", device, "alias", alias);
  }
}
