package org.migratecheck.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.migratecheck.cli.Main;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole program against the recording that comes with it. */
final class DemoTest {
  @TempDir private static Path dir;
  private static int status;
  private static String err;
  private static JsonNode report;

  @BeforeAll
  static void run() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    status =
        Main.run(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(said, true, StandardCharsets.UTF_8),
            "demo",
            "--both-ways",
            "--json",
            "-",
            "--html",
            dir.resolve("demo.html").toString());
    err = said.toString(StandardCharsets.UTF_8);
    report = JsonMapper.builder().build().readTree(out.toString(StandardCharsets.UTF_8));
  }

  private static Set<String> checks(String status) {
    Set<String> ids = new TreeSet<>();
    for (JsonNode finding : report.get("findings")) {
      if (finding.get("status").asString().equals(status)) {
        ids.add(finding.get("id").asString());
      }
    }
    return ids;
  }

  @Test
  void saysThatTheHostsAreRecorded() {
    assertThat(err).contains(DemoHosts.NOTICE);
  }

  @Test
  void findsTheFaultsOfTheRecording() {
    assertThat(status).isEqualTo(1);
    assertThat(report.get("verdict").asString()).isEqualTo("NOT_READY");
    assertThat(checks("FAIL"))
        .contains(
            "bridge-exists",
            "migration-ports",
            "packages-virtualization-same",
            "shared-path-exists")
        .doesNotContain("disk-readable", "libvirt-reachable", "os-version");
    assertThat(checks("WARN")).contains("packages-same");
    assertThat(checks("PASS")).hasSizeGreaterThan(50);
  }

  @Test
  void theRecordingFitsTheProbes() {
    assertThat(checks("ERROR"))
        .as("probes have changed: record again with src/lab/sh/record-demo")
        .isEmpty();
  }

  @Test
  void writesTheReport() throws Exception {
    assertThat(Files.readString(dir.resolve("demo.html"))).contains("hostA").contains("db1");
  }
}
