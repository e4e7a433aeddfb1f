package org.migratecheck.facts.host;

import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Xml;

/**
 * The machine types of a host's default emulators, from {@code virsh capabilities}.
 *
 * @param deprecated those that QEMU will drop, {@code ARCHITECTURE/MACHINE}
 * @param canonical the name behind an alias such as {@code q35}, both with their architecture
 */
public record Machines(SortedSet<String> deprecated, Map<String, String> canonical) {
  /** The machine types. */
  public static final Fact<Machines> FACT = Fact.host("machines", "libvirt", Machines::parse);

  /** Copies the collections. */
  public Machines {
    deprecated = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(deprecated));
    canonical = java.util.Collections.unmodifiableMap(new TreeMap<>(canonical));
  }

  private static Machines parse(Outputs outputs) {
    Xml xml =
        Xml.parse(outputs.host() + ": virsh capabilities", outputs.ok("libvirt/capabilities"));
    SortedSet<String> deprecated = new TreeSet<>();
    Map<String, String> canonical = new TreeMap<>();
    for (Xml arch : xml.all("guest/arch")) {
      String name = arch.attr("name") + "/";
      for (String path : new String[] {"machine", "domain/machine"}) {
        for (Xml machine : arch.all(path)) {
          if (machine.attr("deprecated").equals("yes")) {
            deprecated.add(name + machine.text());
          }
          machine
              .attribute("canonical")
              .ifPresent(c -> canonical.put(name + machine.text(), name + c));
        }
      }
    }
    return new Machines(deprecated, canonical);
  }
}
