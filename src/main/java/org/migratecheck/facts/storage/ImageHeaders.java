package org.migratecheck.facts.storage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.FactSource;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the headers of images in the format qcow2 say, as {@code qemu-img info --output=json} reads
 * them. QEMU on the destination opens what the header names, whatever the source once opened.
 *
 * @param headers by path
 * @param readable whether the host has the tool that reads headers
 */
public record ImageHeaders(Map<String, Header> headers, boolean readable) {
  /** The headers of the images of running guests. */
  public static final Fact<ImageHeaders> FACT =
      Fact.host("imageHeaders", "images", ImageHeaders::parse);

  private static final int MAX_CHAIN = 200;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Copies the map. */
  public ImageHeaders {
    headers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /**
   * The header of one image.
   *
   * @param path the image
   * @param backing the full name of the backing image; empty for none
   * @param backingFormat the format that the header gives the backing image; empty for none
   * @param dataFile the file that holds the data of the image; empty when it holds them itself
   * @param error why the header could not be read; else empty
   */
  public record Header(
      String path,
      Optional<String> backing,
      Optional<String> backingFormat,
      Optional<String> dataFile,
      String error) {}

  /** Announces the fact. */
  public static final class Source implements FactSource {
    @Override
    public List<Fact<?>> facts() {
      return List.of(FACT);
    }
  }

  /**
   * Returns the headers from an image downwards, as far as they are known; empty for an image that
   * is not in the format qcow2.
   */
  public List<Header> chain(String path) {
    List<Header> chain = new ArrayList<>();
    Optional<Header> next = Optional.ofNullable(headers.get(path));
    while (next.isPresent() && chain.size() < MAX_CHAIN && !chain.contains(next.get())) {
      chain.add(next.get());
      next = next.get().backing().flatMap(b -> Optional.ofNullable(headers.get(b)));
    }
    return chain;
  }

  private static ImageHeaders parse(Outputs outputs) {
    Map<String, Header> headers = new LinkedHashMap<>();
    String path = "";
    StringBuilder json = new StringBuilder();
    List<String> lines = new ArrayList<>(Evidence.lines(outputs, "images/chains"));
    boolean readable = !lines.remove("no-qemu-img");
    lines.add("image ");
    for (String line : lines) {
      if (line.startsWith("image ")) {
        if (!path.isEmpty() && !headers.containsKey(path)) {
          headers.put(path, header(outputs.host(), path, json.toString()));
        }
        path = line.substring(6);
        json.setLength(0);
      } else if (path.isEmpty()) {
        throw Evidence.unreadable(outputs.host(), "images", line);
      } else if (line.startsWith("failed ")) {
        headers.put(
            path,
            new Header(
                path, Optional.empty(), Optional.empty(), Optional.empty(), line.substring(7)));
      } else {
        json.append(line).append('\n');
      }
    }
    return new ImageHeaders(headers, readable);
  }

  private static Header header(String host, String path, String text) {
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JacksonException e) {
      throw new Undetermined(host + ": what qemu-img tells of an image makes no sense");
    }
    if (root == null || !root.path("virtual-size").isIntegralNumber()) {
      throw new Undetermined(host + ": what qemu-img tells of an image is not whole");
    }
    Optional<String> data = text(root.path("format-specific").path("data").path("data-file"));
    return new Header(
        path,
        text(root.path("full-backing-filename")).or(() -> text(root.path("backing-filename"))),
        text(root.path("backing-filename-format")),
        data.map(d -> beside(path, d)),
        "");
  }

  /** A relative name is meant from the image's directory. */
  private static String beside(String image, String name) {
    return name.startsWith("/") || name.contains(":")
        ? name
        : image.substring(0, image.lastIndexOf('/') + 1) + name;
  }

  private static Optional<String> text(JsonNode node) {
    return node.isString() && !node.asString().isEmpty()
        ? Optional.of(node.asString())
        : Optional.empty();
  }
}
