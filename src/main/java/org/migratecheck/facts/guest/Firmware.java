package org.migratecheck.facts.guest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.Xml;

/**
 * The files that a guest boots from, beside its disks.
 *
 * @param loader the firmware image; empty for QEMU's own BIOS
 * @param nvram the file with the guest's UEFI variables; empty without UEFI or when it is no local
 *     file
 * @param template the file that a missing {@code nvram} is copied from
 * @param boot kernel, initial RAM disk, device tree and ACPI tables that QEMU reads directly
 */
public record Firmware(
    Optional<String> loader, Optional<String> nvram, Optional<String> template, List<String> boot) {
  /** Where libvirt keeps UEFI variables itself; it makes this directory when it starts. */
  public static final String NVRAM_DIRECTORY = "/var/lib/libvirt/qemu/nvram";

  /** Copies the list. */
  public Firmware {
    boot = List.copyOf(boot);
  }

  /** Reads the live XML of a guest. */
  public static Firmware of(Guest guest) {
    Xml xml = guest.xml();
    Optional<Xml> nvram = xml.first("os/nvram");
    List<String> boot = new ArrayList<>();
    for (String what : List.of("kernel", "initrd", "dtb")) {
      path(xml.textAt("os/" + what)).ifPresent(boot::add);
    }
    xml.all("os/acpi/table").forEach(t -> path(Optional.of(t.text())).ifPresent(boot::add));
    return new Firmware(
        path(xml.textAt("os/loader")),
        path(nvram.map(Xml::text))
            .or(() -> path(nvram.flatMap(n -> n.attribute("source", "file")))),
        path(nvram.flatMap(n -> n.attribute("template"))),
        boot);
  }

  private static Optional<String> path(Optional<String> text) {
    return text.filter(t -> t.startsWith("/") && t.indexOf('\n') < 0 && t.length() < 4096);
  }

  /** Returns the directory that holds a path. */
  public static String directory(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  /** Returns every path that is to be looked at on both hosts. */
  public List<String> paths() {
    List<String> paths = new ArrayList<>(boot);
    loader.ifPresent(paths::add);
    template.ifPresent(paths::add);
    nvram.ifPresent(
        n -> {
          paths.add(n);
          paths.add(directory(n));
        });
    return paths;
  }
}
