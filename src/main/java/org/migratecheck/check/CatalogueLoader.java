package org.migratecheck.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.migratecheck.facts.FactRegistry;
import org.migratecheck.model.Printable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Reads check files from directories; a later directory's file replaces one with the same id. */
public final class CatalogueLoader {
  private static final Pattern MISSING =
      Pattern.compile("Missing required creator property '([^']+)'");

  /** Files beside the checks that are none. */
  private static final Set<String> DATA = Set.of(ByHandList.FILE);

  private static final long MAX_FILE_BYTES = 1 << 20;

  private final YamlReader yaml;
  private final CheckResolver resolver;

  /** Creates a loader that knows the announced facts and evaluators, and reads every file anew. */
  public CatalogueLoader(FactRegistry facts) {
    this(facts, YamlCache.none());
  }

  /** Creates a loader that knows the announced facts and evaluators. */
  public CatalogueLoader(FactRegistry facts, YamlCache cache) {
    this.yaml = new YamlReader(cache);
    Map<String, Supplier<Evaluator>> evaluators = new HashMap<>();
    for (EvaluatorSource source : ServiceLoader.load(EvaluatorSource.class)) {
      evaluators.putAll(source.evaluators());
    }
    this.resolver = new CheckResolver(facts, evaluators);
  }

  /**
   * Reads all checks.
   *
   * @throws CatalogueException with every mistake of every file
   */
  public Catalogue load(List<Path> directories) throws CatalogueException {
    List<String> mistakes = new ArrayList<>();
    SortedMap<String, Check> checks = new TreeMap<>();
    SortedMap<String, byte[]> contents = new TreeMap<>();
    KnownBad knownBad = new KnownBad();
    for (Path directory : directories) {
      // Reading YAML takes most of the time before the first connection.
      for (Loaded file : files(directory).parallelStream().map(this::load).toList()) {
        mistakes.addAll(file.mistakes());
        if (file.check().isPresent()) {
          Check check = file.check().get();
          checks.put(check.id(), check);
          contents.put(check.id(), file.content());
        } else if (file.mistakes().isEmpty()) {
          try {
            add(knownBad, file.path(), file.content());
            contents.put(KnownBad.FILE + " " + file.path(), file.content());
          } catch (CatalogueException e) {
            mistakes.addAll(e.mistakes());
          }
        }
      }
    }
    if (!mistakes.isEmpty()) {
      throw new CatalogueException(mistakes);
    }
    checks.computeIfPresent(KnownBad.CHECK, (id, check) -> knownBad.into(check));
    return new Catalogue(checks, hash(contents));
  }

  /** A file with its check, with none where it is a list of known bad versions, or its mistakes. */
  private record Loaded(Path path, byte[] content, Optional<Check> check, List<String> mistakes) {}

  private Loaded load(Path file) {
    try {
      byte[] content = content(file);
      boolean bad = file.getFileName().toString().equals(KnownBad.FILE);
      return new Loaded(
          file, content, bad ? Optional.empty() : Optional.of(read(file, content)), List.of());
    } catch (CatalogueException e) {
      return new Loaded(file, new byte[0], Optional.empty(), e.mistakes());
    }
  }

  private static List<Path> files(Path directory) throws CatalogueException {
    if (!Files.isDirectory(directory)) {
      throw new CatalogueException(
          List.of("no directory of checks: " + Printable.line(directory.toString())));
    }
    try (Stream<Path> found = Files.walk(directory, 4, FileVisitOption.FOLLOW_LINKS)) {
      return found
          .filter(p -> p.getFileName().toString().endsWith(".yaml"))
          .filter(p -> !DATA.contains(p.getFileName().toString()))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (IOException | java.io.UncheckedIOException e) {
      throw new CatalogueException(
          List.of("cannot read the directory " + Printable.line(directory.toString())));
    }
  }

  private static byte[] content(Path file) throws CatalogueException {
    try {
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw mistake(file, 1, "larger than 1 MiB");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw mistake(file, 1, "cannot be read");
    }
  }

  private void add(KnownBad knownBad, Path file, byte[] content) throws CatalogueException {
    String text = new String(content, StandardCharsets.UTF_8);
    KnownBad.File parsed = parsed(file, content, KnownBad.File.class);
    List<CheckResolver.Mistake> wrong = knownBad.add(parsed, yaml.tree(content));
    if (!wrong.isEmpty()) {
      throw new CatalogueException(
          wrong.stream().map(m -> line(file, lineOf(text, m.key()), m.reason())).toList());
    }
    yaml.keep(content, KnownBad.File.class, parsed);
  }

  private <T> T parsed(Path file, byte[] content, Class<T> shape) throws CatalogueException {
    T parsed;
    try {
      parsed = yaml.value(content, shape);
    } catch (UnrecognizedPropertyException e) {
      String key = e.getPropertyName();
      throw mistake(
          file,
          lineOf(new String(content, StandardCharsets.UTF_8), key),
          "a check file has no key '" + key + "' here");
    } catch (MismatchedInputException e) {
      throw mistake(file, Math.max(1, e.getLocation().getLineNr()), wrongValue(e));
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
      throw mistake(file, line, e.getOriginalMessage().lines().findFirst().orElse("not readable"));
    } catch (StackOverflowError e) {
      throw mistake(file, 1, "nested too deeply");
    }
    if (parsed == null) {
      throw mistake(file, 1, "the file is empty");
    }
    return parsed;
  }

  private Check read(Path file, byte[] content) throws CatalogueException {
    String text = new String(content, StandardCharsets.UTF_8);
    CheckFile parsed = parsed(file, content, CheckFile.class);
    List<CheckResolver.Mistake> wrong = new ArrayList<>();
    String name = file.getFileName().toString().replaceAll("\\.yaml$", "");
    Check check = resolver.resolve(parsed, name, file.toString(), wrong);
    if (!wrong.isEmpty()) {
      throw new CatalogueException(
          wrong.stream()
              .map(m -> line(file, lineOf(text, m.key()), m.reason()))
              .distinct()
              .toList());
    }
    yaml.keep(content, CheckFile.class, parsed);
    return check;
  }

  /** Jackson's own words speak of Java classes, which say nothing to the author of a check. */
  private static String wrongValue(MismatchedInputException e) {
    Matcher missing = MISSING.matcher(e.getOriginalMessage());
    if (missing.find()) {
      return "the key '" + missing.group(1) + "' is missing";
    }
    String key =
        e.getPath().isEmpty() ? "" : e.getPath().get(e.getPath().size() - 1).getPropertyName();
    return key == null || key.isEmpty()
        ? "a check file is a table of keys and values"
        : "'" + key + "' cannot have this value";
  }

  /** The line where a key stands, so that a mistake of meaning has a place too. */
  private static int lineOf(String text, String key) {
    int number = 1;
    for (String line : text.split("\n", -1)) {
      if (line.strip().startsWith(key + ":") || line.strip().equals(key)) {
        return number;
      }
      number++;
    }
    return 1;
  }

  private static CatalogueException mistake(Path file, int line, String reason) {
    return new CatalogueException(List.of(line(file, line, reason)));
  }

  private static String line(Path file, int line, String reason) {
    return Printable.line(file + ":" + line + ": " + reason);
  }

  private static String hash(SortedMap<String, byte[]> contents) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      contents.forEach(
          (id, content) -> {
            digest.update((id + " " + content.length + "\n").getBytes(StandardCharsets.UTF_8));
            digest.update(content);
          });
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
