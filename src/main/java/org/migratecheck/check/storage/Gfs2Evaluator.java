package org.migratecheck.check.storage;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.storage.BlockDevice;
import org.migratecheck.facts.storage.BlockDevices;
import org.migratecheck.facts.storage.FileSystem;
import org.migratecheck.facts.storage.Gfs2;
import org.migratecheck.facts.storage.Gfs2.Lockspace;
import org.migratecheck.facts.storage.Image;
import org.migratecheck.facts.storage.Mount;

/** Proves for images on GFS2 that both hosts mount the same file system in one working cluster. */
final class Gfs2Evaluator implements Evaluator {

  @Override
  public Outcome evaluate(CheckContext context) {
    GuestStorage storage = GuestStorage.of(context);
    List<Image> images = storage.on(FileSystem.GFS2);
    if (images.isEmpty()) {
      return Outcome.skipped("no-gfs2");
    }
    Collector collector = new Collector();
    collector.each(images, image -> judge(storage, collector, image));
    return collector.outcome().with("count", Integer.toString(images.size()));
  }

  private static void judge(GuestStorage storage, Collector collector, Image image) {
    Place source = storage.source(image);
    Place destination = storage.destination(image);
    storage.see(collector, image);
    collector.attempt(() -> cluster(storage, collector, image, source, Side.SOURCE));
    if (!destination.state().present()) {
      collector.block(absent(storage, image, source, destination));
      return;
    }
    Sameness sameness = SameStorage.compare(source, destination);
    if (sameness.different()) {
      collector.block(absent(storage, image, source, destination));
      return;
    }
    if (sameness.unproven()) {
      collector.warn(storage.problem(Side.DESTINATION, "unproven", image));
      return;
    }
    collector.attempt(() -> cluster(storage, collector, image, destination, Side.DESTINATION));
    collector.attempt(() -> together(storage, collector, image, source, destination));
  }

  /** What keeps a mounted GFS2 from working on one host. */
  private static void cluster(
      GuestStorage storage, Collector collector, Image image, Place place, Side side) {
    Gfs2 gfs2 = place.host().get(Gfs2.FACT);
    Gfs2.Mounted mounted = mounted(place);
    if (!mounted.protocol().equals("lock_dlm")) {
      collector.block(
          storage.problem(
              side,
              "no-cluster-locks",
              image,
              "host",
              place.host().name(),
              "protocol",
              mounted.protocol(),
              "target",
              place.mount().target(),
              "device",
              place.mount().source()));
      return;
    }
    if (mounted.withdrawn()) {
      collector.block(
          storage.problem(
              side,
              "withdrawn",
              image,
              "host",
              place.host().name(),
              "target",
              place.mount().target()));
    }
    Gfs2.Quorum quorum = gfs2.quorum().orElseThrow(() -> unknown(place, "corosync-quorumtool -s"));
    if (!quorum.quorate()) {
      collector.block(
          storage.problem(
              side,
              "no-quorum",
              image,
              "host",
              place.host().name(),
              "nodes",
              Long.toString(quorum.nodes())));
    }
    Lockspace lockspace = lockspace(gfs2, mounted, place);
    if (!lockspace.working() || mounted.blocked()) {
      collector.block(
          storage.problem(
              side,
              "locks-stopped",
              image,
              "host",
              place.host().name(),
              "lockspace",
              mounted.lockspace(),
              "status",
              lockspace.status().isEmpty() ? lockspace.flags() : lockspace.status()));
    }
  }

  private static void together(
      GuestStorage storage, Collector collector, Image image, Place source, Place destination) {
    Gfs2.Mounted here = mounted(source);
    Gfs2.Mounted there = mounted(destination);
    collector.see("GFS2 lock table of " + image.target(), here.table(), there.table());
    if (!here.table().equals(there.table())) {
      collector.block(
          storage.problem(
              Side.DESTINATION,
              "other-table",
              image,
              "here",
              here.table(),
              "there",
              there.table()));
    } else if (here.protocol().equals("lock_dlm") && there.protocol().equals("lock_dlm")) {
      String membersHere = lockspace(source.host().get(Gfs2.FACT), here, source).members();
      String membersThere =
          lockspace(destination.host().get(Gfs2.FACT), there, destination).members();
      if (!membersHere.equals(membersThere)) {
        collector.block(
            storage.problem(
                Side.DESTINATION,
                "other-members",
                image,
                "lockspace",
                here.lockspace(),
                "here",
                membersHere,
                "there",
                membersThere));
      }
    }
  }

  private static Gfs2.Mounted mounted(Place place) {
    return place.gfs2().orElseThrow(() -> unknown(place, "/sys/fs/gfs2"));
  }

  private static Lockspace lockspace(Gfs2 gfs2, Gfs2.Mounted mounted, Place place) {
    return gfs2.lockspaces()
        .flatMap(all -> Optional.ofNullable(all.get(mounted.lockspace())))
        .orElseThrow(() -> unknown(place, "dlm_tool ls"));
  }

  private static Undetermined unknown(Place place, String command) {
    return new Undetermined(
        place.host().name()
            + ": '"
            + command
            + "' tells nothing of the GFS2 file system at "
            + place.mount().target(),
        "Install and start the cluster's tools there (dlm, corosync).");
  }

  /** The file system is not where it must be: names the destination's own device for it. */
  private static Problem absent(
      GuestStorage storage, Image image, Place source, Place destination) {
    Mount here = source.mount();
    Mount there = destination.mount();
    Optional<DeviceIdentity> identity =
        source.device().flatMap(d -> DeviceIdentity.of(d, source.devices()));
    Optional<BlockDevice> device = identity.flatMap(i -> find(i, destination.devices()));
    boolean right = there.target().equals(here.target()) && there.fileSystem() == FileSystem.GFS2;
    String kind =
        identity.isPresent() && device.isEmpty()
            ? "device-missing"
            : right && !destination.state().present()
                ? "file-missing"
                : MountRepair.kind(here, there);
    Problem problem = MountRepair.add(storage.problem(Side.DESTINATION, kind, image), here, there);
    if (device.isEmpty()) {
      return problem;
    }
    String path = device.get().path();
    String fstab = MountRepair.values(here).get("fstab");
    return MountRepair.add(
        problem, Map.of("fs-source", path, "fstab", path + fstab.substring(fstab.indexOf(' '))));
  }

  /** The topmost device with that identity: the multipath map rather than one of its paths. */
  static Optional<BlockDevice> find(DeviceIdentity identity, BlockDevices devices) {
    return devices.devices().values().stream()
        .filter(d -> DeviceIdentity.of(d, devices).filter(identity::equals).isPresent())
        .max(java.util.Comparator.comparing(d -> !d.dmName().isEmpty()));
  }
}
