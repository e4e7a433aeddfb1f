package org.migratecheck.facts.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.FactSource;
import org.migratecheck.facts.Outputs;

/**
 * Processes of the destination that have images of the judged guests open.
 *
 * @param files what is open
 */
public record OpenFiles(List<Open> files) {
  /** What is open on the destination. */
  public static final Fact<OpenFiles> FACT =
      new Fact<>(
          "openFilesOnDestination",
          Fact.Place.LINK_DESTINATION,
          List.of("open-files"),
          OpenFiles::parse);

  private static final Pattern OPEN = Pattern.compile("open ([0-9]+) ([0-7]) (/.*)");

  /** Copies the list. */
  public OpenFiles {
    files = List.copyOf(files);
  }

  /**
   * An open file.
   *
   * @param process the process's number
   * @param writes whether it may write
   * @param path the file without symbolic links
   * @param command the process's name
   * @param guest the guest that it is, for a QEMU of libvirt; else empty
   */
  public record Open(String process, boolean writes, String path, String command, String guest) {
    /** Returns who has it open, for people. */
    public String who() {
      return command + " (process " + process + (guest.isEmpty() ? "" : ", guest " + guest) + ")";
    }
  }

  /** Announces the fact. */
  public static final class Source implements FactSource {
    @Override
    public List<Fact<?>> facts() {
      return List.of(FACT);
    }
  }

  /** Returns who has a file open. */
  public List<Open> of(String path) {
    return files.stream().filter(f -> f.path().equals(path)).toList();
  }

  private static OpenFiles parse(Outputs outputs) {
    List<Open> files = new ArrayList<>();
    List<String> lines = Evidence.lines(outputs, "open-files/list");
    for (int i = 0; i < lines.size(); i += 3) {
      Matcher open = OPEN.matcher(lines.get(i));
      if (!open.matches()
          || i + 2 >= lines.size()
          || !lines.get(i + 1).startsWith("by ")
          || !lines.get(i + 2).startsWith("guest ")) {
        throw Evidence.unreadable(outputs.host(), "open-files", lines.get(i));
      }
      // The last two bits of the flags: 0 reads, 1 writes, 2 both (open(2)).
      boolean writes = (open.group(2).charAt(0) & 3) != 0;
      files.add(
          new Open(
              open.group(1),
              writes,
              open.group(3),
              lines.get(i + 1).substring(3),
              lines.get(i + 2).substring(6)));
    }
    return new OpenFiles(files);
  }
}
