package org.migratecheck.check.storage;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Side;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.storage.BlockDevice;
import org.migratecheck.facts.storage.Image;
import org.migratecheck.facts.storage.Multipath;

/** Counts working paths of the multipath maps below the guest's disks, on both hosts. */
final class MultipathEvaluator implements Evaluator {

  @Override
  public Outcome evaluate(CheckContext context) {
    GuestStorage storage = GuestStorage.of(context);
    Collector collector = new Collector();
    Set<String> judged = new LinkedHashSet<>();
    for (Image image : storage.disks()) {
      for (Side side : Side.values()) {
        collector.attempt(() -> judge(storage, collector, image, side, judged));
      }
    }
    Outcome outcome = collector.outcome();
    return judged.isEmpty() && outcome.problems().isEmpty()
        ? Outcome.skipped("no-multipath")
        : outcome.with("count", Integer.toString(judged.size()));
  }

  private static void judge(
      GuestStorage storage, Collector collector, Image image, Side side, Set<String> judged) {
    Place place = side == Side.SOURCE ? storage.source(image) : storage.destination(image);
    if (!place.state().present()) {
      return;
    }
    List<BlockDevice> stack = place.device().map(d -> place.devices().stack(d)).orElse(List.of());
    for (BlockDevice device : stack) {
      if (device.multipath() && judged.add(side + " " + device.dmName())) {
        map(storage, collector, image, side, device);
      }
    }
  }

  private static void map(
      GuestStorage storage, Collector collector, Image image, Side side, BlockDevice device) {
    String host = storage.context().side(side).name();
    Map<String, Boolean> paths =
        storage
            .context()
            .side(side)
            .get(Multipath.FACT)
            .map(device.dmName())
            .orElseThrow(
                () ->
                    new Undetermined(
                        host + ": nothing is known of the paths of " + device.dmName(),
                        "Look with 'multipath -ll' there."));
    long active = paths.values().stream().filter(a -> a).count();
    String shown = active + " of " + paths.size() + " paths";
    collector.see(
        device.dmName() + " " + device.dmUuid().substring(6),
        side == Side.SOURCE ? shown : "",
        side == Side.DESTINATION ? shown : "");
    String[] values = {
      "host", host,
      "map", device.dmName(),
      "active", Long.toString(active),
      "total", Integer.toString(paths.size())
    };
    if (active == 0) {
      collector.block(storage.problem(side, "none", image, values));
    } else if (active < paths.size()) {
      collector.warn(storage.problem(side, "failed", image, values));
    } else if (active == 1) {
      collector.warn(storage.problem(side, "single", image, values));
    }
  }
}
