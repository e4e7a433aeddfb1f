package org.migratecheck.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.migratecheck.check.ByHandList;
import org.migratecheck.check.Catalogue;
import org.migratecheck.check.CatalogueException;
import org.migratecheck.check.CatalogueLoader;
import org.migratecheck.check.YamlCache;
import org.migratecheck.facts.FactRegistry;
import org.migratecheck.model.Report;
import picocli.CommandLine.Option;

/** Which checks are used. */
final class CheckOptions {
  @Option(
      names = "--checks",
      paramLabel = "DIR",
      description = "More checks and probes; a file with the same id replaces ours. Repeatable.")
  private List<Path> directories = new ArrayList<>();

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "ID|GROUP",
      description = "Run only these checks or groups. Repeatable.")
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--skip",
      split = ",",
      paramLabel = "ID|GROUP",
      description = "Leave out these checks or groups. Repeatable.")
  private List<String> skip = new ArrayList<>();

  @Option(
      names = "--active",
      description =
          "Also run checks that do more than read: QEMU's list of what keeps it from migrating"
              + " (noted in the guest's log), libvirt's first phase of a migration to the same host"
              + " (always refused in the end), a small file on shared storage. The report lists them.")
  private boolean active;

  private YamlCache cache;

  /** Returns all checks, with those of more directories. */
  static CheckOptions all(List<Path> directories) {
    CheckOptions options = new CheckOptions();
    options.directories = List.copyOf(directories);
    return options;
  }

  /** Returns whether checks that do more than read are made, too. */
  boolean active() {
    return active;
  }

  /** Returns whether some checks are left out. */
  boolean selective() {
    return !only.isEmpty() || !skip.isEmpty();
  }

  /** Returns the directories of checks, ours first. */
  List<Path> directories() {
    List<Path> all = new ArrayList<>();
    all.add(home().resolve("checks"));
    all.addAll(directories);
    return all;
  }

  /** Reads and selects the checks; those that do more than read are skipped unless asked for. */
  Catalogue chosen() throws UsageException {
    Catalogue all = catalogue();
    return active ? all : all.passive();
  }

  /** Returns what the report asks a person to confirm beside these checks. */
  List<Report.ByHand> byHand(Catalogue catalogue) throws UsageException {
    try {
      List<Report.ByHand> items =
          ByHandList.load(directories(), catalogue.checks().values(), cache());
      cache().save();
      return items;
    } catch (CatalogueException e) {
      throw new UsageException(e.mistakes());
    }
  }

  /** Reads and selects the checks. */
  Catalogue catalogue() throws UsageException {
    try {
      Catalogue all = new CatalogueLoader(FactRegistry.load(), cache()).load(directories());
      cache().save();
      return all.select(only, skip);
    } catch (CatalogueException e) {
      throw new UsageException(e.mistakes());
    }
  }

  /** The cache is where the launcher keeps its archive of classes. */
  private YamlCache cache() {
    if (cache == null) {
      cache =
          Optional.ofNullable(System.getProperty("migrate-check.cache"))
              .map(directory -> YamlCache.in(Path.of(directory)))
              .orElseGet(YamlCache::none);
    }
    return cache;
  }

  /** Returns the directory that holds {@code checks} and {@code templates}. */
  static Path home() {
    return Path.of(System.getProperty("migrate-check.home", "")).toAbsolutePath();
  }
}
