package org.migratecheck.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.migratecheck.model.Finding;
import org.migratecheck.model.HostEvidence;
import org.migratecheck.model.HostFailure;
import org.migratecheck.model.ProbeOutput.Completeness;
import org.migratecheck.model.Report;
import org.migratecheck.model.Severity;
import org.migratecheck.model.Status;
import org.migratecheck.model.Verdict;
import org.migratecheck.testing.EvidenceBuilder;
import org.migratecheck.testing.Reports;

/** Judging and verdicts, over one site check that compares the message of the day. */
final class JudgeTest {
  private static final String CHECK =
      """
      id: motd
      title: Same message on {source} and {destination}
      group: site
      scope: pair
      severity: blocker
      rule: {equal: probe}
      probe: cat /etc/motd
      parse: lines
      why: It matters.
      pass: "both say {value}"
      problems:
        differs:
          message: "{source} says {source-value}, {destination} says {destination-value}"
          error: "bad motd {destination-value}"
          fix: Copy it to {destination}.
          commands:
            - {on: destination, when: nmcli, run: "nmcli {source-value}"}
            - {on: destination, run: "echo {source-value} >/etc/motd"}
      reference: [site handbook]
      """;
  private static final String UUID = "11111111-2222-4333-8444-555555555555";

  @TempDir Path directory;

  @Test
  void equalHostsAreReady() throws Exception {
    Report report = judge(host("a", "hello"), host("b", "hello"));
    assertThat(report.verdict()).isEqualTo(Verdict.READY);
    assertThat(only(report, "motd").message()).isEqualTo("both say [\"hello\"]");
  }

  @Test
  void aDifferenceIsNotReadyAndTheFixQuotesWhatTheHostSaid() throws Exception {
    Report report = judge(host("a", "x; reboot"), host("b", "hello"));
    assertThat(report.verdict()).isEqualTo(Verdict.NOT_READY);
    Finding finding = only(report, "motd");
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.fix().commands()).hasSize(1);
    assertThat(finding.fix().commands().get(0).host()).isEqualTo("b");
    assertThat(finding.fix().command()).isEqualTo("# on b\necho '[\"x; reboot\"]' >/etc/motd");
    assertThat(finding.errors()).containsExactly("bad motd [\"hello\"]");
  }

  @Test
  void theCommandOfAnInstalledToolIsPreferred() throws Exception {
    HostEvidence b =
        EvidenceBuilder.host("b").ok("site-motd", "y").ok("tools", "nmcli\n").evidence();
    assertThat(only(judge(host("a", "x"), b), "motd").fix().command()).contains("nmcli ");
  }

  @Test
  void aValueThatWouldActOnTheTerminalGivesNoCommand() throws Exception {
    Finding finding = only(judge(host("a", "x\u202ey"), host("b", "z")), "motd");
    assertThat(finding.fix().commands()).isEmpty();
    assertThat(finding.fix().text()).isEqualTo("Copy it to b.");
    assertThat(finding.message()).containsIgnoringCase("\\u202e").doesNotContain("\u202e");
  }

  @Test
  void cutMissingOrFailedEvidenceIsUndeterminedNeverEqual() throws Exception {
    for (Completeness broken :
        List.of(Completeness.TRUNCATED, Completeness.TIMED_OUT, Completeness.MISSING)) {
      HostEvidence a = EvidenceBuilder.host("a").broken("site-motd", broken, "").evidence();
      HostEvidence b = EvidenceBuilder.host("b").broken("site-motd", broken, "").evidence();
      Report report = judge(a, b);
      assertThat(report.verdict()).as(broken.name()).isEqualTo(Verdict.UNDETERMINED);
      assertThat(only(report, "motd").status()).isEqualTo(Status.ERROR);
    }
    HostEvidence failed =
        EvidenceBuilder.host("b").exit("site-motd", 127, "", "cat: not found").evidence();
    Finding finding = only(judge(host("a", "x"), failed), "motd");
    assertThat(finding.status()).isEqualTo(Status.ERROR);
    assertThat(finding.message()).contains("not installed").contains("cat: not found");
    assertThat(finding.fix().text()).contains("Install");
  }

  @Test
  void aHostThatWasNotReadIsUndeterminedAndTheOthersAreStillJudged() throws Exception {
    HostFailure failure = new HostFailure(HostFailure.Kind.REFUSED, "b refused", "Start sshd.");
    HostEvidence b = HostEvidence.failed("b", Instant.EPOCH, failure);
    Report report = judge(host("a", "x"), b, host("c", "x"));
    assertThat(report.verdict()).isEqualTo(Verdict.UNDETERMINED);
    assertThat(report.pairs())
        .extracting(p -> p.verdict())
        .containsExactly(Verdict.UNDETERMINED, Verdict.READY);
    assertThat(report.findings().get(0).message()).isEqualTo("b refused");
    assertThat(report.findings().get(0).fix().text()).isEqualTo("Start sshd.");
  }

  @Test
  void nothingEvaluatedIsNeverReady() throws Exception {
    Catalogue onlyRun = Reports.catalogue(directory, Map.of());
    Report report = Reports.assess(onlyRun, List.of(host("a", "x"), host("b", "x")));
    assertThat(report.verdict()).isEqualTo(Verdict.UNDETERMINED);
  }

  @Test
  void anUnknownGuestIsNamedAndBlocks() throws Exception {
    Report report =
        Reports.assess(
            Reports.catalogue(directory, Map.of("motd", CHECK)),
            List.of(host("a", "x"), host("b", "x")),
            "db01");
    assertThat(report.verdict()).isEqualTo(Verdict.NOT_READY);
    Finding finding = only(report, "guest-known");
    assertThat(finding.guest()).contains("db01");
    assertThat(finding.message()).isEqualTo("a has no guest called db01");
  }

  @Test
  void aGuestThatNoBlockerJudgedIsUndetermined() throws Exception {
    String guestCheck =
        CHECK
            .replace("id: motd", "id: gmotd")
            .replace("scope: pair", "scope: guest")
            .replace("severity: blocker", "severity: warning");
    HostEvidence a =
        EvidenceBuilder.host("a")
            .ok("site-motd", "x")
            .ok("site-gmotd", "x")
            .ok("guests/list", UUID + "\n")
            .ok("guests/autostart", "")
            .ok("guests/persistent", UUID + "\n")
            .ok("guests/state." + UUID, "running (booted)\n")
            .ok("guests/xml." + UUID, "<domain><name>g</name></domain>")
            .evidence();
    HostEvidence b =
        EvidenceBuilder.host("b").ok("site-motd", "x").ok("site-gmotd", "x").evidence();
    Catalogue warningOnly =
        Reports.catalogue(directory, Map.of("motd", CHECK, "gmotd", guestCheck));
    assertThat(Reports.assess(warningOnly, List.of(a, b)).verdict())
        .isEqualTo(Verdict.UNDETERMINED);
    Catalogue blocker =
        Reports.catalogue(
            directory, Map.of("motd", CHECK, "gmotd", guestCheck.replace("warning", "blocker")));
    Report report = Reports.assess(blocker, List.of(a, b));
    assertThat(report.verdict()).isEqualTo(Verdict.READY);
    assertThat(report.pairs().get(0).guests()).containsExactly("g");
  }

  @Test
  void missingWordsAreAnErrorNotAPass() throws Exception {
    Check check = Reports.catalogue(directory, Map.of("motd", CHECK)).checks().get("motd");
    Subject subject =
        Subject.pair(
            new Direction(
                new org.migratecheck.facts.HostFacts(host("a", "x")),
                new org.migratecheck.facts.HostFacts(host("b", "x")),
                java.util.Optional.empty(),
                List.of(),
                List.of()));
    FindingWriter writer = new FindingWriter(check, org.migratecheck.model.Policy.STRICT, subject);
    assertThat(writer.finding(Outcome.skipped("nothing")).status()).isEqualTo(Status.ERROR);
    assertThat(writer.finding(Outcome.of(List.of(Problem.of("odd")), List.of())).status())
        .isEqualTo(Status.ERROR);
  }

  @Test
  void severitiesDecideTheStatusOfAProblem() throws Exception {
    for (Severity severity : Severity.values()) {
      Catalogue catalogue =
          Reports.catalogue(directory, Map.of("motd", CHECK.replace("blocker", severity.label())));
      Report report = Reports.assess(catalogue, List.of(host("a", "x"), host("b", "y")));
      assertThat(only(report, "motd").status())
          .isEqualTo(severity == Severity.BLOCKER ? Status.FAIL : Status.WARN);
    }
  }

  private Report judge(HostEvidence... hosts) throws Exception {
    return Reports.assess(Reports.catalogue(directory, Map.of("motd", CHECK)), List.of(hosts));
  }

  private static HostEvidence host(String name, String motd) {
    return EvidenceBuilder.host(name)
        .ok("site-motd", motd)
        .ok("tools", "")
        .ok("guests/list", "")
        .ok("guests/autostart", "")
        .ok("guests/persistent", "")
        .evidence();
  }

  private static Finding only(Report report, String id) {
    return report.findings().stream().filter(f -> f.id().equals(id)).findFirst().orElseThrow();
  }
}
