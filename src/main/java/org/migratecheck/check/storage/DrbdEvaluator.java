package org.migratecheck.check.storage;

import java.util.List;
import java.util.Optional;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Side;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.storage.BlockDevice;
import org.migratecheck.facts.storage.Drbd;
import org.migratecheck.facts.storage.Drbd.Resource;
import org.migratecheck.facts.storage.Image;
import org.migratecheck.facts.storage.Transport;

/**
 * Judges DRBD devices: during the move both hosts have the device open for writing, which DRBD
 * allows with two primaries only.
 */
final class DrbdEvaluator implements Evaluator {

  @Override
  public Outcome evaluate(CheckContext context) {
    GuestStorage storage = GuestStorage.of(context);
    List<Image> images = storage.over(Transport.DRBD);
    if (images.isEmpty()) {
      return Outcome.skipped("no-drbd");
    }
    Collector collector = new Collector();
    collector.each(images, image -> judge(storage, collector, image));
    return collector.outcome().with("count", Integer.toString(images.size()));
  }

  private static void judge(GuestStorage storage, Collector collector, Image image) {
    Place source = storage.source(image);
    BlockDevice device =
        source.devices().stack(source.device().orElseThrow()).stream()
            .filter(d -> d.name().startsWith("drbd"))
            .findFirst()
            .orElseThrow();
    int minor = Integer.parseInt(device.number().substring(device.number().indexOf(':') + 1));
    Resource here =
        storage
            .context()
            .source(Drbd.FACT)
            .minor(minor)
            .orElseThrow(
                () ->
                    new Undetermined(
                        source.host().name() + ": DRBD tells nothing of " + device.path(),
                        "Look with 'drbdsetup status' there."));
    Optional<Resource> there = storage.context().destination(Drbd.FACT).named(here.name());
    collector.see(image.label(), here.text(), there.map(Resource::text).orElse("no such resource"));
    if (there.isEmpty()) {
      block(storage, collector, image, Side.DESTINATION, "missing", here, "");
      return;
    }
    if (there.get().minor() != minor) {
      block(storage, collector, image, Side.DESTINATION, "minor", here, there.get().text());
    }
    if (!here.connected()) {
      block(storage, collector, image, Side.SOURCE, "not-connected", here, "");
    } else if (!there.get().disk().equals("UpToDate")) {
      block(
          storage, collector, image, Side.DESTINATION, "not-up-to-date", here, there.get().disk());
    }
    if (!here.twoPrimaries()) {
      block(storage, collector, image, Side.SOURCE, "one-primary", here, "");
    } else if (!there.get().role().equals("Primary") && !there.get().autoPromote()) {
      block(storage, collector, image, Side.DESTINATION, "secondary", here, "");
    }
  }

  private static void block(
      GuestStorage storage,
      Collector collector,
      Image image,
      Side side,
      String kind,
      Resource resource,
      String state) {
    collector.block(
        storage.problem(side, kind, image, "resource", resource.name(), "state", state));
  }
}
