package org.migratecheck.facts.storage;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.FactSource;
import org.migratecheck.facts.Undetermined;

/**
 * The mounts of a host, or those on the way to one path.
 *
 * @param mounts in the order of the kernel
 */
public record Mounts(List<Mount> mounts) {
  /** What is mounted on a host. */
  public static final Fact<Mounts> FACT =
      Fact.host(
          "mounts",
          "mounts",
          outputs -> parse(outputs.host(), Evidence.lines(outputs, "mounts/mountinfo")));

  /** Copies the list. */
  public Mounts {
    mounts = List.copyOf(mounts);
  }

  /** Announces the fact. */
  public static final class Source implements FactSource {
    @Override
    public List<Fact<?>> facts() {
      return List.of(FACT);
    }
  }

  static Mounts parse(String host, List<String> lines) {
    List<Mount> mounts = lines.stream().map(line -> Mount.parse(host, line)).toList();
    if (mounts.stream().noneMatch(m -> m.target().equals("/"))) {
      throw new Undetermined(host + ": no root file system among the mounts");
    }
    return new Mounts(mounts);
  }

  /**
   * Returns the mount that holds {@code path}, an absolute path without symbolic links. It walks
   * down as the kernel does, so that a mount hidden by a later one above it is not found.
   */
  public Optional<Mount> holding(String path) {
    Optional<Mount> current =
        mounts.stream()
            .filter(m -> m.target().equals("/"))
            .filter(m -> mounts.stream().noneMatch(p -> p.id() == m.parent() && p.id() != m.id()))
            .findFirst();
    for (int steps = 0; current.isPresent() && steps <= mounts.size(); steps++) {
      Mount here = current.get();
      Optional<Mount> next =
          mounts.stream()
              .filter(m -> m.parent() == here.id() && m.id() != here.id())
              .filter(m -> m.target().length() >= here.target().length())
              .filter(m -> under(path, m.target()))
              .min(Comparator.comparingInt((Mount m) -> m.target().length()));
      if (next.isEmpty()) {
        return current;
      }
      current = next;
    }
    return current;
  }

  /** Returns the mounts that are visible at {@code target} itself. */
  public Optional<Mount> at(String target) {
    return holding(target).filter(m -> m.target().equals(target));
  }

  /** Returns whether {@code path} is {@code directory} or lies below it. */
  public static boolean under(String path, String directory) {
    return directory.equals("/") || path.equals(directory) || path.startsWith(directory + "/");
  }
}
