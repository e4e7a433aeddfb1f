package org.migratecheck.facts.storage;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.FactSource;
import org.migratecheck.facts.Outputs;

/**
 * What the disks of the destination's other guests really are.
 *
 * @param identities by path: {@code file DEVICE INODE} or {@code device MAJOR:MINOR}
 */
public record OtherDisks(Map<String, String> identities) {
  /** The disks of the destination's other guests. */
  public static final Fact<OtherDisks> FACT =
      new Fact<>(
          "otherDisksOnDestination",
          Fact.Place.LINK_DESTINATION,
          List.of("other-disks"),
          OtherDisks::parse);

  private static final Pattern LINE =
      Pattern.compile("([0-9]+)\\|([0-9]+)\\|([0-9a-f]+):([0-9a-f]+)\\|(/.*)");

  /** Copies the map. */
  public OtherDisks {
    identities = java.util.Collections.unmodifiableMap(new TreeMap<>(identities));
  }

  /** Announces the fact. */
  public static final class Source implements FactSource {
    @Override
    public List<Fact<?>> facts() {
      return List.of(FACT);
    }
  }

  /** Returns what a path is; empty when nothing is there. */
  public Optional<String> of(String path) {
    return Optional.ofNullable(identities.get(path));
  }

  /** Returns the identity of a file or device that was looked at otherwise. */
  public static String identity(PathState.FileState file) {
    return file.block()
        ? "device " + file.rdev()
        : "file " + file.device() + " " + Long.toUnsignedString(file.inode());
  }

  private static OtherDisks parse(Outputs outputs) {
    Map<String, String> identities = new TreeMap<>();
    for (String line : Evidence.lines(outputs, "other-disks/list")) {
      Matcher m = LINE.matcher(line);
      if (!m.matches()) {
        throw Evidence.unreadable(outputs.host(), "other-disks", line);
      }
      try {
        String rdev = Integer.parseInt(m.group(3), 16) + ":" + Integer.parseInt(m.group(4), 16);
        identities.put(
            m.group(5),
            rdev.equals("0:0")
                ? "file " + Paths.device(Long.parseUnsignedLong(m.group(1))) + " " + m.group(2)
                : "device " + rdev);
      } catch (NumberFormatException e) {
        throw Evidence.unreadable(outputs.host(), "other-disks", line);
      }
    }
    return new OtherDisks(identities);
  }
}
