package org.migratecheck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.migratecheck.collect.EvidenceStore;
import org.migratecheck.model.ExitCode;
import org.migratecheck.model.HostEvidence;
import org.migratecheck.testing.EvidenceBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command line: exit codes, one clear line per mistake, nothing but results on stdout. */
final class MainTest {
  private static final String CHECK =
      """
      id: motd
      title: Same message of the day
      group: site
      scope: pair
      severity: blocker
      rule: {equal: probe}
      probe: cat /etc/motd
      parse: lines
      why: People like it.
      pass: same
      problems:
        differs: {message: "not the same", fix: Align it.}
      reference: [site handbook]
      """;

  @TempDir Path directory;
  private Path checks;
  private String html;
  private String out = "";
  private String err = "";

  @BeforeEach
  void siteCheck() throws Exception {
    checks = Files.createDirectory(directory.resolve("checks"));
    Files.writeString(checks.resolve("motd.yaml"), CHECK);
    html = directory.resolve("r.html").toString();
  }

  @Test
  void readyNotReadyAndUndeterminedHaveTheirCodes() throws Exception {
    String a = stored("a", "hello");
    assertThat(audit(a, stored("b", "hello"))).isEqualTo(0);
    assertThat(out).startsWith("READY  a -> b");
    assertThat(audit(a, stored("c", "bye"))).isEqualTo(1);
    assertThat(out).startsWith("NOT READY  a -> c");
    assertThat(audit(a, "@" + directory + "/none.json")).isEqualTo(3);
    assertThat(out).startsWith("UNDETERMINED").contains("no such file");
    assertThat(err).isEmpty();
  }

  @Test
  void strictMakesWarningsFail() throws Exception {
    Files.writeString(
        checks.resolve("motd2.yaml"),
        CHECK.replace("id: motd", "id: motd2").replace("blocker", "warning"));
    Files.writeString(checks.resolve("motd.yaml"), CHECK.replace("equal: probe", "equal: probe.0"));
    String a = stored("a", "hello\nx", "x");
    String b = stored("b", "hello\ny", "y");
    assertThat(audit(a, b)).isEqualTo(0);
    assertThat(out).contains("1 warning");
    assertThat(audit(a, b, "--strict")).isEqualTo(1);
  }

  @Test
  void theSameEvidenceGivesTheSameBytes() throws Exception {
    String a = stored("a", "hello");
    String b = stored("b", "hello");
    Path json = directory.resolve("r.json");
    audit(a, b, "--json", json.toString());
    String firstJson = Files.readString(json);
    String firstHtml = Files.readString(Path.of(html));
    audit(a, b, "--json", json.toString());
    assertThat(Files.readString(json)).isEqualTo(firstJson);
    assertThat(Files.readString(Path.of(html))).isEqualTo(firstHtml);
    assertThat(Files.getPosixFilePermissions(json)).hasSize(2);
  }

  @Test
  void jsonOnStdoutIsAloneThere() throws Exception {
    audit(stored("a", "x"), stored("b", "y"), "--json", "-");
    JsonNode report = new JsonMapper().readTree(out);
    assertThat(report.path("verdict").asString()).isEqualTo("NOT_READY");
    assertThat(report.path("findings").get(0).path("id").asString()).isEqualTo("motd");
  }

  @Test
  void editedCutOrForeignEvidenceIsNamedAndTheOthersAreJudged() throws Exception {
    String a = stored("a", "hello");
    String b = stored("b", "hello");
    Path edited = directory.resolve("edited.json");
    String text = Files.readString(Path.of(b.substring(1)));
    for (String bad :
        List.of(
            text.replace("hello", "hellO"),
            text.substring(0, text.length() / 2),
            "",
            "{}",
            "[".repeat(10_000))) {
      Files.writeString(edited, bad);
      assertThat(audit(a, "@" + edited, b)).isEqualTo(3);
      assertThat(out).contains("UNDETERMINED  a -> @" + edited).contains("READY  a -> b");
      assertThat(out + err).doesNotContain("\tat ").doesNotContain("Exception");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "a a",
        "-oProxyCommand=x b",
        "a;reboot b",
        "$(id) b",
        "a:99999 b",
        "a b --guest",
        "a b --policy lax",
        "a b --timeout 0",
        "a b --parallel x",
        "a b --only none",
        "a b --guest g --no-guests",
        "a b --html /nonexistent/x.html",
        "a b --html /",
        "a b --json /nonexistent/x.json",
        "a b --checks /nonexistent",
        "a b --bogus",
        "checks none",
        "collect a",
        "a b --color red"
      })
  void misuseIsOneLineAndCodeTwo(String line) {
    List<String> args = new ArrayList<>(List.of(line.split(" ")));
    if (!line.contains("--html") && !line.startsWith("c")) {
      args.add("--html");
      args.add(html);
    }
    assertThat(run(args.toArray(String[]::new))).as(line + ": " + err).isEqualTo(2);
    assertThat(out).isEmpty();
    assertThat(err)
        .startsWith("migrate-check: ")
        .doesNotContain("Exception")
        .doesNotContain("\tat ");
  }

  @Test
  void aBrokenCheckFileIsNamedWithItsLine() throws Exception {
    Files.writeString(checks.resolve("bad.yaml"), "id: bad\ntitle: [\n");
    assertThat(audit("a", "b")).isEqualTo(2);
    assertThat(err).contains("bad.yaml:2: 'title' cannot have this value").doesNotContain("\tat ");
  }

  @Test
  void theSameEvidenceTwiceIsRefused() throws Exception {
    String a = stored("a", "hello");
    Path copy = directory.resolve("copy.json");
    Files.copy(Path.of(a.substring(1)), copy);
    assertThat(audit(a, "@" + copy)).isEqualTo(2);
    assertThat(err).contains("'a'").contains("twice");
  }

  @Test
  void helpNamesEveryExitCode() {
    assertThat(run("--help")).isZero();
    for (ExitCode code : ExitCode.values()) {
      assertThat(out)
          .containsPattern(
              "\\b" + code.code() + " +" + Pattern.quote(code.meaning().substring(0, 9)));
    }
    assertThat(run("--version")).isZero();
    assertThat(out).startsWith("migrate-check ");
  }

  @Test
  void everyCheckCanBeExplained() {
    assertThat(run("checks")).isZero();
    List<String> ids = out.lines().map(l -> l.split(" +")[1]).toList();
    assertThat(ids).contains("host-reachable", "guest-known");
    for (String id : ids) {
      assertThat(run("checks", id)).isZero();
      assertThat(out).startsWith(id + ": ").contains("\nWhy\n").contains("\nReference\n");
    }
  }

  private String stored(String host, String... motd) throws Exception {
    EvidenceBuilder builder =
        EvidenceBuilder.host(host)
            .ok("tools", "")
            .ok("guests/list", "")
            .ok("guests/autostart", "")
            .ok("guests/persistent", "")
            .ok("site-motd", motd[0]);
    if (motd.length > 1) {
      builder.ok("site-motd2", motd[1]);
    }
    HostEvidence evidence = builder.evidence();
    return "@" + EvidenceStore.write(directory.resolve("evidence"), evidence);
  }

  /** Audits with the site's check, or those in its directory, and those about the run. */
  private int audit(String... args) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--checks",
                checks.toString(),
                "--only",
                "site,run",
                "--html",
                html,
                "--no-guests"));
    all.addAll(List.of(args));
    return run(all.toArray(String[]::new));
  }

  private int run(String... args) {
    ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    PrintStream o = new PrintStream(stdout, true, StandardCharsets.UTF_8);
    PrintStream e = new PrintStream(stderr, true, StandardCharsets.UTF_8);
    int code = Main.run(o, e, args);
    o.flush();
    e.flush();
    out = stdout.toString(StandardCharsets.UTF_8);
    err = stderr.toString(StandardCharsets.UTF_8);
    return code;
  }
}
