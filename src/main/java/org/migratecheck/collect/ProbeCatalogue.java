package org.migratecheck.collect;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.migratecheck.collect.Probe.Step;

/** The probes that there are, by name: ours, those of further directories, and inline ones. */
public final class ProbeCatalogue {
  private static final long MAX_BYTES = 256 * 1024;

  /** What one host may take, for which the probes' own deadlines are made. */
  static final Duration USUAL = Duration.ofSeconds(60);

  private final SortedMap<String, Probe> probes;

  private ProbeCatalogue(SortedMap<String, Probe> probes) {
    this.probes = Collections.unmodifiableSortedMap(probes);
  }

  /**
   * Returns the directory that holds {@code checks} and {@code templates}: the system property
   * {@code migrate-check.home}, else the current directory.
   */
  public static Path home() {
    return Path.of(System.getProperty("migrate-check.home", "."));
  }

  /**
   * Reads {@code DIRECTORY/probes/*.sh} of each directory; a later file replaces an earlier one of
   * the same name. A directory without {@code probes} adds nothing.
   *
   * @throws ProbeException with every mistake in every file
   */
  public static ProbeCatalogue load(List<Path> checkDirectories) throws ProbeException {
    SortedMap<String, Probe> probes = new TreeMap<>();
    List<String> problems = new ArrayList<>();
    for (Path directory : checkDirectories) {
      for (Path file : files(directory.resolve("probes"), problems)) {
        String name = file.getFileName().toString();
        name = name.substring(0, name.length() - ".sh".length());
        Optional<String> text = read(file, problems);
        if (text.isPresent()) {
          ProbeFile.parse(file.toString(), name, text.get(), problems)
              .ifPresent(p -> probes.put(p.name(), p));
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new ProbeException(problems);
    }
    return new ProbeCatalogue(probes);
  }

  /** Returns a catalogue that also has {@code probe}, in place of one of the same name. */
  public ProbeCatalogue with(Probe probe) {
    SortedMap<String, Probe> more = new TreeMap<>(probes);
    more.put(probe.name(), probe);
    return new ProbeCatalogue(more);
  }

  /**
   * Returns a catalogue for hosts that are slow or busy: the deadlines of all probes grow with what
   * one host may take.
   *
   * @param limit what the user allows for one host; up to {@link #USUAL}, nothing changes
   */
  public ProbeCatalogue patient(Duration limit) {
    if (limit.compareTo(USUAL) <= 0) {
      return this;
    }
    SortedMap<String, Probe> slower = new TreeMap<>(probes);
    slower.replaceAll(
        (name, p) ->
            p.within(p.deadline().multipliedBy(limit.toSeconds()).dividedBy(USUAL.toSeconds())));
    return new ProbeCatalogue(slower);
  }

  /** Returns all probes, sorted by name. */
  public Collection<Probe> all() {
    return probes.values();
  }

  /** Returns the probe of that name. */
  public Optional<Probe> find(String name) {
    return Optional.ofNullable(probes.get(name));
  }

  /**
   * Returns those of {@code names} that run in {@code step}, sorted by name. Names that are not in
   * the catalogue are left out; their evidence will be undetermined.
   */
  public List<Probe> select(Collection<String> names, Step step) {
    return probes.values().stream()
        .filter(p -> p.steps().contains(step) && names.contains(p.name()))
        .toList();
  }

  private static List<Path> files(Path directory, List<String> problems) {
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*.sh")) {
        found.forEach(files::add);
      } catch (IOException e) {
        problems.add(directory + ": cannot be read: " + e.getMessage());
      }
    }
    Collections.sort(files);
    return files;
  }

  private static Optional<String> read(Path file, List<String> problems) {
    try {
      if (!Files.isRegularFile(file)) {
        problems.add(file + ": is no regular file");
      } else if (Files.size(file) > MAX_BYTES) {
        problems.add(file + ": is larger than " + MAX_BYTES / 1024 + " KiB");
      } else {
        return Optional.of(Files.readString(file));
      }
    } catch (CharacterCodingException e) {
      problems.add(file + ": is not UTF-8 text");
    } catch (IOException e) {
      problems.add(file + ": cannot be read: " + e.getMessage());
    }
    return Optional.empty();
  }
}
