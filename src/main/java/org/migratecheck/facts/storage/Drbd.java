package org.migratecheck.facts.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.FactSource;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * DRBD's resources on a host ({@code drbdsetup status --json}, {@code drbdsetup show}; version 8.4:
 * {@code /proc/drbd}).
 *
 * @param resources the volumes of all resources
 */
public record Drbd(List<Resource> resources) {
  /** DRBD's resources on a host. */
  public static final Fact<Drbd> FACT = Fact.host("drbd", "drbd", Drbd::parse);

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern OLD =
      Pattern.compile(
          "\\s*([0-9]+): cs:(\\S+) ro:([A-Za-z]+)/([A-Za-z]+) ds:([A-Za-z]+)/([A-Za-z]+) .*");
  private static final Pattern RESOURCE = Pattern.compile("resource \"?([^\" {]+)\"? *\\{");
  private static final Pattern MINOR = Pattern.compile("device\\s+(?:\\S+\\s+)?minor\\s+([0-9]+);");

  /** Copies the list. */
  public Drbd {
    resources = List.copyOf(resources);
  }

  /**
   * A volume of a resource as this host sees it.
   *
   * @param name the resource's name
   * @param minor the minor number of its device
   * @param role {@code Primary} or {@code Secondary}
   * @param disk the state of the disk here, such as {@code UpToDate}
   * @param connected whether it is connected to another host that has a sound copy
   * @param twoPrimaries whether two hosts may be primary
   * @param autoPromote whether opening it makes the host primary
   */
  public record Resource(
      String name,
      int minor,
      String role,
      String disk,
      boolean connected,
      boolean twoPrimaries,
      boolean autoPromote) {
    /** Returns its state for people. */
    public String text() {
      return name
          + " minor "
          + minor
          + " "
          + role
          + " "
          + disk
          + (connected ? ", connected" : ", not connected")
          + (twoPrimaries ? ", two primaries allowed" : "");
    }
  }

  /** Announces the fact. */
  public static final class Source implements FactSource {
    @Override
    public List<Fact<?>> facts() {
      return List.of(FACT);
    }
  }

  /** Returns the volume with that minor number. */
  public Optional<Resource> minor(int minor) {
    return resources.stream().filter(r -> r.minor() == minor).findFirst();
  }

  /** Returns the resource of that name. */
  public Optional<Resource> named(String name) {
    return resources.stream().filter(r -> r.name().equals(name)).findFirst();
  }

  private static Drbd parse(Outputs outputs) {
    String show = String.join("\n", Evidence.lines(outputs, "drbd/show"));
    String json = String.join("\n", Evidence.lines(outputs, "drbd/status")).strip();
    if (!json.isEmpty()) {
      return new Drbd(status(outputs.host(), json, sections(show)));
    }
    return new Drbd(old(Evidence.lines(outputs, "drbd/proc"), sections(show)));
  }

  /** The configuration of each resource, as text. */
  private static Map<String, String> sections(String show) {
    Map<String, String> sections = new TreeMap<>();
    String[] parts = show.split("(?m)^(?=resource )");
    for (String part : parts) {
      Matcher matcher = RESOURCE.matcher(part);
      if (matcher.find()) {
        sections.put(matcher.group(1), part);
      }
    }
    return sections;
  }

  private static boolean says(String section, String option) {
    return Pattern.compile("\\b" + option + "(\\s+yes)?\\s*;").matcher(section).find();
  }

  private static List<Resource> status(String host, String json, Map<String, String> sections) {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JacksonException e) {
      throw new Undetermined(host + ": what drbdsetup tells makes no sense");
    }
    if (root == null || !root.isArray()) {
      throw new Undetermined(host + ": what drbdsetup tells makes no sense");
    }
    List<Resource> resources = new ArrayList<>();
    for (JsonNode resource : root) {
      String name = resource.path("name").asString("");
      boolean connected = false;
      for (JsonNode connection : resource.path("connections")) {
        boolean up = connection.path("connection-state").asString("").equals("Connected");
        boolean sound = true;
        for (JsonNode peer : connection.path("peer_devices")) {
          sound &= peer.path("peer-disk-state").asString("").equals("UpToDate");
        }
        connected |= up && sound;
      }
      String section = sections.getOrDefault(name, "");
      for (JsonNode device : resource.path("devices")) {
        if (name.isEmpty() || !device.path("minor").isIntegralNumber()) {
          throw new Undetermined(host + ": what drbdsetup tells is not whole");
        }
        resources.add(
            new Resource(
                name,
                device.path("minor").asInt(),
                resource.path("role").asString(""),
                device.path("disk-state").asString(""),
                connected,
                says(section, "allow-two-primaries"),
                !Pattern.compile("\\bauto-promote\\s+no\\s*;").matcher(section).find()));
      }
    }
    return resources;
  }

  private static List<Resource> old(List<String> lines, Map<String, String> sections) {
    List<Resource> resources = new ArrayList<>();
    for (String line : lines) {
      Matcher m = OLD.matcher(line);
      if (m.matches()) {
        String minor = m.group(1);
        Map.Entry<String, String> section =
            sections.entrySet().stream()
                .filter(
                    e -> {
                      Matcher device = MINOR.matcher(e.getValue());
                      return device.find() && device.group(1).equals(minor);
                    })
                .findFirst()
                .orElse(Map.entry("minor " + minor, ""));
        resources.add(
            new Resource(
                section.getKey(),
                Integer.parseInt(minor),
                m.group(3),
                m.group(5),
                m.group(2).equals("Connected") && m.group(6).equals("UpToDate"),
                says(section.getValue(), "allow-two-primaries"),
                false));
      }
    }
    return resources;
  }
}
