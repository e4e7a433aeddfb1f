package org.migratecheck.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.migratecheck.audit.Assessment;
import org.migratecheck.audit.AuditOptions;
import org.migratecheck.check.Catalogue;
import org.migratecheck.check.CatalogueException;
import org.migratecheck.check.CatalogueLoader;
import org.migratecheck.facts.FactRegistry;
import org.migratecheck.model.HostEvidence;
import org.migratecheck.model.Policy;
import org.migratecheck.model.Report;

/** Makes reports from evidence and check files written in a test. */
public final class Reports {
  private Reports() {}

  /** Writes check files (id to YAML) and the ones that are always there into a new directory. */
  public static Catalogue catalogue(Path directory, Map<String, String> files) throws Exception {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(directory.resolve(file.getKey() + ".yaml"), file.getValue());
    }
    return load(List.of(Path.of("checks/run"), directory));
  }

  /** Loads check files. */
  public static Catalogue load(List<Path> directories) throws CatalogueException {
    return new CatalogueLoader(FactRegistry.load()).load(directories);
  }

  /** Judges evidence under the strict policy. */
  public static Report assess(Catalogue catalogue, List<HostEvidence> hosts, String... guests) {
    AuditOptions options =
        new AuditOptions(Policy.STRICT, false, false, List.of(guests), false, List.of("a", "b"));
    Report report =
        new Assessment(catalogue, options, "test", List.of()).assess(hosts, Map.of(), List.of());
    Examples.noted(report.findings());
    return report;
  }
}
