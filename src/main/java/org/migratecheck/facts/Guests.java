package org.migratecheck.facts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The guests of a host, from {@code virsh list}, {@code domstate} and {@code dumpxml}. */
public final class Guests implements FactSource {
  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  /** All guests that libvirt knows on the host, sorted by name. */
  public static final Fact<List<Guest>> FACT = Fact.host("guests", "guests", Guests::parse);

  @Override
  public List<Fact<?>> facts() {
    return List.of(FACT);
  }

  private static List<Guest> parse(Outputs outputs) {
    Set<String> autostart = uuids(outputs, "guests/autostart");
    Set<String> persistent = uuids(outputs, "guests/persistent");
    List<Guest> guests = new ArrayList<>();
    for (String uuid : uuids(outputs, "guests/list")) {
      read(outputs, uuid, autostart, persistent).ifPresent(guests::add);
    }
    guests.sort(Comparator.comparing(Guest::name).thenComparing(Guest::uuid));
    return List.copyOf(guests);
  }

  /** A guest that vanished between the list and the dump is no guest; any other failure counts. */
  private static Optional<Guest> read(
      Outputs outputs, String uuid, Set<String> autostart, Set<String> persistent) {
    if (vanished(outputs, "guests/xml." + uuid)) {
      return Optional.empty();
    }
    Xml xml = Xml.parse("guest " + uuid, outputs.ok("guests/xml." + uuid));
    String name =
        xml.textAt("name").orElseThrow(() -> new Undetermined("guest " + uuid + " has no name"));
    return Optional.of(
        new Guest(
            uuid,
            name,
            outputs.ok("guests/state." + uuid).strip(),
            autostart.contains(uuid),
            persistent.contains(uuid),
            xml,
            outputs.ifOk("guests/inactive." + uuid).map(x -> Xml.parse("guest " + uuid, x)),
            outputs.ifOk("guests/migratable." + uuid).map(x -> Xml.parse("guest " + uuid, x))));
  }

  private static boolean vanished(Outputs outputs, String name) {
    var output = outputs.complete(name);
    return output.exitStatus() != 0
        && (output.stderr().contains("failed to get domain")
            || output.stderr().contains("Domain not found"));
  }

  private static Set<String> uuids(Outputs outputs, String name) {
    Set<String> lines =
        outputs
            .ok(name)
            .lines()
            .map(String::strip)
            .filter(l -> !l.isEmpty())
            .collect(Collectors.toCollection(java.util.TreeSet::new));
    for (String line : lines) {
      if (!UUID.matcher(line).matches()) {
        throw new Undetermined(outputs.host() + ": '" + name + "' printed what is no guest UUID");
      }
    }
    return lines;
  }
}
