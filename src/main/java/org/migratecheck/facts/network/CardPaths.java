package org.migratecheck.facts.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.facts.LinkVariables;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;

/** Files that network cards of guests name, and whether the destination has them. */
public final class CardPaths implements LinkVariables {
  /**
   * What there is at each path: {@code socket}, {@code directory}, {@code program}, {@code file} or
   * {@code missing}.
   */
  public static final Fact<Map<String, String>> FACT =
      new Fact<>("cardPaths", Fact.Place.LINK_DESTINATION, List.of("card-paths"), CardPaths::parse);

  private static final int MOST = 100;

  /**
   * Returns the paths that a card names: its scripts, and its socket or that socket's directory.
   */
  public static Set<String> of(Nic nic) {
    Set<String> paths = new TreeSet<>();
    script(nic).ifPresent(paths::add);
    nic.xml().attribute("downscript", "path").ifPresent(paths::add);
    socket(nic).ifPresent(paths::add);
    paths.removeIf(p -> !p.startsWith("/") || p.indexOf('\n') >= 0 || p.indexOf('\0') >= 0);
    return paths;
  }

  /** Returns the script that plugs a card in. */
  public static java.util.Optional<String> script(Nic nic) {
    return nic.xml().attribute("script", "path").filter(p -> !p.isEmpty());
  }

  /**
   * Returns the path that a card of vhost-user needs: the socket of the switch, or the directory in
   * which QEMU is to make it.
   */
  public static java.util.Optional<String> socket(Nic nic) {
    if (!nic.type().equals("vhostuser")) {
      return java.util.Optional.empty();
    }
    boolean server = nic.xml().attribute("source", "mode").orElse("").equals("server");
    return nic.xml()
        .attribute("source", "path")
        .map(p -> server && p.lastIndexOf('/') > 0 ? p.substring(0, p.lastIndexOf('/')) : p);
  }

  @Override
  public Map<String, String> variables(
      HostFacts source, HostFacts destination, List<Guest> guests) {
    Set<String> paths = new TreeSet<>();
    guests.forEach(g -> Nic.of(g).forEach(n -> paths.addAll(of(n))));
    return Map.of("MC_CARD_PATHS", String.join("\n", paths.stream().limit(MOST).toList()));
  }

  private static Map<String, String> parse(Outputs outputs) {
    Map<String, String> found = new LinkedHashMap<>();
    List<String> lines = outputs.ok("card-paths/files").lines().toList();
    if (lines.isEmpty() || !lines.get(lines.size() - 1).equals("end")) {
      throw new Undetermined(outputs.host() + ": the files of network cards were told in part");
    }
    for (String line : lines.subList(0, lines.size() - 1)) {
      int blank = line.indexOf(' ');
      if (blank < 1) {
        throw new Undetermined(outputs.host() + ": the files of network cards are not readable");
      }
      found.put(line.substring(blank + 1), line.substring(0, blank));
    }
    return Map.copyOf(found);
  }
}
