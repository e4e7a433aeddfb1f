package org.migratecheck.check.storage;

import java.util.List;
import java.util.Optional;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.storage.FileSystem;
import org.migratecheck.facts.storage.Image;
import org.migratecheck.facts.storage.Mount;
import org.migratecheck.facts.storage.PathState.Answer;

/** Judges how the file systems of the guest's images are mounted. */
final class MountOptionsEvaluator implements Evaluator {
  /** Options with a value that change what a guest gets from its disk (nfs(5), mount.cifs(8)). */
  private static final List<String> COMPARED =
      List.of("vers", "proto", "sec", "timeo", "local_lock", "cache", "errors", "data");

  /** Options without a value, likewise. */
  private static final List<String> FLAGS = List.of("sync", "noac", "nobrl", "spectator");

  @Override
  public Outcome evaluate(CheckContext context) {
    GuestStorage storage = GuestStorage.of(context);
    List<Image> images =
        storage.disks().stream()
            .filter(i -> storage.source(i).state().present())
            .filter(i -> !storage.source(i).block() && storage.source(i).fileSystem().shared())
            .filter(i -> storage.destination(i).state().answer() != Answer.MISSING)
            .toList();
    if (images.isEmpty()) {
      return Outcome.skipped("no-mount");
    }
    Collector collector = new Collector();
    collector.each(images, image -> judge(storage, collector, image));
    return collector.outcome().with("count", Integer.toString(images.size()));
  }

  private static void judge(GuestStorage storage, Collector collector, Image image) {
    Mount here = storage.source(image).mount();
    Mount there = storage.destination(image).mount();
    collector.see(
        here.target(), String.join(",", here.allOptions()), String.join(",", there.allOptions()));
    if (there.readOnly() && !here.readOnly()) {
      collector.block(
          MountRepair.add(
              storage.problem(Side.DESTINATION, "read-only", image), MountRepair.writable(there)));
    }
    for (Side side : Side.values()) {
      Mount mount = side == Side.SOURCE ? here : there;
      if (mount.fileSystem() != FileSystem.NFS) {
        continue;
      }
      if (mount.has("soft") || mount.has("softerr")) {
        collector.warn(problem(storage, image, side, "soft", mount, ""));
      }
      boolean localLocks =
          mount.has("nolock")
              || mount.value("local_lock").filter(l -> !l.equals("none")).isPresent();
      if (localLocks) {
        collector.warn(problem(storage, image, side, "no-locks", mount, ""));
      }
    }
    if (here.fileSystem() == there.fileSystem()) {
      COMPARED.forEach(o -> compare(storage, collector, image, o, here, there));
      for (String flag : FLAGS) {
        if (here.has(flag) != there.has(flag)) {
          collector.warn(differs(storage, image, flag, yes(here, flag), yes(there, flag), there));
        }
      }
    }
  }

  private static void compare(
      GuestStorage storage,
      Collector collector,
      Image image,
      String option,
      Mount here,
      Mount there) {
    Optional<String> first = here.value(option);
    Optional<String> second = there.value(option);
    if (!first.equals(second)) {
      collector.warn(
          differs(
              storage, image, option, first.orElse("not set"), second.orElse("not set"), there));
    }
  }

  private static String yes(Mount mount, String flag) {
    return mount.has(flag) ? "set" : "not set";
  }

  private static Problem differs(
      GuestStorage storage, Image image, String option, String here, String there, Mount mount) {
    return MountRepair.add(
        problem(storage, image, Side.DESTINATION, "differs", mount, option),
        java.util.Map.of("here", here, "there", there));
  }

  private static Problem problem(
      GuestStorage storage, Image image, Side side, String kind, Mount mount, String option) {
    return storage.problem(
        side,
        kind,
        image,
        "host",
        storage.context().side(side).name(),
        "target",
        mount.target(),
        "option",
        option);
  }
}
