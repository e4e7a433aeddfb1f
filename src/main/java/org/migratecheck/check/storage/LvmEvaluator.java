package org.migratecheck.check.storage;

import java.util.List;
import java.util.Optional;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Side;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.storage.BlockDevice;
import org.migratecheck.facts.storage.Image;
import org.migratecheck.facts.storage.LogicalVolumes;
import org.migratecheck.facts.storage.LogicalVolumes.Volume;

/** Judges logical volumes: active on the destination, and of a kind that two hosts may share. */
final class LvmEvaluator implements Evaluator {

  @Override
  public Outcome evaluate(CheckContext context) {
    GuestStorage storage = GuestStorage.of(context);
    List<Image> images =
        storage.disks().stream()
            .filter(i -> storage.source(i).state().present())
            .filter(i -> volume(storage.source(i)).isPresent())
            .toList();
    if (images.isEmpty()) {
      return Outcome.skipped("no-volume");
    }
    Collector collector = new Collector();
    collector.each(images, image -> judge(storage, collector, image));
    return collector.outcome().with("count", Integer.toString(images.size()));
  }

  /** The logical volume that the path is, or on which its file system lies. */
  private static Optional<BlockDevice> volume(Place place) {
    return place
        .device()
        .flatMap(
            d -> place.devices().stack(d).stream().filter(BlockDevice::logicalVolume).findFirst());
  }

  private static void judge(GuestStorage storage, Collector collector, Image image) {
    Place source = storage.source(image);
    Place destination = storage.destination(image);
    BlockDevice here = volume(source).orElseThrow();
    Volume volume =
        context(storage, Side.SOURCE)
            .of(here)
            .orElseThrow(
                () ->
                    new Undetermined(
                        source.host().name() + ": LVM tells nothing of " + here.path(),
                        "Look with 'lvs' there."));
    Optional<DeviceIdentity> identity = DeviceIdentity.of(here, source.devices());
    Optional<BlockDevice> there =
        identity.flatMap(i -> Gfs2Evaluator.find(i, destination.devices()));
    collector.see(
        image.label(),
        volume.group() + "/" + volume.name() + " " + volume.segments(),
        there.map(BlockDevice::path).orElse("not active"));
    if (volume.thin()) {
      collector.block(
          storage.problem(Side.SOURCE, "thin", image, "vg", volume.group(), "lv", volume.name()));
    } else if (volume.stateful()) {
      collector.block(
          storage.problem(
              Side.SOURCE,
              "stateful",
              image,
              "vg",
              volume.group(),
              "lv",
              volume.name(),
              "segments",
              volume.segments()));
    } else if (there.isEmpty()) {
      inactive(storage, collector, image, volume);
    }
  }

  private static void inactive(
      GuestStorage storage, Collector collector, Image image, Volume volume) {
    Optional<Volume> seen =
        context(storage, Side.DESTINATION).volumes().stream()
            .filter(v -> v.uuid().equals(volume.uuid()))
            .findFirst();
    collector.block(
        storage.problem(
            Side.DESTINATION,
            seen.isEmpty() ? "group-missing" : volume.locked() ? "inactive-locked" : "inactive",
            image,
            "vg",
            volume.group(),
            "lv",
            volume.name(),
            "volume",
            volume.group() + "/" + volume.name()));
  }

  private static LogicalVolumes context(GuestStorage storage, Side side) {
    return storage.context().side(side).get(LogicalVolumes.FACT);
  }
}
