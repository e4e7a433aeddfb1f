package org.migratecheck.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.migratecheck.model.ClockOffset;
import org.migratecheck.model.HostEvidence;
import org.migratecheck.model.HostFailure;
import org.migratecheck.model.HostIdentity;
import org.migratecheck.model.LinkEvidence;

final class EvidenceStoreTest {
  private static final HostEvidence EVIDENCE =
      new HostEvidence(
          HostEvidence.SCHEMA_VERSION,
          "root@hostA",
          new HostIdentity("ssh", "192.0.2.1", 22, "root", "ssh-ed25519 SHA256:abc", true),
          Instant.parse("2026-01-02T03:04:05.123456789Z"),
          1234,
          Optional.of(new ClockOffset(-5, 7)),
          Streams.outputs(),
          List.of(new LinkEvidence("root@hostA", "hostB", Streams.outputs(), new TreeMap<>())),
          Optional.empty());
  private static final HostEvidence FAILED =
      HostEvidence.failed(
          "hostC",
          Instant.parse("2026-01-02T03:04:05Z"),
          new HostFailure(HostFailure.Kind.REFUSED, "hostC: refused", "start sshd"));

  @TempDir private Path dir;

  @Test
  void whatIsWrittenIsRead() throws Exception {
    for (HostEvidence evidence : List.of(EVIDENCE, FAILED)) {
      Path file = EvidenceStore.write(dir.resolve("new/deep"), evidence);
      assertThat(EvidenceStore.read(file)).isEqualTo(evidence);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      EvidenceStore.write(dir.resolve("new/deep"), evidence);
    }
    try (Stream<Path> files = Files.list(dir.resolve("new/deep"))) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void theSameEvidenceGivesTheSameBytes() {
    assertThat(EvidenceStore.bytes(EVIDENCE)).isEqualTo(EvidenceStore.bytes(EVIDENCE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hostA",
        "a.example.com",
        "../../etc/passwd",
        "/etc/passwd",
        "-rf",
        "",
        "a\nb",
        ".."
      })
  void fileNamesStayInTheirDirectory(String host) {
    String name = EvidenceStore.fileName(host);
    assertThat(name).matches("[A-Za-z0-9_-][A-Za-z0-9._-]*\\.json");
    assertThat(dir.resolve(name).normalize().getParent()).isEqualTo(dir);
  }

  @Test
  void differentHostsHaveDifferentFiles() {
    List<String> hosts =
        List.of(
            "a/b", "a:b", "a_b", "", ".", "..", "x".repeat(300), "x".repeat(301), "-rf", "\u202e");
    assertThat(hosts.stream().map(EvidenceStore::fileName).distinct()).hasSize(hosts.size());
    assertThat(hosts).allMatch(h -> EvidenceStore.fileName(h).length() < 120);
  }

  @Test
  void aSymbolicLinkIsReplacedNotFollowed() throws Exception {
    Path victim = Files.writeString(dir.resolve("victim"), "precious");
    Path link = dir.resolve("hostC.json");
    Files.createSymbolicLink(link, victim);
    assertThat(EvidenceStore.write(dir, FAILED)).isEqualTo(link);
    assertThat(victim).hasContent("precious");
    assertThat(link).isRegularFile();
    assertThat(Files.isSymbolicLink(link)).isFalse();
  }

  @Test
  void aCutFileIsRefusedWhereverItIsCut() throws Exception {
    byte[] bytes = EvidenceStore.bytes(EVIDENCE);
    for (int length = 0; length < bytes.length; length += 97) {
      Path file = Files.write(dir.resolve("cut.json"), Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> EvidenceStore.read(file))
          .isInstanceOf(EvidenceException.class)
          .hasMessageStartingWith(file.toString())
          .message()
          .hasLineCount(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "1234567 | 1234568 | was changed",
        "\"millis\":1234 | \"millis\":1235 | was changed",
        "192.0.2.1 | 192.0.2.2 | was changed",
        "\"COMPLETE\" | \"PERFECT\" | damaged",
        "\"host\":\"root@hostA\" | \"host\":null | damaged",
        "\"schemaVersion\":1 | \"schemaVersion\":2 | version 2",
        "\"schemaVersion\":1 | \"schemaVersion\":1e99 | version",
        "migrate-check evidence | something else | is no evidence",
        "\"millis\":1234 | \"millis\":1234,\"extra\":1 | damaged",
        "\"links\":[ | \"links\":[null, | damaged",
      })
  void anEditedFileIsRefused(String from, String to, String reason) throws Exception {
    String text = new String(EvidenceStore.bytes(EVIDENCE), StandardCharsets.UTF_8);
    assertThat(text).contains(from);
    Path file = dir.resolve("edited.json");
    Files.writeString(file, text.replace(from, to));
    assertThatThrownBy(() -> EvidenceStore.read(file))
        .isInstanceOf(EvidenceException.class)
        .hasMessageContaining(reason)
        .message()
        .hasLineCount(1);
  }

  @Test
  void whiteSpaceIsNoChange() throws Exception {
    String text = new String(EvidenceStore.bytes(EVIDENCE), StandardCharsets.UTF_8);
    Path file = Files.writeString(dir.resolve("pretty.json"), text.replace(",\"", ",\n  \""));
    assertThat(EvidenceStore.read(file)).isEqualTo(EVIDENCE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "null", "{}", "3", "{\"format\":\"migrate-check evidence\"}"})
  void otherJsonIsRefused(String text) throws Exception {
    Path file = Files.writeString(dir.resolve("other.json"), text);
    assertThatThrownBy(() -> EvidenceStore.read(file)).isInstanceOf(EvidenceException.class);
  }

  @Test
  void deepNestingAndMissingFilesAreRefused() throws Exception {
    Path deep = Files.writeString(dir.resolve("deep.json"), "[".repeat(100_000));
    assertThatThrownBy(() -> EvidenceStore.read(deep)).isInstanceOf(EvidenceException.class);
    assertThatThrownBy(() -> EvidenceStore.read(dir.resolve("absent.json")))
        .hasMessageEndingWith("no such file or directory");
    assertThatThrownBy(() -> EvidenceStore.read(dir)).hasMessageEndingWith("is a directory");
    assertThatThrownBy(() -> EvidenceStore.write(deep, EVIDENCE))
        .isInstanceOf(EvidenceException.class);
  }
}
