package org.migratecheck.check.storage;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.Guests;
import org.migratecheck.facts.storage.Mounts;
import org.migratecheck.facts.storage.Pools;
import org.migratecheck.facts.storage.Pools.Pool;
import org.migratecheck.model.Policy;

/**
 * Compares libvirt's storage pools. A pool blocks when a running guest has a volume of it, and, as
 * shared storage has to be the same on both hosts, when it is shared and the policy is strict.
 */
final class PoolsEvaluator implements Evaluator {

  @Override
  public Outcome evaluate(CheckContext context) {
    List<Pool> active = context.source(Pools.FACT).pools().stream().filter(Pool::active).toList();
    if (active.isEmpty()) {
      return Outcome.skipped("no-pool");
    }
    Pools there = context.destination(Pools.FACT);
    Set<String> used =
        context.source(Guests.FACT).stream()
            .filter(Guest::active)
            .flatMap(g -> g.xml().all("devices/disk").stream())
            .filter(d -> d.attr("type").equals("volume"))
            .flatMap(d -> d.attribute("source", "pool").stream())
            .collect(Collectors.toSet());
    Collector collector = new Collector();
    for (Pool pool : active) {
      boolean blocks =
          used.contains(pool.name())
              || (context.policy() == Policy.STRICT && shared(pool, context.source(Mounts.FACT)));
      judge(collector, pool, there.named(pool.name()), blocks);
    }
    return collector.outcome().with("count", Integer.toString(active.size()));
  }

  private static boolean shared(Pool pool, Mounts mounts) {
    return pool.networked()
        || pool.target().flatMap(mounts::holding).filter(m -> m.fileSystem().shared()).isPresent();
  }

  private static void judge(Collector collector, Pool here, Optional<Pool> there, boolean blocks) {
    collector.see(here.name(), text(here), there.map(PoolsEvaluator::text).orElse(""));
    if (there.isEmpty()) {
      report(collector, here, "missing", blocks);
    } else if (!there.get().definition().equals(here.definition())) {
      // A server has several names; whether the storage is the same is judged with the guests.
      report(collector, here, "differs", blocks && !there.get().place().equals(here.place()));
    } else if (!there.get().active()) {
      report(collector, here, "inactive", blocks);
    } else if (here.autostart() && !there.get().autostart()) {
      collector.warn(problem(here, "no-autostart"));
    }
  }

  private static void report(Collector collector, Pool pool, String kind, boolean blocks) {
    if (blocks) {
      collector.block(problem(pool, kind));
    } else {
      collector.warn(problem(pool, kind));
    }
  }

  private static Problem problem(Pool pool, String kind) {
    return Problem.on(
        Side.DESTINATION, kind, "pool", pool.name(), "type", pool.type(), "xml", pool.definition());
  }

  private static String text(Pool pool) {
    return pool.type()
        + pool.target().map(t -> " at " + t).orElse("")
        + (pool.active() ? ", active" : ", inactive")
        + (pool.autostart() ? ", autostart" : "");
  }
}
