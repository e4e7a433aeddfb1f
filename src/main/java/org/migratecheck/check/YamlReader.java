package org.migratecheck.check;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.MapperBuilder;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads YAML strictly: unknown keys, repeated keys and further documents are mistakes. */
final class YamlReader {
  private final YamlCache cache;
  private final JsonMapper json = strict(JsonMapper.builder()).build();

  /** Made when the first text is not in the cache: its classes alone cost a part of a start. */
  private volatile YAMLMapper yaml;

  YamlReader(YamlCache cache) {
    this.cache = cache;
  }

  private static <B extends MapperBuilder<?, B>> B strict(B builder) {
    return builder
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  private YAMLMapper yaml() {
    if (yaml == null) {
      yaml =
          strict(
                  YAMLMapper.builder(
                      YAMLFactory.builder()
                          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                          .build()))
              .build();
    }
    return yaml;
  }

  /**
   * Reads a text; null where it is empty.
   *
   * @throws JacksonException when it is no YAML or has another shape, with the line
   */
  <T> T value(byte[] content, Class<T> shape) {
    Optional<String> known = cache.find(content);
    if (known.isPresent()) {
      try {
        return json.readValue(known.get(), shape);
      } catch (JacksonException e) {
        // Then the text itself is read.
      }
    }
    return yaml().readValue(text(content), shape);
  }

  /** Reads a text that {@link #value} has read, as a tree. */
  JsonNode tree(byte[] content) {
    Optional<String> known = cache.find(content);
    return known.isPresent() ? json.readTree(known.get()) : yaml().readTree(text(content));
  }

  /**
   * Keeps a text that proved sound for later runs, unless JSON would be read as something else:
   * YAML's {@code 1.10} as a text, for instance.
   */
  <T> void keep(byte[] content, Class<T> shape, T value) {
    if (cache.find(content).isPresent()) {
      return;
    }
    String same = json.writeValueAsString(yaml().readTree(text(content)));
    try {
      if (Objects.deepEquals(json.readValue(same, shape), value)) {
        cache.keep(content, same);
      }
    } catch (JacksonException e) {
      // It is read as YAML each time.
    }
  }

  private static String text(byte[] content) {
    return new String(content, StandardCharsets.UTF_8);
  }
}
