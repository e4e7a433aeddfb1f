package org.migratecheck.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.migratecheck.audit.AuditOptions;
import org.migratecheck.audit.Auditor;
import org.migratecheck.check.Catalogue;
import org.migratecheck.check.CatalogueLoader;
import org.migratecheck.collect.ProbeCatalogue;
import org.migratecheck.collect.Progress;
import org.migratecheck.facts.FactRegistry;
import org.migratecheck.model.HostIdentity;
import org.migratecheck.model.Policy;
import org.migratecheck.remote.ConnectOptions;
import org.migratecheck.remote.ConnectionException;
import org.migratecheck.remote.Connector;
import org.migratecheck.remote.HostConnection;
import org.migratecheck.remote.HostConnector;
import org.migratecheck.remote.HostSpec;
import org.migratecheck.remote.ScriptLimits;
import org.migratecheck.remote.ScriptResult;
import org.migratecheck.remote.SshEnvironment;

/**
 * Audits hosts and writes what was sent to each and what it answered: {@code HOST.N.sh} and {@code
 * HOST.N.out} for its N-th script. The benchmark sends the same through plain ssh.
 */
public final class RecordScripts {
  private RecordScripts() {}

  /** Arguments: the directory to write to, then the hosts. */
  public static void main(String[] args) throws Exception {
    Path directory = Files.createDirectories(Path.of(args[0]));
    List<HostSpec> hosts = new ArrayList<>();
    for (String host : List.of(args).subList(1, args.length)) {
      hosts.add(HostSpec.parse(host));
    }
    List<Path> checks = List.of(Path.of("checks"));
    Catalogue catalogue = new CatalogueLoader(FactRegistry.load()).load(checks);
    Connector real = new HostConnector(SshEnvironment.ofThisProcess());
    Map<String, Integer> count = new ConcurrentHashMap<>();
    Connector recording =
        (host, options) ->
            new Recording(real.connect(host, options), host.host(), directory, count);
    new Auditor(
            catalogue,
            ProbeCatalogue.load(checks),
            new Auditor.Collecting(
                recording,
                ConnectOptions.defaults(),
                Duration.ofSeconds(60),
                16,
                true,
                false,
                List.of(),
                report -> {},
                Progress.NONE))
        .collect(hosts, new AuditOptions(Policy.STRICT, false, false, List.of(), false, List.of()));
  }

  private record Recording(
      HostConnection connection, String host, Path directory, Map<String, Integer> count)
      implements HostConnection {
    @Override
    public HostIdentity identity() {
      return connection.identity();
    }

    @Override
    public ScriptResult run(String script, ScriptLimits limits) throws ConnectionException {
      String name = host + "." + count.merge(host, 1, Integer::sum);
      ScriptResult result = connection.run(script, limits);
      try {
        Files.writeString(directory.resolve(name + ".sh"), script);
        Files.write(directory.resolve(name + ".out"), result.stdout());
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
      return result;
    }

    @Override
    public void close() {
      connection.close();
    }
  }
}
