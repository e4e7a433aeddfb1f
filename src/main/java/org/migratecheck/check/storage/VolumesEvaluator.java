package org.migratecheck.check.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.Xml;
import org.migratecheck.facts.storage.Pools;
import org.migratecheck.facts.storage.Pools.Pool;
import org.migratecheck.facts.storage.Volumes;

/**
 * Looks up volumes of disks of type {@code volume} on the destination. libvirt there translates
 * them from its own list of the pool (domain_conf.c, virDomainDiskTranslateSourcePool), which is as
 * old as the pool's last refresh.
 */
final class VolumesEvaluator implements Evaluator {

  @Override
  public Outcome evaluate(CheckContext context) {
    List<Xml> sources = new ArrayList<>();
    for (Xml disk : context.guest().xml().all("devices/disk")) {
      if (disk.attr("type").equals("volume")) {
        sources.addAll(disk.all("source"));
      }
    }
    if (sources.isEmpty()) {
      return Outcome.skipped("no-volume");
    }
    Collector collector = new Collector();
    collector.each(sources, source -> judge(context, collector, source));
    return collector.outcome().with("count", Integer.toString(sources.size()));
  }

  private static void judge(CheckContext context, Collector collector, Xml source) {
    String pool = source.attr("pool");
    String volume = source.attr("volume");
    Optional<Pool> there = context.destination(Pools.FACT).named(pool);
    if (there.isEmpty() || !there.get().active()) {
      collector.block(problem(there.isEmpty() ? "pool-missing" : "pool-inactive", pool, volume));
      return;
    }
    Optional<String> path = context.link(Volumes.FACT).path(pool, volume);
    Optional<String> here = context.source(Pools.FACT).named(pool).flatMap(p -> p.volume(volume));
    collector.see(pool + "/" + volume, here.orElse(""), path.orElse("not known"));
    if (path.isEmpty()) {
      collector.block(problem("unknown", pool, volume));
    } else if (here.isPresent() && !here.get().equals(path.get())) {
      collector.block(
          Problem.on(
              Side.DESTINATION,
              "elsewhere",
              "pool",
              pool,
              "volume",
              volume,
              "here",
              here.get(),
              "there",
              path.get()));
    }
  }

  private static Problem problem(String kind, String pool, String volume) {
    return Problem.on(Side.DESTINATION, kind, "pool", pool, "volume", volume);
  }
}
