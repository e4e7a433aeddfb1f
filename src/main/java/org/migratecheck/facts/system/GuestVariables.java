package org.migratecheck.facts.system;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.facts.LinkVariables;
import org.migratecheck.facts.Xml;
import org.migratecheck.model.ProbeOutput;

/**
 * Tells the probes {@code guest-state} and {@code guest-fit} which guests to ask about. Guests that
 * have no memory to move are left out.
 */
public final class GuestVariables implements LinkVariables {
  private static final String PREFIX = "MC_SYSTEM_";

  @Override
  public Map<String, String> variables(
      HostFacts source, HostFacts destination, List<Guest> guests) {
    List<Guest> active = guests.stream().filter(Guest::active).toList();
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put(
        PREFIX + "GUESTS", active.stream().map(Guest::uuid).collect(Collectors.joining(" ")));
    for (int i = 0; i < active.size(); i++) {
      Guest guest = active.get(i);
      String number = Integer.toString(i + 1);
      variables.put(PREFIX + "DISKS_" + number, String.join(" ", disks(guest.xml())));
      variables.put(PREFIX + "EMULATOR_" + number, text(guest.xml(), "devices/emulator"));
      variables.put(PREFIX + "ARCH_" + number, attribute(guest.xml(), "os/type", "arch"));
      variables.put(PREFIX + "MACHINE_" + number, attribute(guest.xml(), "os/type", "machine"));
      variables.put(PREFIX + "TYPE_" + number, guest.xml().attr("type"));
      variables.put(PREFIX + "CPU_" + number, cpu(guest.xml()).map(Xml::canonical).orElse(""));
      variables.put(PREFIX + "XML_" + number, migratable(source, guest));
    }
    return variables;
  }

  /**
   * Returns the CPU as the guest really sees it, for that is what the destination has to provide;
   * empty where libvirt compares nothing: no model, or whatever the host has.
   */
  static Optional<Xml> cpu(Xml guest) {
    return guest
        .first("cpu")
        .filter(c -> c.first("model").isPresent() || !c.all("feature").isEmpty())
        .filter(c -> !c.attr("mode").equals("host-passthrough"))
        .filter(c -> !c.attr("mode").equals("maximum"));
  }

  /** Only a disk with a medium can have a block job; odd target names could split into words. */
  private static List<String> disks(Xml guest) {
    return guest.all("devices/disk").stream()
        .filter(d -> d.first("source").isPresent())
        .flatMap(d -> d.attribute("target", "dev").stream())
        .filter(t -> t.matches("[A-Za-z0-9]+"))
        .toList();
  }

  /** The text as it was dumped: the parsed tree has lost the namespaces of QEMU's own elements. */
  private static String migratable(HostFacts source, Guest guest) {
    ProbeOutput output = source.evidence().probes().get("guests/migratable." + guest.uuid());
    return output != null
            && output.completeness() == ProbeOutput.Completeness.COMPLETE
            && output.exitStatus() == 0
        ? output.stdout()
        : "";
  }

  private static String text(Xml guest, String path) {
    return guest.textAt(path).orElse("");
  }

  private static String attribute(Xml guest, String path, String attribute) {
    return guest.attribute(path, attribute).orElse("");
  }
}
