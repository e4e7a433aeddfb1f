package org.migratecheck.facts.network;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.Xml;
import org.migratecheck.model.ProbeOutput;

/** Reads the probe {@code libvirt-networks}. */
final class VirtualNetworks {
  private static final String PROBE = "libvirt-networks/";
  private static final String GONE = "Network not found";

  private VirtualNetworks() {}

  static List<VirtualNetwork> parse(Outputs outputs) {
    List<String> uuids = list(outputs);
    if (uuids.isEmpty()) {
      return List.of();
    }
    Map<String, Map<String, String>> infos = infos(outputs);
    SortedMap<String, VirshXml.Document> live = documents(outputs, "live");
    SortedMap<String, VirshXml.Document> definitions = documents(outputs, "inactive");
    List<VirtualNetwork> networks = new ArrayList<>();
    for (String uuid : uuids) {
      Map<String, String> info = infos.get(uuid);
      VirshXml.Document now = live.get(uuid);
      VirshXml.Document next = definitions.get(uuid);
      if (info != null && now != null && next != null) {
        networks.add(network(outputs, uuid, info, now.xml(), next));
      } else if (!gone(outputs)) {
        throw new Undetermined(
            outputs.host() + ": libvirt lists the network " + uuid + " but does not show it");
      }
    }
    networks.sort(Comparator.comparing(VirtualNetwork::name).thenComparing(VirtualNetwork::uuid));
    return List.copyOf(networks);
  }

  private static VirtualNetwork network(
      Outputs outputs,
      String uuid,
      Map<String, String> info,
      Xml live,
      VirshXml.Document definition) {
    return new VirtualNetwork(
        live.textAt("name")
            .orElseThrow(
                () -> new Undetermined(outputs.host() + ": network " + uuid + " has no name")),
        uuid,
        yes(outputs, info, "Active"),
        yes(outputs, info, "Persistent"),
        yes(outputs, info, "Autostart"),
        live,
        definition.xml(),
        definition.text());
  }

  /**
   * A host whose libvirt has no network driver has no virtual networks: the daemon answers that it
   * cannot, or the daemon for networks is not installed.
   */
  private static List<String> list(Outputs outputs) {
    ProbeOutput output = outputs.complete(PROBE + "list");
    if (output.exitStatus() != 0) {
      boolean unsupported = output.stderr().contains("not supported by the connection driver");
      boolean noDaemon = output.stderr().contains("virtnetworkd-sock");
      if (unsupported
          || (noDaemon && !SysTable.lines(outputs, PROBE + "daemons").contains("virtnetworkd"))) {
        return List.of();
      }
    }
    List<String> uuids =
        outputs.ok(PROBE + "list").lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    if (!uuids.stream().allMatch(VirshXml::isUuid)) {
      throw new Undetermined(outputs.host() + ": virsh net-list printed what is no UUID");
    }
    return uuids;
  }

  /** Blocks of {@code Key: value} lines, each beginning with the name. */
  private static Map<String, Map<String, String>> infos(Outputs outputs) {
    Map<String, Map<String, String>> infos = new TreeMap<>();
    Map<String, String> current = new LinkedHashMap<>();
    for (String line : outputs.complete(PROBE + "info").stdout().split("\n")) {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        continue;
      }
      String key = line.substring(0, colon);
      if (key.equals("Name")) {
        current = new LinkedHashMap<>();
      }
      String value = line.substring(colon + 1).strip();
      if (current.putIfAbsent(key, value) == null && key.equals("UUID")) {
        infos.put(value, current);
      }
    }
    return infos;
  }

  private static boolean yes(Outputs outputs, Map<String, String> info, String key) {
    String value = Optional.ofNullable(info.get(key)).orElse("");
    if (!value.equals("yes") && !value.equals("no")) {
      throw new Undetermined(
          outputs.host() + ": virsh net-info does not say '" + key + "' in yes or no");
    }
    return value.equals("yes");
  }

  private static SortedMap<String, VirshXml.Document> documents(Outputs outputs, String part) {
    return VirshXml.documents(outputs, PROBE + part, "network", GONE);
  }

  private static boolean gone(Outputs outputs) {
    return List.of("info", "live", "inactive").stream()
        .anyMatch(part -> outputs.complete(PROBE + part).stderr().contains(GONE));
  }
}
