package org.migratecheck.facts.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.model.Printable;

/**
 * A directory in which libvirt on the destination keeps files of each guest.
 *
 * @param path the directory, or the nearest one above it that exists
 * @param readOnly why even root cannot write there: {@code fs} (the file system is read-only) or
 *     {@code mount} (only this mount of it is), or {@code immutable} (neither is), or {@code
 *     missing}; empty where root can
 * @param mount where that file system is mounted; empty where root can write
 * @param closed the topmost directory on the way that QEMU's user cannot pass; empty where it can,
 *     or need not
 * @param owner that user, as {@code UID:GID}; empty where nothing is closed
 */
public record LibvirtDirectory(
    String path, String readOnly, String mount, String closed, String owner) {
  /** The directories; empty where only root could have told. */
  public static final Fact<Optional<List<LibvirtDirectory>>> FACT =
      new Fact<>(
          "libvirtDirectories",
          Fact.Place.LINK_DESTINATION,
          List.of("libvirt-directories"),
          LibvirtDirectory::parse);

  private static Optional<List<LibvirtDirectory>> parse(Outputs outputs) {
    List<String> lines = Lines.of(outputs, "libvirt-directories/directories");
    if (lines.equals(List.of("not-root"))) {
      return Optional.empty();
    }
    List<LibvirtDirectory> all = new ArrayList<>();
    for (String line : lines) {
      String[] fields = line.split("\t", -1);
      int last = all.size() - 1;
      if (fields[0].equals("missing") && fields.length == 2) {
        all.add(new LibvirtDirectory(Printable.line(fields[1]), "missing", "", "", ""));
      } else if (fields[0].equals("directory") && fields.length == 2) {
        all.add(new LibvirtDirectory(Printable.line(fields[1]), "", "", "", ""));
      } else if (fields[0].equals("read-only") && fields.length == 3 && last >= 0) {
        all.set(last, all.get(last).readOnly(fields[1], Printable.line(fields[2])));
      } else if (fields[0].equals("closed") && fields.length == 4 && last >= 0) {
        String owner =
            Lines.number(outputs, "a user", fields[2])
                + ":"
                + Lines.number(outputs, "a group", fields[3]);
        all.set(last, all.get(last).closed(Printable.line(fields[1]), owner));
      } else {
        throw new Undetermined(outputs.host() + ": libvirt's directories are not readable");
      }
    }
    if (all.isEmpty()) {
      throw new Undetermined(outputs.host() + ": nothing is told of libvirt's directories");
    }
    return Optional.of(List.copyOf(all));
  }

  private LibvirtDirectory readOnly(String why, String where) {
    return new LibvirtDirectory(path, why, where, closed, owner);
  }

  private LibvirtDirectory closed(String where, String user) {
    return new LibvirtDirectory(path, readOnly, mount, where, user);
  }
}
