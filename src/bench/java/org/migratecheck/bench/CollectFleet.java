package org.migratecheck.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.migratecheck.check.Catalogue;
import org.migratecheck.check.CatalogueLoader;
import org.migratecheck.collect.Fleet;
import org.migratecheck.collect.Probe;
import org.migratecheck.collect.ProbeCatalogue;
import org.migratecheck.collect.Progress;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.FactRegistry;
import org.migratecheck.model.HostEvidence;
import org.migratecheck.remote.ConnectOptions;
import org.migratecheck.remote.HostConnector;
import org.migratecheck.remote.HostSpec;
import org.migratecheck.remote.SshEnvironment;

/** Collects from many hosts and prints the processor time of this process for each. */
public final class CollectFleet {
  private CollectFleet() {}

  /** Arguments: workers, then the hosts. The first ten hosts warm up and do not count. */
  public static void main(String[] args) throws Exception {
    int workers = Integer.parseInt(args[0]);
    List<HostSpec> hosts = new ArrayList<>();
    for (String host : List.of(args).subList(1, args.length)) {
      hosts.add(HostSpec.parse(host));
    }
    List<Path> directories = List.of(Path.of("checks"));
    Catalogue catalogue = new CatalogueLoader(FactRegistry.load()).load(directories);
    List<Probe> probes =
        ProbeCatalogue.load(directories).select(catalogue.probes(Fact.Place.HOST), Probe.Step.HOST);
    collect(workers, hosts.subList(0, Math.min(10, hosts.size())), probes);
    long cpu = cpuNanos();
    long began = System.nanoTime();
    List<HostEvidence> evidence = collect(workers, hosts, probes);
    long read = evidence.stream().filter(e -> e.failure().isEmpty()).count();
    evidence.stream()
        .flatMap(e -> e.failure().stream())
        .limit(3)
        .forEach(f -> System.out.println("  " + f.message()));
    System.out.printf(
        "%d of %d hosts read by %d workers in %.1f s, %.1f ms client CPU per host%n",
        read,
        hosts.size(),
        workers,
        (System.nanoTime() - began) / 1e9,
        (cpuNanos() - cpu) / 1e6 / hosts.size());
  }

  private static List<HostEvidence> collect(int workers, List<HostSpec> hosts, List<Probe> probes) {
    Fleet.Options options = new Fleet.Options(workers, Duration.ofSeconds(120), false);
    try (Fleet fleet =
        new Fleet(
            new HostConnector(SshEnvironment.ofThisProcess()),
            ConnectOptions.defaults(),
            options,
            Progress.NONE)) {
      return fleet.collect(hosts, probes);
    }
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
