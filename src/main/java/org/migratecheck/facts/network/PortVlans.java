package org.migratecheck.facts.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;

/**
 * Which VLANs a bridge with VLAN filtering lets through, from {@code bridge vlan show}.
 *
 * @param byPort for each port, and for the bridge itself under its own name, entries such as {@code
 *     10-20} or {@code 30 PVID Egress Untagged}
 */
public record PortVlans(SortedMap<String, List<String>> byPort) {

  /** The VLANs of all ports; nothing where no bridge filters VLANs. */
  public static final Fact<PortVlans> FACT = Fact.host("bridge-vlans", "network", PortVlans::parse);

  private static final Pattern ROW =
      Pattern.compile("(\\S*)\\s+(None|[0-9]{1,4}(?:-[0-9]{1,4})?(?: (?:PVID|Egress|Untagged))*)");

  /** Copies the map. */
  public PortVlans {
    byPort = Collections.unmodifiableSortedMap(new TreeMap<>(byPort));
  }

  /** Returns the entries of a port or bridge. */
  public List<String> of(String port) {
    return byPort.getOrDefault(port, List.of());
  }

  private static PortVlans parse(Outputs outputs) {
    SortedMap<String, List<String>> result = new TreeMap<>();
    if (SysLinks.bridges(outputs).stream().noneMatch(Bridge::vlanFiltering)) {
      return new PortVlans(result);
    }
    String text = outputs.ok("network/vlans");
    String host = outputs.host();
    if (!text.startsWith("port") || !text.endsWith("\n")) {
      throw new Undetermined(host + ": 'bridge vlan show' printed no whole table");
    }
    List<String> current = List.of();
    for (String line : text.lines().skip(1).toList()) {
      if (line.isBlank()) {
        continue;
      }
      Matcher row = ROW.matcher(line.stripTrailing());
      if (!row.matches() || (row.group(1).isEmpty() && result.isEmpty())) {
        throw new Undetermined(host + ": 'bridge vlan show' printed what is no row of a table");
      }
      if (!row.group(1).isEmpty()) {
        current = result.computeIfAbsent(row.group(1), k -> new ArrayList<>());
      }
      if (!row.group(2).equals("None")) {
        current.add(row.group(2));
      }
    }
    return new PortVlans(result);
  }
}
