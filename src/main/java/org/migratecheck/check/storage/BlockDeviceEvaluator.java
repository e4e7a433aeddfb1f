package org.migratecheck.check.storage;

import java.util.List;
import java.util.Optional;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Side;
import org.migratecheck.facts.storage.BlockDevice;
import org.migratecheck.facts.storage.BlockDevices;
import org.migratecheck.facts.storage.Image;
import org.migratecheck.facts.storage.PathState.Answer;

/** Compares size, write protection, sector size and multipath names of the guest's devices. */
final class BlockDeviceEvaluator implements Evaluator {

  @Override
  public Outcome evaluate(CheckContext context) {
    GuestStorage storage = GuestStorage.of(context);
    List<Image> images =
        storage.disks().stream()
            .filter(i -> storage.source(i).state().present())
            .filter(i -> storage.source(i).device().isPresent())
            .toList();
    if (images.isEmpty()) {
      return Outcome.skipped("no-device");
    }
    Collector collector = new Collector();
    collector.each(images, image -> judge(storage, collector, image));
    return collector.outcome().with("count", Integer.toString(images.size()));
  }

  private static void judge(GuestStorage storage, Collector collector, Image image) {
    Place source = storage.source(image);
    Place destination = storage.destination(image);
    BlockDevice here = source.device().orElseThrow();
    Optional<BlockDevice> there = counterpart(source, destination);
    collector.see(image.label(), text(here), there.map(BlockDeviceEvaluator::text).orElse(""));
    names(storage, collector, image, source, destination);
    if (there.isEmpty()) {
      return;
    }
    size(storage, collector, image, here, there.get());
    if (there.get().readOnly() && !here.readOnly() && !image.readOnly()) {
      collector.block(
          storage.problem(
              Side.DESTINATION,
              "read-only",
              image,
              "device",
              there.get().path(),
              "name",
              there.get().name()));
    }
    int sectorHere = sector(here, source.devices());
    int sectorThere = sector(there.get(), destination.devices());
    if (sectorHere != sectorThere) {
      collector.block(
          storage.problem(
              Side.DESTINATION,
              "sector-size",
              image,
              "here",
              Integer.toString(sectorHere),
              "there",
              Integer.toString(sectorThere)));
    }
    uneven(storage, collector, image, destination, there.get());
  }

  /** The same storage on the destination, whatever its name there. */
  private static Optional<BlockDevice> counterpart(Place source, Place destination) {
    Optional<BlockDevice> same =
        source
            .device()
            .flatMap(d -> DeviceIdentity.of(d, source.devices()))
            .flatMap(i -> Gfs2Evaluator.find(i, destination.devices()));
    return same.isPresent() || destination.state().answer() == Answer.MISSING
        ? same
        : destination.device();
  }

  /** The smaller one has not noticed that the storage grew. */
  private static void size(
      GuestStorage storage, Collector collector, Image image, BlockDevice here, BlockDevice there) {
    if (here.bytes() == there.bytes()) {
      return;
    }
    Side side = here.bytes() < there.bytes() ? Side.SOURCE : Side.DESTINATION;
    BlockDevice stale = side == Side.SOURCE ? here : there;
    collector.block(
        storage.problem(
            side,
            stale.multipath()
                ? "size-multipath"
                : stale.logicalVolume() ? "size-volume" : "size-disk",
            image,
            "host",
            storage.context().side(side).name(),
            "here",
            Long.toString(here.bytes()),
            "there",
            Long.toString(there.bytes()),
            "device",
            stale.path(),
            "name",
            stale.name(),
            "map",
            stale.dmName()));
  }

  private static int sector(BlockDevice device, BlockDevices devices) {
    return devices.disk(device).map(d -> sector(d, devices)).orElse(device.sectorSize());
  }

  /** Paths of one map that disagree about its size: only some were scanned again. */
  private static void uneven(
      GuestStorage storage,
      Collector collector,
      Image image,
      Place destination,
      BlockDevice there) {
    for (BlockDevice device : destination.devices().stack(there)) {
      long sizes =
          device.slaves().stream()
              .flatMap(s -> Optional.ofNullable(destination.devices().devices().get(s)).stream())
              .mapToLong(BlockDevice::bytes)
              .distinct()
              .count();
      if (device.multipath() && sizes > 1) {
        collector.warn(
            storage.problem(
                Side.DESTINATION, "uneven", image, "map", device.dmName(), "name", device.name()));
      }
    }
  }

  /** A multipath name that means another LUN on the other host. */
  private static void names(
      GuestStorage storage, Collector collector, Image image, Place source, Place destination) {
    BlockDevice here = source.device().orElseThrow();
    for (BlockDevice device : source.devices().stack(here)) {
      if (!device.multipath()) {
        continue;
      }
      Optional<BlockDevice> there = destination.devices().mapped(device.dmName());
      if (there.isPresent() && !there.get().dmUuid().equals(device.dmUuid())) {
        collector.block(
            storage.problem(
                Side.DESTINATION,
                "name-differs",
                image,
                "map",
                device.dmName(),
                "wwid",
                device.dmUuid().substring(6),
                "other",
                there.get().dmUuid().replaceFirst("^mpath-", ""),
                "current",
                sameMap(device, destination).map(BlockDevice::dmName).orElse(device.dmName())));
      } else if (there.isEmpty() && source.state().path().equals(device.path())) {
        sameMap(device, destination)
            .ifPresent(
                d ->
                    collector.block(
                        storage.problem(
                            Side.DESTINATION,
                            "name-missing",
                            image,
                            "map",
                            device.dmName(),
                            "wwid",
                            device.dmUuid().substring(6),
                            "other",
                            d.dmName())));
      }
    }
  }

  /** The map of the same LUN on the destination, whatever its name. */
  private static Optional<BlockDevice> sameMap(BlockDevice map, Place destination) {
    return destination.devices().devices().values().stream()
        .filter(d -> d.dmUuid().equals(map.dmUuid()))
        .findFirst();
  }

  private static String text(BlockDevice device) {
    return device.path()
        + ", "
        + device.bytes()
        + " bytes, sector "
        + device.sectorSize()
        + (device.readOnly() ? ", read-only" : "");
  }
}
