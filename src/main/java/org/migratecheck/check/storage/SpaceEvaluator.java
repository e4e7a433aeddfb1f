package org.migratecheck.check.storage;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Side;
import org.migratecheck.facts.storage.Image;
import org.migratecheck.facts.storage.Image.Role;
import org.migratecheck.facts.storage.PathState.Space;

/** Finds file systems of writable images that are nearly full: the guest stops when one is. */
final class SpaceEvaluator implements Evaluator {
  private static final long MIB = 1L << 20;

  /**
   * Below this share of its size a file system is nearly full, unless much is left all the same.
   */
  private static final double NEARLY = 0.02;

  private static final long PLENTY = 10_240 * MIB;

  @Override
  public Outcome evaluate(CheckContext context) {
    GuestStorage storage = GuestStorage.of(context);
    Map<String, Image> byTarget = new LinkedHashMap<>();
    for (Image image : storage.withPath(Role.DISK)) {
      Place place = storage.destination(image);
      if (!image.readOnly() && place.state().present() && !place.block()) {
        byTarget.putIfAbsent(place.mount().target(), image);
      }
    }
    if (byTarget.isEmpty()) {
      return Outcome.skipped("no-file");
    }
    Collector collector = new Collector();
    collector.each(List.copyOf(byTarget.values()), image -> judge(storage, collector, image));
    return collector.outcome().with("count", Integer.toString(byTarget.size()));
  }

  private static void judge(GuestStorage storage, Collector collector, Image image) {
    Place place = storage.destination(image);
    String target = place.mount().target();
    Optional<Space> known = place.state().space();
    if (known.isEmpty()) {
      return;
    }
    Space space = known.get();
    collector.see(target, "", space.free() / MIB + " of " + space.total() / MIB + " MiB free");
    boolean little =
        space.total() > 0 && space.free() < PLENTY && space.free() < NEARLY * space.total();
    if (little) {
      collector.warn(
          storage.problem(
              Side.DESTINATION,
              space.free() < MIB ? "full" : "nearly-full",
              image,
              "target",
              target,
              "free",
              Long.toString(space.free() / MIB),
              "total",
              Long.toString(space.total() / MIB)));
    }
  }
}
