package org.migratecheck.check.storage;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.storage.FileSystem;
import org.migratecheck.facts.storage.GuestImages;
import org.migratecheck.facts.storage.Image;
import org.migratecheck.facts.storage.Mount;
import org.migratecheck.facts.storage.PathState.Answer;
import org.migratecheck.facts.storage.Paths;
import org.migratecheck.facts.storage.Pools;
import org.migratecheck.facts.storage.Transport;

/**
 * The images of one guest and where their paths lead on both hosts.
 *
 * @param context what is judged
 * @param images all images of the guest
 * @param incomplete disks whose backing chain is not known
 */
record GuestStorage(CheckContext context, List<Image> images, List<String> incomplete) {

  /** Reads the guest; pools are asked for only when a disk is a volume of one. */
  static GuestStorage of(CheckContext context) {
    boolean volumes =
        context.guest().xml().all("devices/disk").stream()
            .anyMatch(d -> d.attr("type").equals("volume"));
    Pools pools = volumes ? context.source(Pools.FACT) : new Pools(List.of());
    GuestImages.Result result = GuestImages.of(context.guest(), pools);
    return new GuestStorage(context, result.images(), result.incomplete());
  }

  /**
   * Does nothing when every backing chain is known.
   *
   * @throws Undetermined when one is not
   */
  void requireChains() {
    if (!incomplete.isEmpty()) {
      throw new Undetermined(
          "the backing chain of disk " + String.join(", ", incomplete) + " is not known",
          "Look with 'qemu-img info --backing-chain' at the image: libvirt tells the chain of"
              + " running guests only.");
    }
  }

  /** Returns the images with a path in the given roles. */
  List<Image> withPath(Image.Role... roles) {
    Set<Image.Role> wanted = Set.of(roles);
    return images.stream()
        .filter(i -> i.path().isPresent())
        .filter(i -> wanted.isEmpty() || wanted.contains(i.role()))
        .toList();
  }

  /** Returns the disks' images and those below them that have a path. */
  List<Image> disks() {
    return withPath(Image.Role.DISK, Image.Role.BACKING);
  }

  Place source(Image image) {
    return new Place(context.source(), context.link(Paths.SOURCE).of(image.path().orElseThrow()));
  }

  Place destination(Image image) {
    return new Place(
        context.destination(), context.link(Paths.DESTINATION).of(image.path().orElseThrow()));
  }

  /** Returns the images on a kind of file system on the source. */
  List<Image> on(FileSystem fileSystem) {
    return disks().stream().filter(i -> isFileOn(source(i), fileSystem)).toList();
  }

  private static boolean isFileOn(Place place, FileSystem fileSystem) {
    return place.state().answer() != Answer.HANGS
        && place.fileSystem() == fileSystem
        && !(place.state().present() && place.block());
  }

  /** Returns the images whose bytes travel by {@code transport} on the source. */
  List<Image> over(Transport transport) {
    return disks().stream()
        .filter(i -> source(i).state().present())
        .filter(i -> source(i).transports().contains(transport))
        .toList();
  }

  /** Returns a problem about an image, with the places on both sides. */
  Problem problem(Side side, String kind, Image image, String... more) {
    String[] values = new String[more.length + 10];
    String[] own = {
      "disk", image.target(),
      "path", image.path().orElse(""),
      "image", image.label(),
      "source-place", where(image, () -> source(image)),
      "destination-place", where(image, () -> destination(image))
    };
    System.arraycopy(own, 0, values, 0, own.length);
    System.arraycopy(more, 0, values, own.length, more.length);
    return Problem.on(side, kind, values);
  }

  /** What has no path, such as a network disk, is where its label says. */
  private static String where(Image image, java.util.function.Supplier<Place> place) {
    if (image.path().isEmpty()) {
      return image.label();
    }
    return Undetermined.known(place).map(Place::where).orElse("not known");
  }

  /** Shows where an image is on both hosts. */
  void see(Collector collector, Image image) {
    collector.see(
        image.label(), where(image, () -> source(image)), where(image, () -> destination(image)));
  }

  /** Returns the mount of the source that the destination lacks at the same place. */
  static Optional<Mount> lacking(Place source, Place destination) {
    Mount mount = source.mount();
    if (!mount.fileSystem().shared()) {
      return Optional.empty();
    }
    Mount there = destination.mount();
    boolean mounted =
        there.target().equals(mount.target()) && there.fileSystem() == mount.fileSystem();
    return mounted ? Optional.empty() : Optional.of(mount);
  }
}
