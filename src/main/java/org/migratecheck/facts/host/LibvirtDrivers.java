package org.migratecheck.facts.host;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.model.Printable;

/**
 * Whether libvirt's drivers beside QEMU answer.
 *
 * @param said what virsh said of a driver that does not answer, by {@code network}, {@code
 *     storage}, {@code secret} or {@code nwfilter}; empty text for one that answers
 */
public record LibvirtDrivers(Map<String, String> said) {
  /** The drivers. */
  public static final Fact<LibvirtDrivers> FACT =
      Fact.host("libvirtDrivers", "platform", LibvirtDrivers::parse);

  /** Copies the map. */
  public LibvirtDrivers {
    said = java.util.Collections.unmodifiableMap(new TreeMap<>(said));
  }

  private static LibvirtDrivers parse(Outputs outputs) {
    SortedMap<String, String> said = new TreeMap<>();
    for (String line : Lines.of(outputs, "platform/drivers")) {
      String[] words = line.split(" ", 3);
      if (words.length >= 2 && words[1].equals("ok")) {
        said.put(words[0], "");
      } else if (words.length == 3 && words[1].equals("failed")) {
        said.put(words[0], Printable.line(words[2].replaceFirst("^error: ", "")));
      } else {
        throw new Undetermined(outputs.host() + ": the list of libvirt's drivers is not readable");
      }
    }
    return new LibvirtDrivers(said);
  }
}
