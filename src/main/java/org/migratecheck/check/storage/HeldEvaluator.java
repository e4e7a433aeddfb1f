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
import org.migratecheck.facts.storage.Image.Role;
import org.migratecheck.facts.storage.Mount;
import org.migratecheck.facts.storage.Mounts;

/**
 * Finds devices of the guest that the destination itself uses: mounted, or with the guest's own
 * logical volumes active on top of them, as a host does that looks for volume groups on all LUNs.
 */
final class HeldEvaluator implements Evaluator {

  @Override
  public Outcome evaluate(CheckContext context) {
    GuestStorage storage = GuestStorage.of(context);
    List<Image> images =
        storage.withPath(Role.DISK).stream()
            .filter(i -> !i.readOnly())
            .filter(i -> storage.destination(i).state().block())
            .toList();
    if (images.isEmpty()) {
      return Outcome.skipped("no-device");
    }
    Collector collector = new Collector();
    collector.each(images, image -> judge(storage, collector, image));
    return collector.outcome().with("count", Integer.toString(images.size()));
  }

  private static void judge(GuestStorage storage, Collector collector, Image image) {
    Place place = storage.destination(image);
    BlockDevices devices = place.devices();
    BlockDevice device = place.device().orElseThrow();
    Mounts mounts = storage.context().destination(Mounts.FACT);
    for (BlockDevice above : devices.devices().values()) {
      if (!devices.stack(above).contains(device)) {
        continue;
      }
      Optional<Mount> mount =
          mounts.mounts().stream().filter(m -> m.device().equals(above.number())).findFirst();
      if (mount.isPresent()) {
        collector.block(
            storage.problem(
                Side.DESTINATION,
                "mounted",
                image,
                "device",
                above.path(),
                "target",
                mount.get().target()));
      } else if (above.logicalVolume() && !above.equals(device)) {
        collector.warn(
            storage.problem(Side.DESTINATION, "volume-active", image, "device", above.path()));
      }
    }
    collector.see(image.label(), "", device.path());
  }
}
