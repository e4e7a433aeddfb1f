package org.migratecheck.check.storage;

import java.util.List;
import java.util.Set;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.storage.Image;
import org.migratecheck.facts.storage.Image.Role;
import org.migratecheck.facts.storage.Mount;
import org.migratecheck.facts.storage.PathState.Answer;

/** Finds paths that the destination does not have. */
final class PathExistsEvaluator implements Evaluator {

  @Override
  public Outcome evaluate(CheckContext context) {
    GuestStorage storage = GuestStorage.of(context);
    List<Image> images = storage.withPath();
    if (images.isEmpty()) {
      return Outcome.skipped("no-path");
    }
    Collector collector = new Collector();
    collector.each(images, image -> judge(storage, collector, image));
    collector.attempt(storage::requireChains);
    return collector.outcome().with("count", Integer.toString(images.size()));
  }

  private static void judge(GuestStorage storage, Collector collector, Image image) {
    Place source = storage.source(image);
    Place destination = storage.destination(image);
    storage.see(collector, image);
    if (destination.state().answer() != Answer.MISSING) {
      // Says so where the path hangs or cannot be looked at.
      String there = kind(destination);
      if (source.state().present() && !there.equals(kind(source))) {
        collector.block(
            storage.problem(
                Side.DESTINATION, "other-type", image, "here", kind(source), "there", there));
      }
      return;
    }
    if (image.role() == Role.MEDIUM && dropped(image)) {
      collector.warn(storage.problem(Side.SOURCE, "medium-dropped", image));
    } else if (image.role() == Role.BOOT) {
      collector.block(storage.problem(Side.DESTINATION, "boot-file-missing", image));
    } else if (source.state().present() && source.block()) {
      collector.block(storage.problem(Side.DESTINATION, "device-missing", image));
    } else if (source.mount().fileSystem().shared()) {
      collector.block(onMount(storage, image, source, destination));
    } else if (image.role() == Role.MEDIUM) {
      collector.block(storage.problem(Side.SOURCE, "medium-missing", image));
    } else {
      collector.block(storage.problem(Side.DESTINATION, "local-missing", image));
    }
  }

  /**
   * libvirt drops such a medium when it is missing at a migration (formatdomain, startupPolicy).
   */
  private static boolean dropped(Image image) {
    return Set.of("optional", "requisite").contains(image.startupPolicy());
  }

  private static String kind(Place place) {
    return place.block() ? "block device" : place.file().type().replaceFirst(" empty", "");
  }

  /** The file is on a mount of the source: says what to do with that mount on the destination. */
  private static Problem onMount(
      GuestStorage storage, Image image, Place source, Place destination) {
    Mount here = source.mount();
    Mount there = destination.mount();
    boolean sameThing =
        there.target().equals(here.target())
            && there.fileSystem() == here.fileSystem()
            && there.source().equals(here.source());
    String kind = sameThing ? "file-missing" : MountRepair.kind(here, there);
    return MountRepair.add(storage.problem(Side.DESTINATION, kind, image), here, there);
  }
}
