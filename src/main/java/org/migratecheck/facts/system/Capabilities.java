package org.migratecheck.facts.system;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.Xml;

/**
 * What libvirt says that its host can do, from {@code virsh capabilities}.
 *
 * @param hostUuid the UUID by which libvirt tells hosts apart, in small letters
 * @param platforms what kinds of guests its default emulators can run
 */
public record Capabilities(String hostUuid, List<Platform> platforms) {

  /** What libvirt says that its host can do. */
  public static final Fact<Capabilities> FACT =
      Fact.host("capabilities", "libvirt", Capabilities::parse);

  /**
   * One architecture of guests.
   *
   * @param architecture such as {@code x86_64}
   * @param emulators the default emulators
   * @param types the domain types, such as {@code qemu} and {@code kvm}
   * @param machines the machine types and their aliases
   */
  public record Platform(
      String architecture, List<String> emulators, List<String> types, List<String> machines) {
    /** Copies the lists. */
    public Platform {
      emulators = List.copyOf(emulators);
      types = List.copyOf(types);
      machines = List.copyOf(machines);
    }
  }

  /** Copies the list. */
  public Capabilities {
    platforms = List.copyOf(platforms);
  }

  /** Returns whether guests of {@code architecture} can run as {@code type} ({@code kvm} ...). */
  public boolean offers(String architecture, String type) {
    return platforms.stream()
        .anyMatch(p -> p.architecture().equals(architecture) && p.types().contains(type));
  }

  private static Capabilities parse(Outputs outputs) {
    Xml xml =
        Xml.parse(outputs.host() + ": virsh capabilities", outputs.ok("libvirt/capabilities"));
    String uuid =
        xml.textAt("host/uuid")
            .orElseThrow(
                () -> new Undetermined(outputs.host() + ": libvirt tells no UUID of its host"));
    List<Platform> platforms = new ArrayList<>();
    for (Xml arch : xml.all("guest/arch")) {
      platforms.add(
          new Platform(
              arch.attr("name"),
              both(arch, "emulator", "domain/emulator"),
              arch.all("domain").stream().map(d -> d.attr("type")).distinct().toList(),
              both(arch, "machine", "domain/machine")));
    }
    return new Capabilities(uuid.toLowerCase(Locale.ROOT), platforms);
  }

  private static List<String> both(Xml arch, String path, String inner) {
    Set<String> found = new LinkedHashSet<>();
    arch.all(path).forEach(x -> found.add(x.text()));
    arch.all(inner).forEach(x -> found.add(x.text()));
    return List.copyOf(found);
  }
}
