package org.migratecheck.facts.network;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.model.Printable;
import org.migratecheck.model.ProbeOutput;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the probe {@code ovs}: four tables in the JSON of ovs-vsctl(8), one a line. A cell is a
 * value, {@code ["uuid", X]}, {@code ["set", [...]]} or {@code ["map", [[key, value], ...]]} (RFC
 * 7047, section 5.1).
 */
final class OvsTables {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> BRIDGE_SETTINGS =
      List.of(
          "fail_mode",
          "datapath_type",
          "stp_enable",
          "rstp_enable",
          "mcast_snooping_enable",
          "protocols");
  private static final List<String> PORT_SETTINGS =
      List.of("tag", "trunks", "vlan_mode", "bond_mode", "lacp");

  private final String host;

  private OvsTables(String host) {
    this.host = host;
  }

  static Ovs parse(Outputs outputs) {
    if (!outputs.has("ovs/tables")) {
      outputs.ok("ovs");
      return new Ovs(false, Optional.empty(), List.of());
    }
    ProbeOutput output = outputs.complete("ovs/tables");
    if (output.exitStatus() != 0 && output.stderr().contains("database connection failed")) {
      String said = Printable.line(output.stderr().strip().lines().findFirst().orElse(""));
      return new Ovs(true, Optional.of(said), List.of());
    }
    return new OvsTables(outputs.host()).read(outputs.ok("ovs/tables"));
  }

  private Ovs read(String text) {
    List<String> lines = text.lines().filter(l -> !l.isBlank()).toList();
    if (lines.size() != 4) {
      throw strange("other than four tables");
    }
    Map<String, Ovs.OvsInterface> interfaces = new HashMap<>();
    for (Map<String, JsonNode> row : table(lines.get(2))) {
      interfaces.put(uuid(row), link(row));
    }
    Map<String, Ovs.Port> ports = new HashMap<>();
    for (Map<String, JsonNode> row : table(lines.get(1))) {
      ports.put(uuid(row), port(row, interfaces));
    }
    Map<String, String> controllers = new HashMap<>();
    for (Map<String, JsonNode> row : table(lines.get(3))) {
      controllers.put(uuid(row), text(row, "target"));
    }
    List<Ovs.OvsBridge> bridges = new ArrayList<>();
    for (Map<String, JsonNode> row : table(lines.get(0))) {
      bridges.add(bridge(row, ports, controllers));
    }
    bridges.sort(Comparator.comparing(Ovs.OvsBridge::name));
    return new Ovs(true, Optional.empty(), bridges);
  }

  private Ovs.OvsBridge bridge(
      Map<String, JsonNode> row, Map<String, Ovs.Port> ports, Map<String, String> controllers) {
    SortedMap<String, String> settings = settings(row, BRIDGE_SETTINGS);
    List<String> targets =
        refs(row, "controller").stream().map(u -> known(controllers, u)).sorted().toList();
    if (!targets.isEmpty()) {
      settings.put("controller", String.join(" ", targets));
    }
    return new Ovs.OvsBridge(
        text(row, "name"),
        settings,
        refs(row, "ports").stream()
            .map(u -> known(ports, u))
            .sorted(Comparator.comparing(Ovs.Port::name))
            .toList());
  }

  private Ovs.Port port(Map<String, JsonNode> row, Map<String, Ovs.OvsInterface> interfaces) {
    return new Ovs.Port(
        text(row, "name"),
        cell(row, "fake_bridge").asBoolean(false),
        settings(row, PORT_SETTINGS),
        refs(row, "interfaces").stream()
            .map(u -> known(interfaces, u))
            .sorted(Comparator.comparing(Ovs.OvsInterface::name))
            .toList());
  }

  private Ovs.OvsInterface link(Map<String, JsonNode> row) {
    String type = text(row, "type");
    SortedMap<String, String> noted = map(row, "external_ids");
    return new Ovs.OvsInterface(
        text(row, "name"),
        type.isEmpty() ? "system" : type,
        text(row, "link_state").equals("up"),
        noted.containsKey("vm-id") || noted.containsKey("attached-mac"),
        map(row, "options"));
  }

  private SortedMap<String, String> settings(Map<String, JsonNode> row, List<String> columns) {
    SortedMap<String, String> settings = new TreeMap<>();
    for (String column : columns) {
      String value = text(row, column);
      if (!value.isEmpty()) {
        settings.put(column, value);
      }
    }
    return settings;
  }

  private List<Map<String, JsonNode>> table(String line) {
    JsonNode tree;
    try {
      tree = JSON.readTree(line);
    } catch (JacksonException e) {
      throw strange("what is no JSON");
    }
    JsonNode headings = tree.path("headings");
    JsonNode data = tree.path("data");
    if (!headings.isArray() || !data.isArray()) {
      throw strange("a table without headings or data");
    }
    List<Map<String, JsonNode>> rows = new ArrayList<>();
    for (JsonNode values : data) {
      if (!values.isArray() || values.size() != headings.size()) {
        throw strange("a row of another length than its table");
      }
      Map<String, JsonNode> row = new LinkedHashMap<>();
      for (int i = 0; i < headings.size(); i++) {
        row.put(headings.get(i).asString(""), values.get(i));
      }
      rows.add(row);
    }
    return rows;
  }

  private JsonNode cell(Map<String, JsonNode> row, String column) {
    JsonNode cell = row.get(column);
    if (cell == null) {
      throw strange("no column '" + column + "'");
    }
    return cell;
  }

  private String uuid(Map<String, JsonNode> row) {
    return ref(cell(row, "_uuid"));
  }

  private String ref(JsonNode cell) {
    if (!cell.isArray() || cell.size() != 2 || !cell.get(0).asString("").equals("uuid")) {
      throw strange("no UUID where one belongs");
    }
    return cell.get(1).asString("");
  }

  /** One reference, or a set of them. */
  private List<String> refs(Map<String, JsonNode> row, String column) {
    JsonNode cell = cell(row, column);
    if (cell.path(0).asString("").equals("set")) {
      List<String> refs = new ArrayList<>();
      cell.path(1).forEach(r -> refs.add(ref(r)));
      return refs;
    }
    return List.of(ref(cell));
  }

  /** A plain value, or the values of a set, sorted. */
  private String text(Map<String, JsonNode> row, String column) {
    JsonNode cell = cell(row, column);
    if (!cell.isArray()) {
      return cell.asString("");
    }
    if (!cell.path(0).asString("").equals("set") || !cell.path(1).isArray()) {
      throw strange("another kind of value in '" + column + "'");
    }
    List<String> values = new ArrayList<>();
    cell.path(1).forEach(v -> values.add(v.asString("")));
    return values.stream()
        .sorted(Comparator.comparing(String::length).thenComparing(v -> v))
        .collect(Collectors.joining(","));
  }

  private SortedMap<String, String> map(Map<String, JsonNode> row, String column) {
    SortedMap<String, String> result = new TreeMap<>();
    JsonNode cell = cell(row, column);
    if (!cell.path(0).asString("").equals("map")) {
      throw strange("another kind of value in '" + column + "'");
    }
    for (JsonNode pair : cell.path(1)) {
      result.put(pair.path(0).asString(""), pair.path(1).asString(""));
    }
    return result;
  }

  private <T> T known(Map<String, T> rows, String uuid) {
    T row = rows.get(uuid);
    if (row == null) {
      throw strange("a reference to a row that is not there");
    }
    return row;
  }

  private Undetermined strange(String what) {
    return new Undetermined(host + ": ovs-vsctl printed " + what, "Collect the evidence again.");
  }
}
