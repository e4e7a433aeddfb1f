package org.migratecheck.collect;

import com.fasterxml.jackson.annotation.Nulls;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.migratecheck.model.HostEvidence;
import org.migratecheck.model.Printable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Evidence as a JSON file: {@code {"format": ..., "sha256": ..., "evidence": {...}}}. The sum is
 * taken over the evidence as this program would write it, so that white space does not matter and
 * every other change does. It shows damage and edits by hand; it is no signature.
 */
public final class EvidenceStore {
  private static final String FORMAT = "migrate-check evidence";
  private static final int MAX_BYTES = 128 * 1024 * 1024;
  private static final int MAX_NAME = 100;

  /** Built on first use: most runs neither read nor write evidence. */
  private static final class Json {
    static final JsonMapper MAPPER =
        JsonMapper.builder(
                JsonFactory.builder()
                    .streamReadConstraints(
                        StreamReadConstraints.builder()
                            .maxNestingDepth(20)
                            .maxDocumentLength(MAX_BYTES)
                            .maxStringLength(HostCollector.MAX_STDOUT)
                            .maxNameLength(1000)
                            .build())
                    .build())
            .enable(
                DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .changeDefaultNullHandling(n -> n.withContentNulls(Nulls.FAIL))
            .build();
  }

  private record Stored(String format, String sha256, HostEvidence evidence) {}

  private EvidenceStore() {}

  /**
   * Writes evidence into a directory, which is created if need be. The file can be read by its
   * owner alone, appears whole or not at all, and replaces an older one (or a symbolic link) of its
   * name.
   *
   * @return the file
   * @throws EvidenceException when it cannot be written
   */
  public static Path write(Path directory, HostEvidence evidence) throws EvidenceException {
    Path file = directory.resolve(fileName(evidence.host()));
    try {
      Files.createDirectories(directory);
      Path temporary = Files.createTempFile(directory, ".evidence", ".tmp");
      try {
        Files.write(temporary, bytes(evidence));
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(temporary);
      }
      return file;
    } catch (IOException e) {
      throw new EvidenceException(file + ": cannot be written: " + reason(e), e);
    }
  }

  /** Returns the bytes of an evidence file. */
  public static byte[] bytes(HostEvidence evidence) {
    return Json.MAPPER.writeValueAsBytes(new Stored(FORMAT, sum(evidence), evidence));
  }

  /**
   * Reads an evidence file.
   *
   * @throws EvidenceException when it is missing, cut, edited, of another version or no evidence
   */
  public static HostEvidence read(Path file) throws EvidenceException {
    String name = Printable.line(file.toString());
    try {
      if (Files.isDirectory(file)) {
        throw new EvidenceException(name + ": is a directory");
      }
      if (Files.size(file) > MAX_BYTES) {
        throw new EvidenceException(name + ": is too large to be evidence");
      }
      try (InputStream in = Files.newInputStream(file)) {
        return read(name, in);
      }
    } catch (IOException e) {
      throw new EvidenceException(name + ": cannot be read: " + reason(e), e);
    }
  }

  /**
   * Reads evidence from a stream.
   *
   * @param name what to call it in messages
   * @throws EvidenceException as {@link #read(Path)}
   */
  public static HostEvidence read(String name, InputStream in) throws EvidenceException {
    Stored stored;
    try {
      JsonNode tree = Json.MAPPER.readTree(in.readNBytes(MAX_BYTES));
      if (!FORMAT.equals(tree.path("format").asString(""))) {
        throw new EvidenceException(name + ": is no evidence written by migrate-check");
      }
      int version = tree.path("evidence").path("schemaVersion").asInt(0);
      if (version != HostEvidence.SCHEMA_VERSION) {
        throw new EvidenceException(
            name
                + ": is of version "
                + version
                + "; this program reads version "
                + HostEvidence.SCHEMA_VERSION);
      }
      stored = Json.MAPPER.treeToValue(tree, Stored.class);
    } catch (JacksonException | UncheckedIOException | IOException e) {
      throw new EvidenceException(name + ": is cut, damaged or no evidence" + where(e), e);
    }
    if (!MessageDigest.isEqual(ascii(sum(stored.evidence())), ascii(stored.sha256()))) {
      throw new EvidenceException(name + ": was changed after it was written (its sum differs)");
    }
    return stored.evidence();
  }

  /** Returns a file name that stays in its directory and is its own for every host name. */
  static String fileName(String host) {
    String safe = host.replaceAll("[^A-Za-z0-9._-]", "_").replaceAll("^[.-]+", "_");
    if (safe.length() > MAX_NAME) {
      safe = safe.substring(0, MAX_NAME);
    }
    if (!safe.equals(host) || safe.isEmpty()) {
      safe += "-" + sha256(host.getBytes(StandardCharsets.UTF_8)).substring(0, 8);
    }
    return safe + ".json";
  }

  private static String sum(HostEvidence evidence) {
    return sha256(Json.MAPPER.writeValueAsBytes(evidence));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String where(Exception e) {
    return e instanceof JacksonException j && j.getLocation() != null
        ? " (line "
            + j.getLocation().getLineNr()
            + ", column "
            + j.getLocation().getColumnNr()
            + ")"
        : "";
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : Printable.line(e.getMessage());
  }
}
