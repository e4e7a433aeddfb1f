package org.migratecheck.check.guest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.Xml;
import org.migratecheck.facts.guest.GuestFiles;
import org.migratecheck.facts.guest.SeenFile;

/**
 * Whether QEMU's ROM files for the guest's cards are as large on the destination. A ROM is memory
 * of the guest, made as large as the file, rounded up to a power of two (pci_add_option_rom of
 * QEMU); memory of another size is refused after the move has begun.
 */
final class RomsEvaluator implements Evaluator {
  /** QEMU's ROM file by libvirt's model of a network card, for machine types of 2013 and later. */
  private static final Map<String, String> NETWORK =
      Map.ofEntries(
          Map.entry("virtio", "efi-virtio.rom"),
          Map.entry("virtio-transitional", "efi-virtio.rom"),
          Map.entry("virtio-non-transitional", "efi-virtio.rom"),
          Map.entry("e1000", "efi-e1000.rom"),
          Map.entry("e1000e", "efi-e1000e.rom"),
          Map.entry("rtl8139", "efi-rtl8139.rom"),
          Map.entry("pcnet", "efi-pcnet.rom"),
          Map.entry("ne2k_pci", "efi-ne2k_pci.rom"),
          Map.entry("vmxnet3", "efi-vmxnet3.rom"),
          Map.entry("i82550", "efi-eepro100.rom"),
          Map.entry("i82551", "efi-eepro100.rom"),
          Map.entry("i82557b", "efi-eepro100.rom"),
          Map.entry("i82559er", "efi-eepro100.rom"));

  /** The key map that stands for all; a VNC screen does not open without one. */
  private static final String KEYS = "en-us";

  private static final Map<String, String> VIDEO =
      Map.of(
          "vga", "vgabios-stdvga.bin",
          "cirrus", "vgabios-cirrus.bin",
          "qxl", "vgabios-qxl.bin",
          "virtio", "vgabios-virtio.bin",
          "vmvga", "vgabios-vmware.bin",
          "bochs", "vgabios-bochs-display.bin");

  @Override
  public Outcome evaluate(CheckContext context) {
    Guest guest = context.guest();
    if (!guest.active()) {
      return Outcome.skipped("not-active");
    }
    Map<String, String> roms = roms(guest.xml());
    Optional<String> emulator = guest.xml().textAt("devices/emulator");
    List<Xml> own =
        guest.xml().all("devices/*").stream()
            .filter(d -> d.attribute("rom", "file").orElse("").startsWith("/"))
            .toList();
    if (roms.isEmpty() && own.isEmpty() || emulator.isEmpty()) {
      return Outcome.skipped("none");
    }
    GuestFiles source = context.link(GuestFiles.SOURCE);
    GuestFiles destination = context.link(GuestFiles.DESTINATION);
    Gathered gathered = new Gathered();
    for (Xml device : own) {
      String file = device.attribute("rom", "file").orElse("");
      gathered.attempt(() -> own(gathered, device, source.of(file), destination.of(file)));
    }
    if (source.roms().getOrDefault(emulator.get(), Map.of()).isEmpty()
        || destination.roms().getOrDefault(emulator.get(), Map.of()).isEmpty()) {
      // An emulator that is missing is told by emulator-on-destination; an old one lists nothing.
      return own.isEmpty()
          ? Outcome.skipped("unknown-directories")
          : gathered.outcome().with("count", Integer.toString(own.size()));
    }
    roms.forEach(
        (rom, device) -> {
          Optional<Long> here = source.rom(emulator.get(), rom);
          Optional<Long> there = destination.rom(emulator.get(), rom);
          gathered.see(rom, size(here), size(there));
          if (here.isPresent() && there.isEmpty()) {
            String kind = rom.equals(KEYS) ? "key-maps" : "missing";
            gathered.add(Problem.of(kind, "rom", rom, "device", device));
          } else if (here.isPresent()
              && !rom.equals(KEYS)
              && memory(rom, here.get()) != memory(rom, there.get())) {
            gathered.add(
                Problem.of(
                    "size",
                    "rom",
                    rom,
                    "device",
                    device,
                    "here",
                    size(here),
                    "there",
                    size(there)));
          }
        });
    return gathered.outcome().with("count", Integer.toString(roms.size() + own.size()));
  }

  /** A file that the definition names; that it is there is judged with the other paths. */
  private static void own(Gathered gathered, Xml device, SeenFile here, SeenFile there) {
    if (!here.regular() || !there.regular()) {
      return;
    }
    gathered.see(here.path(), here.size() + " bytes", there.size() + " bytes");
    if (memory(here.path(), here.size()) != memory(here.path(), there.size())) {
      gathered.add(
          Problem.of(
              "size-own",
              "rom",
              here.path(),
              "device",
              device.name(),
              "here",
              here.size() + " bytes",
              "there",
              there.size() + " bytes"));
    }
  }

  /** The ROM files of the guest's devices, each with the device that uses it. */
  private static Map<String, String> roms(Xml xml) {
    Map<String, String> roms = new LinkedHashMap<>();
    String machine = xml.attribute("os/type", "machine").orElse("");
    String arch = xml.attribute("os/type", "arch").orElse("");
    boolean pc = machine.contains("q35") || machine.contains("i440fx");
    // rhel6 and pc-0.x and pc-1.x machine types have other, older files.
    boolean old = machine.matches(".*(rhel6|rhel5|-[01]\\.).*");
    if (!(arch.equals("x86_64") || arch.equals("i686")) || !pc || old) {
      return roms;
    }
    if (xml.all("devices/graphics").stream().anyMatch(g -> g.attr("type").equals("vnc"))) {
      roms.put(KEYS, "VNC screen");
    }
    if (xml.textAt("os/loader").isEmpty()) {
      roms.put("bios-256k.bin", "BIOS");
    }
    for (Xml card : xml.all("devices/interface")) {
      // A card of the host has no model, and the ROM that it brings with it.
      String model = card.attribute("model", "type").orElse("");
      add(roms, card, NETWORK.get(model), "network card " + model);
    }
    for (Xml card : xml.all("devices/video")) {
      String model = card.attribute("model", "type").orElse("");
      boolean primary = !card.attribute("model", "primary").orElse("yes").equals("no");
      if (primary || !model.equals("virtio")) {
        add(roms, card, VIDEO.get(model), "video card " + model);
      }
    }
    return roms;
  }

  /** A device may bring its own ROM, or have none. */
  private static void add(Map<String, String> roms, Xml card, String rom, String device) {
    Optional<Xml> own = card.first("rom");
    boolean standard =
        own.isEmpty()
            || (own.get().attribute("file").isEmpty()
                && !own.get().attr("enabled").equals("no")
                && !own.get().attr("bar").equals("off"));
    if (rom != null && standard) {
      roms.putIfAbsent(rom, device);
    }
  }

  private static long memory(String rom, long size) {
    if (rom.startsWith("bios")) {
      return size;
    }
    long power = Long.highestOneBit(Math.max(size, 1));
    return power == size ? power : power * 2;
  }

  private static String size(Optional<Long> size) {
    return size.map(s -> s + " bytes").orElse("missing");
  }
}
