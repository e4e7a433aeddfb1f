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
import org.migratecheck.facts.storage.Pools;

/** Finds disks of the guest that another running guest on the destination has open. */
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
            .filter(Guest::active)
            .filter(g -> !g.uuid().equals(context.guest().uuid()))
            .toList();
    Collector collector = new Collector();
    collector.each(
        others,
        other -> {
          Set<String> used = open(context, other);
          for (Image image : images) {
            if (used.contains(where(image))) {
              collector.see(image.label(), context.guest().name(), other.name());
              collector.block(
                  storage.problem(Side.DESTINATION, "in-use", image, "other", other.name()));
            }
          }
        });
    return collector.outcome().with("count", Integer.toString(others.size()));
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
