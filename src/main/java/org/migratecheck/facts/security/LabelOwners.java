package org.migratecheck.facts.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.facts.LinkVariables;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.Xml;
import org.migratecheck.model.Printable;

/**
 * The numbers that users and groups in the labels of the judged guests have on one host.
 *
 * @param host the host
 * @param numbers the number by kind and name, such as {@code user qemu}; {@code missing} where the
 *     host does not know the name
 */
public record LabelOwners(String host, Map<String, String> numbers) {
  /** On the source. */
  public static final Fact<LabelOwners> SOURCE =
      new Fact<>("labelOwnersSource", Fact.Place.LINK_SOURCE, List.of("owners"), LabelOwners::of);

  /** On the destination. */
  public static final Fact<LabelOwners> DESTINATION =
      new Fact<>(
          "labelOwnersDestination",
          Fact.Place.LINK_DESTINATION,
          List.of("owners"),
          LabelOwners::of);

  private static final List<String> WITH_LABELS =
      List.of(
          "devices/disk/source/seclabel",
          "devices/disk/backingStore/source/seclabel",
          "devices/serial/source/seclabel",
          "devices/console/source/seclabel",
          "devices/channel/source/seclabel");

  /** A name that {@code getent} takes for a name; a number needs no user database. */
  private static final Pattern NAME = Pattern.compile("(?!\\d+$)[A-Za-z0-9_][A-Za-z0-9_.@-]{0,63}");

  private static final int MAX = 500;

  /** Copies the map. */
  public LabelOwners {
    numbers = Map.copyOf(numbers);
  }

  /** Returns all elements {@code seclabel} of a guest's XML, those of its devices too. */
  public static List<Xml> labels(Xml guest) {
    List<Xml> labels = new ArrayList<>(guest.all("seclabel"));
    WITH_LABELS.forEach(place -> labels.addAll(guest.all(place)));
    return labels;
  }

  /**
   * Returns the users and groups that a guest's DAC labels name, each {@code user NAME} or {@code
   * group NAME}. libvirt looks both up where the guest is to run (virutil.c, virParseOwnershipIds).
   */
  public static Set<String> named(Guest guest) {
    Set<String> named = new TreeSet<>();
    for (Xml label : labels(guest.migratable().orElse(guest.xml()))) {
      if (!label.attr("model").equals("dac")) {
        continue;
      }
      for (String kind : List.of("label", "baselabel")) {
        String[] owner = label.textAt(kind).orElse("").strip().split(":", 2);
        if (owner.length == 2) {
          add(named, "user ", owner[0]);
          add(named, "group ", owner[1]);
        }
      }
    }
    return named;
  }

  private static void add(Set<String> named, String kind, String name) {
    if (NAME.matcher(name).matches()) {
      named.add(kind + name);
    }
  }

  /**
   * Returns the number of a user or group; empty where the host does not know it.
   *
   * @param name {@code user NAME} or {@code group NAME}
   * @throws Undetermined when it was not looked up, or could not be
   */
  public Optional<String> number(String name) {
    String number = numbers.getOrDefault(name, "unknown");
    if (number.equals("unknown")) {
      throw new Undetermined(host + ": whether there is a " + name + " is not known");
    }
    return number.equals("missing") ? Optional.empty() : Optional.of(number);
  }

  /** Tells the probe {@code owners} what to look up. */
  public static final class Variables implements LinkVariables {
    @Override
    public Map<String, String> variables(
        HostFacts source, HostFacts destination, List<Guest> guests) {
      Set<String> all = new TreeSet<>();
      guests.stream().filter(Guest::active).forEach(guest -> all.addAll(named(guest)));
      return Map.of("MC_OWNERS", String.join("\n", all.stream().limit(MAX).toList()));
    }
  }

  private static LabelOwners of(Outputs outputs) {
    Map<String, String> numbers = new TreeMap<>();
    for (String line : Confinement.lines(outputs, "owners/list")) {
      String[] words = line.split(" ", -1);
      if (words.length != 3 || !words[2].matches("[0-9]{1,10}|missing|unknown")) {
        throw new Undetermined(
            outputs.host() + ": 'owners/list' cannot be read: " + Printable.line(line));
      }
      numbers.put(words[0] + " " + words[1], words[2]);
    }
    return new LabelOwners(outputs.host(), numbers);
  }
}
