package org.migratecheck.check.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.storage.Image;
import org.migratecheck.facts.storage.Image.Role;
import org.migratecheck.facts.storage.ImageHeaders;
import org.migratecheck.facts.storage.ImageHeaders.Header;
import org.migratecheck.facts.storage.PathState.Answer;

/**
 * Judges what the headers of qcow2 images name beyond the guest's XML: data files, and backing
 * images that libvirt has not noticed. libvirt on the destination reads the chain from the headers
 * again (storage_source.c, virStorageSourceGetMetadata), and QEMU opens data files by itself.
 */
final class ChainEvaluator implements Evaluator {
  /** libvirt refuses longer chains (storage_source.c, max_depth). */
  private static final int LONGEST = 200;

  private static final int LONG = 30;

  /**
   * A file that a header names.
   *
   * @param image the disk's image in the XML
   * @param owner whose header it is
   * @param path the file
   * @param data whether it is a data file, to which the guest may write
   */
  private record Named(Image image, Header owner, String path, boolean data) {}

  @Override
  public Outcome evaluate(CheckContext context) {
    GuestStorage storage = GuestStorage.of(context);
    List<Image> images =
        storage.withPath(Role.DISK).stream().filter(i -> i.format().equals("qcow2")).toList();
    if (images.isEmpty()) {
      return Outcome.skipped("no-qcow2");
    }
    ImageHeaders headers = context.source(ImageHeaders.FACT);
    if (!headers.readable()) {
      return Outcome.skipped("no-tool");
    }
    Collector collector = new Collector();
    collector.each(images, image -> judge(storage, collector, headers, image));
    return collector.outcome().with("count", Integer.toString(images.size()));
  }

  private static void judge(
      GuestStorage storage, Collector collector, ImageHeaders headers, Image image) {
    List<Header> chain = headers.chain(image.path().orElseThrow());
    if (chain.isEmpty()) {
      throw new Undetermined(
          "the header of " + image.label() + " was not read",
          "Look with 'qemu-img info --force-share --backing-chain' at the image.");
    }
    collector.see(
        image.label(),
        chain.stream()
            .map(h -> h.backing().orElse("") + h.dataFile().map(d -> " data " + d).orElse(""))
            .filter(s -> !s.isBlank())
            .collect(Collectors.joining(", ")),
        "");
    if (chain.size() > LONG) {
      collector.warn(
          storage.problem(
              Side.SOURCE,
              "long",
              image,
              "depth",
              Integer.toString(chain.size()),
              "limit",
              Integer.toString(LONGEST)));
    }
    for (Header header : chain) {
      if (!header.error().isEmpty()) {
        throw new Undetermined(
            "the header of "
                + header.path()
                + " below disk "
                + image.target()
                + " could not be read: "
                + header.error(),
            "Look with 'qemu-img info --force-share' at it.");
      }
      if (header.backing().isPresent() && header.backingFormat().isEmpty()) {
        format(storage, collector, image, header);
      }
    }
    Set<String> told =
        storage.images().stream()
            .filter(i -> i.target().equals(image.target()))
            .flatMap(i -> i.path().stream())
            .collect(Collectors.toSet());
    collector.each(
        named(image, chain).stream().filter(n -> !told.contains(n.path())).toList(),
        n -> file(storage, collector, n));
  }

  private static List<Named> named(Image image, List<Header> chain) {
    List<Named> named = new ArrayList<>();
    for (Header header : chain) {
      header
          .backing()
          .filter(b -> b.startsWith("/"))
          .ifPresent(b -> named.add(new Named(image, header, b, false)));
      header
          .dataFile()
          .filter(d -> d.startsWith("/"))
          .ifPresent(d -> named.add(new Named(image, header, d, true)));
    }
    return named;
  }

  /** libvirt no longer guesses formats (6.0); a format in the XML does not count there. */
  private static void format(
      GuestStorage storage, Collector collector, Image image, Header header) {
    collector.warn(
        storage.problem(
            Side.SOURCE,
            "no-format",
            image,
            "owner",
            header.path(),
            "backing",
            header.backing().orElse("")));
  }

  private static void file(GuestStorage storage, Collector collector, Named named) {
    Image hidden = asImage(named);
    Place source = storage.source(hidden);
    Place destination = storage.destination(hidden);
    storage.see(collector, hidden);
    if (destination.state().answer() == Answer.MISSING) {
      collector.block(problem(storage, Side.DESTINATION, "missing", hidden, named));
      return;
    }
    if (!source.state().present()) {
      collector.block(problem(storage, Side.SOURCE, "gone", hidden, named));
      return;
    }
    Sameness sameness = SameStorage.compare(source, destination);
    if (sameness.different()) {
      boolean copy =
          !named.data()
              && source.file().size() == destination.file().size()
              && source.file().digest().isPresent()
              && source.file().digest().equals(destination.file().digest());
      Problem problem =
          problem(storage, Side.SOURCE, copy ? "copy" : "different", hidden, named);
      if (copy) {
        collector.warn(problem);
      } else {
        collector.block(problem);
      }
    } else if (sameness.unproven()) {
      collector.warn(problem(storage, Side.DESTINATION, "unproven", hidden, named));
    }
  }

  private static Image asImage(Named named) {
    return new Image(
        named.image().target(),
        named.data() ? Role.DISK : Role.BACKING,
        "file",
        Optional.of(named.path()),
        Optional.empty(),
        "raw",
        !named.data(),
        false,
        List.of(),
        "");
  }

  private static Problem problem(
      GuestStorage storage, Side side, String kind, Image hidden, Named named) {
    return storage.problem(
        side,
        kind,
        hidden,
        "owner",
        named.owner().path(),
        "what",
        named.data() ? "data file" : "backing image");
  }
}
