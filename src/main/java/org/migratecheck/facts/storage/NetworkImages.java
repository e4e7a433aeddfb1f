package org.migratecheck.facts.storage;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.FactSource;
import org.migratecheck.facts.Outputs;

/**
 * What QEMU's block drivers of a host find behind the URIs of network disks.
 *
 * @param answers by URI
 */
public record NetworkImages(Map<String, Answer> answers) {
  /** The network disks as the source sees them. */
  public static final Fact<NetworkImages> SOURCE =
      fact("networkImagesOnSource", Fact.Place.LINK_SOURCE);

  /** The network disks as the destination sees them. */
  public static final Fact<NetworkImages> DESTINATION =
      fact("networkImagesOnDestination", Fact.Place.LINK_DESTINATION);

  /** Copies the map. */
  public NetworkImages {
    answers = java.util.Collections.unmodifiableMap(new TreeMap<>(answers));
  }

  /**
   * What came of opening one.
   *
   * @param bytes its size; empty when it could not be opened
   * @param hangs whether there was no answer in time
   * @param words QEMU's words when it could not be opened; else empty
   */
  public record Answer(OptionalLong bytes, boolean hangs, String words) {
    /** Returns whether it was opened. */
    public boolean opened() {
      return bytes.isPresent();
    }
  }

  /** Announces the facts. */
  public static final class Source implements FactSource {
    @Override
    public List<Fact<?>> facts() {
      return List.of(SOURCE, DESTINATION);
    }
  }

  /**
   * Returns the URI by which qemu-img opens a network disk with nothing but its XML (qemu(1),
   * Device URL Syntax); empty for one that needs more: a secret, TLS, cookies, a socket, or a
   * cluster's configuration.
   */
  public static Optional<String> uri(Image image) {
    if (image.network().isEmpty() || !image.secrets().isEmpty()) {
      return Optional.empty();
    }
    Image.Network network = image.network().get();
    if (network.special() || network.hosts().isEmpty()) {
      return Optional.empty();
    }
    Image.Server server = network.hosts().get(0);
    String name = network.name().startsWith("/") ? network.name().substring(1) : network.name();
    if (!server.name().matches("[A-Za-z0-9][A-Za-z0-9._:-]{0,254}")
        || !server.port().matches("[0-9]{1,5}")
        || !name.matches("[A-Za-z0-9._:/-]{0,1000}")) {
      return Optional.empty();
    }
    String host = server.name().contains(":") ? "[" + server.name() + "]" : server.name();
    String place = host + ":" + server.port() + "/" + name;
    return switch (network.protocol()) {
      case "nbd" -> Optional.of("nbd://" + place);
      case "iscsi" -> Optional.of("iscsi://" + place + (name.contains("/") ? "" : "/0"));
      case "gluster" -> Optional.of("gluster://" + place);
      // Its URI has no port.
      case "nfs" -> Optional.of("nfs://" + host + "/" + name);
      case "http", "https" -> Optional.of(network.protocol() + "://" + place);
      default -> Optional.empty();
    };
  }

  private static Fact<NetworkImages> fact(String name, Fact.Place place) {
    return new Fact<>(name, place, List.of("network-images"), NetworkImages::parse);
  }

  private static NetworkImages parse(Outputs outputs) {
    Map<String, Answer> answers = new TreeMap<>();
    var parts = outputs.withPrefix("network-images/").keySet();
    if (parts.isEmpty()) {
      outputs.ok("network-images");
    }
    for (String part : parts) {
      List<String> lines = Evidence.lines(outputs, "network-images/" + part);
      if (lines.size() != 2 || !lines.get(0).startsWith("image ")) {
        throw Evidence.unreadable(outputs.host(), "network-images", String.join(" ", lines));
      }
      String answer = lines.get(1);
      String uri = lines.get(0).substring(6);
      if (answer.startsWith("size ")) {
        long bytes = Evidence.number(outputs.host(), "network-images", answer.substring(5));
        answers.put(uri, new Answer(OptionalLong.of(bytes), false, ""));
      } else if (answer.equals("hangs") || answer.startsWith("failed ")) {
        answers.put(
            uri,
            new Answer(
                OptionalLong.empty(),
                answer.equals("hangs"),
                answer.equals("hangs") ? "" : words(answer.substring(7).strip())));
      } else {
        throw Evidence.unreadable(outputs.host(), "network-images", answer);
      }
    }
    return new NetworkImages(answers);
  }

  /** The last sentence of qemu-img, without what comes before the URI. */
  private static String words(String text) {
    int open = text.indexOf("Could not open");
    String words = open < 0 ? text : text.substring(open);
    return words.length() > 300 ? words.substring(0, 300) + "..." : words;
  }
}
