package org.migratecheck.facts.guest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.Xml;

/**
 * Which paths of the host the devices of a guest name, beside disks and firmware (libvirt: Domain
 * XML format). Paths that libvirt makes up itself are in the live XML but not in the migratable
 * one, which is what the destination will read.
 */
public final class DevicePaths {
  private static final int MAX = 400;
  private static final Set<String> CHARACTER =
      Set.of("serial", "parallel", "console", "channel", "redirdev", "smartcard");

  private final Map<String, DevicePath> found = new LinkedHashMap<>();

  private DevicePaths() {}

  /** Returns the paths of a guest in the order of its XML, each once. */
  public static List<DevicePath> of(Guest guest) {
    // Only the live XML has libvirt's names of the devices.
    Map<String, DevicePath> live = read(guest.xml());
    return read(guest.migratable().orElse(guest.xml())).values().stream()
        .map(
            p ->
                live.containsKey(p.path())
                    ? new DevicePath(p.need(), p.device(), live.get(p.path()).alias(), p.path())
                    : p)
        .limit(MAX)
        .toList();
  }

  private static Map<String, DevicePath> read(Xml xml) {
    DevicePaths reader = new DevicePaths();
    for (Xml table : xml.all("os/acpi/table")) {
      reader.add(DevicePath.Need.OPENED, "ACPI table", table, table.text());
    }
    for (Xml entry : xml.all("sysinfo/entry")) {
      reader.add(DevicePath.Need.OPENED, "firmware value", entry, entry.attr("file"));
    }
    for (Xml device : xml.all("devices/*")) {
      reader.device(device);
    }
    for (Xml argument : xml.all("commandline/arg")) {
      reader.argument(argument);
    }
    return reader.found;
  }

  private void device(Xml device) {
    if (CHARACTER.contains(device.name())) {
      character(device.name(), device, device);
    }
    device
        .attribute("rom", "file")
        .ifPresent(f -> add(DevicePath.Need.READ, "ROM of a device", device, f));
    switch (device.name()) {
      case "rng" -> device.first("backend").ifPresent(b -> random(device, b));
      case "filesystem" -> fileSystem(device);
      case "shmem" ->
          device
              .attribute("server", "path")
              .ifPresent(p -> add(DevicePath.Need.OPENED, "shared memory server", device, p));
      case "input" ->
          device
              .first("source")
              .ifPresent(
                  s ->
                      add(
                          DevicePath.Need.OPENED,
                          "input device",
                          device,
                          s.attribute("evdev").orElse(s.attr("dev"))));
      case "graphics" ->
          device
              .attribute("gl", "rendernode")
              .ifPresent(p -> add(DevicePath.Need.OPENED, "graphics card", device, p));
      case "disk" -> {
        if (device.attr("type").equals("vhostuser")) {
          device
              .attribute("source", "path")
              .ifPresent(p -> add(DevicePath.Need.OPENED, "vhost-user disk", device, p));
        }
      }
      case "interface" -> {
        if (device.attr("type").equals("vhostuser")) {
          device.first("source").ifPresent(s -> socket("vhost-user interface", device, s));
        }
      }
      case "tpm" -> tpm(device);
      case "vsock" -> add(DevicePath.Need.OPENED, "vsock", device, "/dev/vhost-vsock");
      default -> {
        // names no path of the host
      }
    }
  }

  /** A character device: the type is on {@code typed}, the source below it. */
  private void character(String what, Xml device, Xml typed) {
    Xml source = typed.first("source").orElse(new Xml("source", Map.of(), List.of(), ""));
    String path = source.attr("path");
    switch (typed.attr("type")) {
      case "dev" -> add(DevicePath.Need.OPENED, what, device, path);
      case "pipe" -> add(DevicePath.Need.PIPE, what, device, path);
      case "file" -> add(DevicePath.Need.CREATED, what, device, path);
      case "unix" -> socket(what, device, source);
      default -> {
        // terminals, nothing, and what goes over the network
      }
    }
    typed
        .attribute("log", "file")
        .ifPresent(f -> add(DevicePath.Need.CREATED, "log of a " + what, device, f));
  }

  private void socket(String what, Xml device, Xml source) {
    boolean made = Set.of("bind", "server").contains(source.attr("mode"));
    add(made ? DevicePath.Need.CREATED : DevicePath.Need.OPENED, what, device, source.attr("path"));
  }

  private void random(Xml device, Xml backend) {
    if (backend.attr("model").equals("random")) {
      add(DevicePath.Need.READ, "random number generator", device, backend.text());
    } else {
      character("random number generator", device, backend);
    }
  }

  private void fileSystem(Xml device) {
    device
        .first("source")
        .ifPresent(
            s ->
                add(
                    DevicePath.Need.OPENED,
                    "shared directory",
                    device,
                    s.attribute("socket").orElse(s.attr("dir"))));
  }

  private void tpm(Xml device) {
    Optional<Xml> backend = device.first("backend");
    backend
        .flatMap(b -> b.attribute("device", "path"))
        .ifPresent(p -> add(DevicePath.Need.OPENED, "TPM", device, p));
    backend
        .filter(b -> b.attr("type").equals("external"))
        .flatMap(b -> b.first("source"))
        .ifPresent(s -> socket("TPM", device, s));
  }

  /** An argument for QEMU that libvirt does not understand, such as {@code name=a,file=/b}. */
  private void argument(Xml argument) {
    for (String word : argument.attr("value").split(",", 50)) {
      String path = word.substring(word.indexOf('=') + 1);
      add(DevicePath.Need.PERHAPS, "QEMU argument", argument, path);
    }
  }

  private void add(DevicePath.Need need, String what, Xml device, String path) {
    if (path.startsWith("/") && path.indexOf('\n') < 0 && path.length() < 4096) {
      String alias = device.attribute("alias", "name").orElse("");
      found.putIfAbsent(path, new DevicePath(need, what, alias, path));
    }
  }
}
