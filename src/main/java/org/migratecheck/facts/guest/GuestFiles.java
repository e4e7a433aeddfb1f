package org.migratecheck.facts.guest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.model.Printable;
import org.migratecheck.model.ProbeOutput;

/**
 * What the devices and the firmware of the judged guests name on one host.
 *
 * @param host the host
 * @param files by path
 * @param roms the sizes in bytes of QEMU's own ROM files by name, by emulator
 */
public record GuestFiles(
    String host, Map<String, SeenFile> files, Map<String, Map<String, Long>> roms) {
  /** As the source sees them. */
  public static final Fact<GuestFiles> SOURCE = fact("guestFilesSource", Fact.Place.LINK_SOURCE);

  /** As the destination sees them. */
  public static final Fact<GuestFiles> DESTINATION =
      fact("guestFilesDestination", Fact.Place.LINK_DESTINATION);

  private static final int MAX_ROMS = 2000;

  /** Copies the maps. */
  public GuestFiles {
    files = Map.copyOf(files);
    roms = Map.copyOf(roms);
  }

  private static Fact<GuestFiles> fact(String name, Fact.Place place) {
    return new Fact<>(name, place, List.of("guest-files"), GuestFiles::parse);
  }

  /**
   * Returns what is at a path.
   *
   * @throws Undetermined when it was not looked at, or could not be
   */
  public SeenFile of(String path) {
    SeenFile file = files.get(path);
    if (file == null) {
      throw new Undetermined(
          host + ": " + Printable.line(path) + " was not looked at",
          "Collect the evidence again, both hosts in one run.");
    }
    if (!file.unknown().isEmpty()) {
      throw new Undetermined(file.unknown());
    }
    return file;
  }

  /**
   * Returns the size in bytes of a ROM file of an emulator; empty where it has none of that name.
   *
   * @throws Undetermined when its data directories are not known
   */
  public Optional<Long> rom(String emulator, String name) {
    Map<String, Long> all = roms.get(emulator);
    if (all == null || all.isEmpty()) {
      throw new Undetermined(
          host + ": the ROM files of " + Printable.line(emulator) + " are not known");
    }
    return Optional.ofNullable(all.get(name));
  }

  private static GuestFiles parse(Outputs outputs) {
    outputs.complete("guest-files");
    Map<String, SeenFile> files = new TreeMap<>();
    for (Map.Entry<String, ProbeOutput> part : outputs.withPrefix("guest-files/path.").entrySet()) {
      SeenFile file = file(outputs, part.getValue(), "guest-files/path." + part.getKey());
      files.put(file.path(), file);
    }
    Map<String, Map<String, Long>> roms = new TreeMap<>();
    for (String part : outputs.withPrefix("guest-files/roms.").keySet()) {
      roms(outputs, "guest-files/roms." + part, roms);
    }
    return new GuestFiles(outputs.host(), files, roms);
  }

  /** A path that hangs says nothing about the others; its name was printed before it hung. */
  private static SeenFile file(Outputs outputs, ProbeOutput output, String part) {
    if (output.completeness() == ProbeOutput.Completeness.TIMED_OUT) {
      String first = output.stdout().lines().findFirst().orElse("");
      if (first.startsWith("path /") && output.stdout().indexOf('\n') > 0) {
        String path = first.substring("path ".length());
        return SeenFile.unknown(
            path, outputs.host() + ": " + path + " did not answer before the deadline");
      }
    }
    return SeenFile.parse(outputs.host(), Lines.of(outputs, part));
  }

  private static void roms(Outputs outputs, String part, Map<String, Map<String, Long>> roms) {
    List<String> lines = new ArrayList<>(Lines.of(outputs, part));
    if (lines.isEmpty() || !lines.get(0).startsWith("emulator ") || lines.size() > MAX_ROMS) {
      throw new Undetermined(outputs.host() + ": the ROM files of QEMU were not told whole");
    }
    Map<String, Long> sizes = new TreeMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] words = line.split(" ", 3);
      if (words.length < 3 || !words[0].equals("rom") || !words[1].matches("[0-9]{1,12}")) {
        throw Lines.unreadable(outputs.host(), part, line);
      }
      // QEMU takes the first of that name.
      sizes.putIfAbsent(
          words[2].substring(words[2].lastIndexOf('/') + 1), Long.parseLong(words[1]));
    }
    roms.put(lines.get(0).substring("emulator ".length()), Map.copyOf(sizes));
  }
}
