package org.migratecheck.check.storage;

import java.util.List;
import java.util.Optional;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Side;
import org.migratecheck.facts.storage.FileSystem;
import org.migratecheck.facts.storage.Image;
import org.migratecheck.facts.storage.Mount;
import org.migratecheck.facts.storage.StorageServers;

/** Proves for images on NFS that both hosts mount the same export of the same server. */
final class NfsEvaluator implements Evaluator {

  @Override
  public Outcome evaluate(CheckContext context) {
    GuestStorage storage = GuestStorage.of(context);
    List<Image> images = storage.on(FileSystem.NFS);
    if (images.isEmpty()) {
      return Outcome.skipped("no-nfs");
    }
    Collector collector = new Collector();
    collector.each(images, image -> judge(storage, collector, image));
    return collector.outcome().with("count", Integer.toString(images.size()));
  }

  private static void judge(GuestStorage storage, Collector collector, Image image) {
    Place source = storage.source(image);
    Place destination = storage.destination(image);
    Mount here = source.mount();
    storage.see(collector, image);
    collector.see("NFS server of " + image.target(), server(here), serverOf(destination));
    if (!source.state().present()) {
      collector.block(storage.problem(Side.SOURCE, "gone", image));
      return;
    }
    if (destination.state().present()) {
      Sameness sameness = SameStorage.compare(source, destination);
      if (!sameness.different()) {
        sameFile(storage, collector, image, sameness);
        return;
      }
    } else if (destination.state().problem().isEmpty()) {
      unreachable(storage, collector, image, here);
    }
    Mount there = destination.mount();
    if (!destination.state().problem().isEmpty() && there.target().equals(here.target())) {
      destination.file(); // throws: a stale handle, say, is no missing file
    }
    collector.block(
        MountRepair.add(
            storage.problem(Side.DESTINATION, kind(destination, here, there), image), here, there));
  }

  private static String kind(Place destination, Mount here, Mount there) {
    if (!there.target().equals(here.target()) || there.fileSystem() != FileSystem.NFS) {
      return MountRepair.kind(here, there);
    }
    boolean sameExport = Nfs.sameServer(here, there) && Nfs.export(here).equals(Nfs.export(there));
    if (!sameExport) {
      return "other-export";
    }
    return destination.state().present() ? "other-file" : "file-missing";
  }

  private static void sameFile(
      GuestStorage storage, Collector collector, Image image, Sameness sameness) {
    Mount here = storage.source(image).mount();
    Mount there = storage.destination(image).mount();
    if (sameness.unproven()) {
      collector.warn(storage.problem(Side.DESTINATION, "unproven", image));
    } else if (there.fileSystem() == FileSystem.NFS
        && !(Nfs.server(here).equalsIgnoreCase(Nfs.server(there))
            && Nfs.export(here).equals(Nfs.export(there)))) {
      collector.warn(
          storage.problem(
              Side.DESTINATION,
              "other-name",
              image,
              "here",
              here.source(),
              "there",
              there.source()));
    }
  }

  private static void unreachable(
      GuestStorage storage, Collector collector, Image image, Mount here) {
    String address = Nfs.address(here).orElse("");
    String port = here.value("port").orElse("2049");
    Optional<Boolean> open =
        storage
            .context()
            .link(StorageServers.DESTINATION)
            .of(address, port)
            .flatMap(StorageServers.Reach::open);
    if (open.isPresent() && !open.get()) {
      collector.block(
          storage.problem(
              Side.DESTINATION, "server-unreachable", image, "server", address, "port", port));
    }
  }

  private static String serverOf(Place place) {
    return place.state().mount().filter(m -> m.fileSystem() == FileSystem.NFS).isPresent()
        ? server(place.mount())
        : "";
  }

  private static String server(Mount mount) {
    return mount.source()
        + Nfs.address(mount).map(a -> " at " + a).orElse("")
        + ", version "
        + Nfs.version(mount);
  }
}
