package org.migratecheck.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The result of one audit; console, HTML and JSON are rendered from it alone. The same evidence and
 * options give an equal report, so nothing in it reads the clock of the rendering machine.
 *
 * @param schemaVersion the version of the JSON layout
 * @param verdict the worst verdict of all pairs
 * @param tool name, version and the hash of the check set
 * @param run how the audit was asked for
 * @param hosts the hosts in the order given, source first
 * @param pairs one verdict per direction that was judged
 * @param checks the checks that were chosen, by id
 * @param findings all findings, sorted by {@link FindingOrder}
 * @param forecasts how the moves of the judged guests will go, one for each guest and direction
 * @param byHand what no probe can prove and a person has to confirm
 * @param sideEffects what the audit did on the hosts beyond reading
 * @param plan what is to be done, where that was asked for
 * @param moves what was done, one for each guest; empty before a migration
 */
public record Report(
    String schemaVersion,
    Verdict verdict,
    Tool tool,
    Run run,
    List<HostSummary> hosts,
    List<PairVerdict> pairs,
    List<CheckSummary> checks,
    List<Finding> findings,
    List<Forecast> forecasts,
    List<ByHand> byHand,
    List<String> sideEffects,
    Optional<MigrationPlan> plan,
    List<Move> moves) {
  /** The JSON layout version that this program writes. */
  public static final String SCHEMA_VERSION = "1.0";

  /** Copies the lists. */
  public Report {
    hosts = List.copyOf(hosts);
    pairs = List.copyOf(pairs);
    checks = List.copyOf(checks);
    findings = List.copyOf(findings);
    forecasts = List.copyOf(forecasts);
    byHand = List.copyOf(byHand);
    sideEffects = List.copyOf(sideEffects);
    moves = List.copyOf(moves);
  }

  /** Returns the same report with a plan and what became of it. */
  public Report with(MigrationPlan newPlan, List<Move> newMoves) {
    return new Report(
        schemaVersion,
        verdict,
        tool,
        run,
        hosts,
        pairs,
        checks,
        findings,
        forecasts,
        byHand,
        sideEffects,
        Optional.of(newPlan),
        newMoves);
  }

  /**
   * The program and its checks.
   *
   * @param name the program's name
   * @param version its version
   * @param checks how many checks were loaded and chosen
   * @param checksSha256 SHA-256 over the chosen check files and probes, in hexadecimal
   */
  public record Tool(String name, String version, int checks, String checksSha256) {}

  /**
   * A check that was chosen.
   *
   * @param id the id
   * @param group the group
   * @param title what must hold, in general words
   * @param scope what one finding of it is about
   * @param severity how bad it is, after policy
   * @param why what goes wrong when it does not hold
   */
  public record CheckSummary(
      String id, String group, String title, Scope scope, Severity severity, String why) {}

  /**
   * Something that hosts cannot tell.
   *
   * @param id a stable name
   * @param item what a person has to confirm
   * @param why why no probe can
   */
  public record ByHand(String id, String item, String why) {}

  /**
   * How the audit was asked for.
   *
   * @param arguments the command line, without secrets
   * @param policy strict or compatible
   * @param warningsFail whether {@code --strict} was given
   * @param collectedFrom when the first evidence was collected
   * @param collectedTo when the last evidence was complete
   * @param auditor the machine and user that ran the audit, by field name; empty for stored
   *     evidence
   */
  public record Run(
      List<String> arguments,
      Policy policy,
      boolean warningsFail,
      Instant collectedFrom,
      Instant collectedTo,
      Map<String, String> auditor) {}

  /**
   * What a reader needs to recognize a host.
   *
   * @param name as typed
   * @param identity how it was reached
   * @param facts name and value of facts worth a column, such as {@code os} or {@code libvirt}
   * @param failure why it could not be read; empty when it was
   * @param probes outputs of the probes that findings refer to, shortened for display
   */
  public record HostSummary(
      String name,
      HostIdentity identity,
      Map<String, String> facts,
      String failure,
      Map<String, ProbeExcerpt> probes) {}

  /**
   * A shortened probe output.
   *
   * @param exitStatus the probe's exit status
   * @param millis how long it ran
   * @param completeness whether the evidence was whole
   * @param output the beginning of what it printed
   */
  public record ProbeExcerpt(
      int exitStatus, long millis, ProbeOutput.Completeness completeness, String output) {}

  /**
   * The verdict for one direction.
   *
   * @param source the host that guests leave
   * @param destination the host that they go to
   * @param verdict the answer
   * @param guests the guests that were judged, by name
   * @param blockers how many blocker findings failed
   * @param undetermined how many blocker findings could not be determined
   * @param warnings how many warnings there are
   * @param passed how many findings passed
   */
  public record PairVerdict(
      String source,
      String destination,
      Verdict verdict,
      List<String> guests,
      int blockers,
      int undetermined,
      int warnings,
      int passed) {}
}
