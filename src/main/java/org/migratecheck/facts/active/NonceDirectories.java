package org.migratecheck.facts.active;

import java.util.List;
import java.util.TreeSet;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.storage.GuestImages;
import org.migratecheck.facts.storage.Image;
import org.migratecheck.facts.storage.Pools;

/** The directories in which guests' images lie. */
public final class NonceDirectories {
  private NonceDirectories() {}

  /** Returns the directories of a guest's image files, sorted; none for disks without a file. */
  public static List<String> of(Guest guest, Pools pools) {
    TreeSet<String> directories = new TreeSet<>();
    for (Image image : GuestImages.of(guest, pools).images()) {
      if (image.needsSharing() && image.type().equals("file")) {
        image.path().flatMap(NonceDirectories::parent).ifPresent(directories::add);
      }
    }
    return List.copyOf(directories);
  }

  /** Like {@link #of}, where a guest that cannot be read has none. */
  static List<String> readable(Guest guest, Pools pools) {
    return Undetermined.known(() -> of(guest, pools)).orElse(List.of());
  }

  private static java.util.Optional<String> parent(String path) {
    int slash = path.lastIndexOf('/');
    return path.startsWith("/") && slash > 0 && path.chars().noneMatch(c -> c < ' ')
        ? java.util.Optional.of(path.substring(0, slash))
        : java.util.Optional.empty();
  }
}
