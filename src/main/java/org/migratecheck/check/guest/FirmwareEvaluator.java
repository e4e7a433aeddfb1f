package org.migratecheck.check.guest;

import java.util.Optional;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.guest.Firmware;
import org.migratecheck.facts.guest.GuestFiles;
import org.migratecheck.facts.guest.SeenFile;

/**
 * Whether the destination can hold the guest's UEFI. QEMU maps the firmware image and the file of
 * variables as memory, and takes the source's only when the sizes are equal (ram_load of QEMU);
 * libvirt makes a missing file of variables from its template.
 */
final class FirmwareEvaluator implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    Guest guest = context.guest();
    if (!guest.active()) {
      return Outcome.skipped("not-active");
    }
    Firmware firmware = Firmware.of(guest);
    if (firmware.loader().isEmpty() && firmware.nvram().isEmpty()) {
      return Outcome.skipped("no-firmware");
    }
    GuestFiles source = context.link(GuestFiles.SOURCE);
    GuestFiles destination = context.link(GuestFiles.DESTINATION);
    Gathered gathered = new Gathered();
    firmware
        .loader()
        .ifPresent(
            l ->
                gathered.attempt(
                    () ->
                        loader(
                            gathered,
                            l,
                            source.of(l),
                            destination.of(l),
                            raw(guest, "os/loader"))));
    firmware
        .nvram()
        .ifPresent(
            n -> {
              boolean sized = raw(guest, "os/nvram");
              gathered.attempt(() -> variables(gathered, firmware, n, source, destination, sized));
            });
    return gathered.outcome().with("loader", firmware.loader().orElse("its firmware"));
  }

  /** The size of a qcow2 file says nothing about the memory that it is. */
  private static boolean raw(Guest guest, String path) {
    return guest.xml().attribute(path, "format").orElse("raw").equals("raw");
  }

  private static void loader(
      Gathered gathered, String path, SeenFile here, SeenFile there, boolean sized) {
    gathered.see(path, size(here), size(there));
    if (!there.present()) {
      gathered.add(Problem.of("loader-missing", "path", path));
    } else if (sized && here.present() && here.size() != there.size()) {
      gathered.add(sizes("loader-size", path, here, there));
    }
  }

  private static void variables(
      Gathered gathered,
      Firmware firmware,
      String path,
      GuestFiles source,
      GuestFiles destination,
      boolean sized) {
    SeenFile here = source.of(path);
    SeenFile there = destination.of(path);
    gathered.see(path, size(here), size(there));
    if (there.present()) {
      if (sized && here.present() && here.size() != there.size()) {
        gathered.add(sizes("variables-size", path, here, there));
      }
    } else {
      Optional<String> template = firmware.template();
      template
          .map(destination::of)
          .filter(t -> !t.present())
          .ifPresent(
              t ->
                  gathered.add(Problem.of("template-missing", "path", path, "template", t.path())));
    }
    directory(gathered, Firmware.directory(path), path, destination);
  }

  private static void directory(
      Gathered gathered, String directory, String path, GuestFiles destination) {
    SeenFile there = destination.of(directory);
    if (!there.present()) {
      if (!directory.equals(Firmware.NVRAM_DIRECTORY)) {
        gathered.add(Problem.of("directory-missing", "path", path, "directory", directory));
      }
    } else if (!there.rights().orElse("x").contains("x")) {
      gathered.add(Problem.of("directory-closed", "path", path, "directory", directory));
    }
  }

  private static Problem sizes(String kind, String path, SeenFile here, SeenFile there) {
    return Problem.of(
        kind,
        "path",
        path,
        "here",
        Long.toString(here.size()),
        "there",
        Long.toString(there.size()));
  }

  private static String size(SeenFile file) {
    return file.present() ? file.size() + " bytes" : "missing";
  }
}
