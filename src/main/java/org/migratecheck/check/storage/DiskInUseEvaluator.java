package org.migratecheck.check.storage;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Side;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.Guests;
import org.migratecheck.facts.Xml;
import org.migratecheck.facts.storage.GuestImages;
import org.migratecheck.facts.storage.Image;
import org.migratecheck.facts.storage.Image.Role;
import org.migratecheck.facts.storage.OtherDisks;
import org.migratecheck.facts.storage.Pools;

/** Finds disks of the guest that another guest on the destination has open, or will have. */
final class DiskInUseEvaluator implements Evaluator {

  @Override
  public Outcome evaluate(CheckContext context) {
    GuestStorage storage = GuestStorage.of(context);
    Set<String> shareable =
        context.guest().xml().all("devices/disk").stream()
            .filter(d -> d.first("shareable").isPresent())
            .flatMap(d -> d.attribute("target", "dev").stream())
            .collect(Collectors.toSet());
    List<Image> images =
        storage.images().stream()
            .filter(i -> i.role() == Role.DISK && !i.readOnly())
            .filter(i -> !shareable.contains(i.target()))
            .toList();
    if (images.isEmpty()) {
      return Outcome.skipped("no-disk");
    }
    List<Guest> others =
        context.destination(Guests.FACT).stream()
            .filter(g -> !g.uuid().equals(context.guest().uuid()))
            .filter(g -> g.active() || g.autostart())
            .toList();
    Collector collector = new Collector();
    collector.each(
        others,
        other -> {
          Set<String> used = open(context, other);
          for (Image image : images) {
            if (used.contains(where(image)) || same(storage, image, used)) {
              collector.see(image.label(), context.guest().name(), other.name());
              if (other.active()) {
                collector.block(
                    storage.problem(Side.DESTINATION, "in-use", image, "other", other.name()));
              } else {
                collector.warn(
                    storage.problem(Side.DESTINATION, "starts", image, "other", other.name()));
              }
            }
          }
        });
    long active = others.stream().filter(Guest::active).count();
    return collector.outcome().with("count", Long.toString(active));
  }

  /** The same file or device under another name. */
  private static boolean same(GuestStorage storage, Image image, Set<String> used) {
    if (image.path().isEmpty() || used.isEmpty()) {
      return false;
    }
    Place place = storage.destination(image);
    if (!place.state().present()) {
      return false;
    }
    String identity = OtherDisks.identity(place.file());
    OtherDisks disks = storage.context().link(OtherDisks.FACT);
    return used.stream().anyMatch(u -> disks.of(u).filter(identity::equals).isPresent());
  }

  private static Set<String> open(CheckContext context, Guest other) {
    boolean volumes =
        other.xml().all("devices/disk").stream()
            .map(Xml::attributes)
            .anyMatch(a -> "volume".equals(a.get("type")));
    Pools pools = volumes ? context.destination(Pools.FACT) : new Pools(List.of());
    return GuestImages.of(other, pools).images().stream()
        .map(DiskInUseEvaluator::where)
        .filter(w -> !w.isEmpty())
        .collect(Collectors.toSet());
  }

  private static String where(Image image) {
    return image
        .path()
        .orElseGet(
            () ->
                image
                    .network()
                    .map(
                        n ->
                            n.protocol()
                                + " "
                                + n.name()
                                + " "
                                + n.hosts().stream()
                                    .map(Image.Server::name)
                                    .sorted()
                                    .collect(Collectors.joining(",")))
                    .orElse(""));
  }
}
