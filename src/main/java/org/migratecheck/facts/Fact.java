package org.migratecheck.facts;

import java.util.List;
import java.util.function.Function;

/**
 * A named, typed fact and how it is read from evidence. The name is the first step of the fact
 * paths that rules in check files use, such as {@code os} in {@code os.versionId}.
 *
 * @param name the name, unique among all facts
 * @param place where its probes run
 * @param probes the probes (file names in {@code checks/probes} without {@code .sh}) it is read
 *     from
 * @param parser the reader; throws {@link Undetermined} where it cannot read
 * @param <T> an immutable record, list or map that Jackson can turn into a tree
 */
public record Fact<T>(String name, Place place, List<String> probes, Function<Outputs, T> parser) {
  /** Copies the list. */
  public Fact {
    probes = List.copyOf(probes);
  }

  /** Where the probes of a fact run. */
  public enum Place {
    /** In the first step, on every host. */
    HOST,
    /** In the second step, on the source, towards one destination. */
    LINK_SOURCE,
    /** In the second step, on the destination, for the guests of one source. */
    LINK_DESTINATION
  }

  /** Returns a fact read from one probe on every host. */
  public static <T> Fact<T> host(String name, String probe, Function<Outputs, T> parser) {
    return new Fact<>(name, Place.HOST, List.of(probe), parser);
  }
}
