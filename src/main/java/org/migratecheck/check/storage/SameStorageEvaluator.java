package org.migratecheck.check.storage;

import java.util.List;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.storage.Image;
import org.migratecheck.facts.storage.Image.Role;
import org.migratecheck.facts.storage.PathState.Answer;
import org.migratecheck.facts.storage.PathState.FileState;

/** Finds paths that exist on both hosts and lead to other bytes. */
final class SameStorageEvaluator implements Evaluator {

  @Override
  public Outcome evaluate(CheckContext context) {
    GuestStorage storage = GuestStorage.of(context);
    List<Image> images = storage.withPath(Role.DISK, Role.BACKING, Role.MEDIUM);
    if (images.isEmpty()) {
      return Outcome.skipped("no-path");
    }
    List<Image> there =
        images.stream()
            .filter(i -> storage.destination(i).state().answer() != Answer.MISSING)
            .toList();
    if (there.isEmpty()) {
      return Outcome.skipped("missing");
    }
    Collector collector = new Collector();
    collector.each(there, image -> judge(storage, collector, image));
    collector.attempt(storage::requireChains);
    return collector.outcome().with("count", Integer.toString(there.size()));
  }

  private static void judge(GuestStorage storage, Collector collector, Image image) {
    Place source = storage.source(image);
    Place destination = storage.destination(image);
    storage.see(collector, image);
    Sameness sameness = SameStorage.compare(source, destination);
    if (sameness == Sameness.SAME) {
      return;
    }
    if (image.role() == Role.MEDIUM || image.readOnly()) {
      copies(storage, collector, image, sameness);
    } else if (sameness.different()) {
      collector.block(different(storage, image, sameness));
    } else {
      collector.warn(storage.problem(Side.DESTINATION, sameness.kind(), image));
    }
  }

  /** What nobody writes to may be a copy: then its size and beginning must agree. */
  private static void copies(
      GuestStorage storage, Collector collector, Image image, Sameness sameness) {
    FileState here = storage.source(image).file();
    FileState there = storage.destination(image).file();
    boolean alike =
        here.size() == there.size()
            && here.digest().isPresent()
            && here.digest().equals(there.digest());
    if (image.role() == Role.MEDIUM) {
      if (!alike) {
        collector.block(storage.problem(Side.SOURCE, "medium-differs", image));
      }
    } else if (alike || sameness.unproven()) {
      collector.warn(storage.problem(Side.DESTINATION, "copy", image));
    } else {
      collector.block(different(storage, image, sameness));
    }
  }

  private static Problem different(GuestStorage storage, Image image, Sameness sameness) {
    Place source = storage.source(image);
    Place destination = storage.destination(image);
    if (sameness == Sameness.OTHER_TYPE) {
      return storage.problem(Side.DESTINATION, "other-type", image);
    }
    if (source.block()) {
      return storage.problem(Side.DESTINATION, "other-device", image);
    }
    if (!source.fileSystem().shared()) {
      return storage.problem(Side.SOURCE, sameness.kind(), image);
    }
    String kind =
        switch (MountRepair.kind(source.mount(), destination.mount())) {
          case "other-mount" -> "different-mounted";
          case "covered" -> "different-covered";
          default -> "different";
        };
    return MountRepair.add(
        storage.problem(Side.DESTINATION, kind, image), source.mount(), destination.mount());
  }
}
