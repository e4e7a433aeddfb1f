package org.migratecheck.check;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.migratecheck.facts.Fact;
import org.migratecheck.model.Phase;
import org.migratecheck.model.Policy;
import org.migratecheck.model.Report.CheckSummary;
import org.migratecheck.model.Scope;
import org.migratecheck.model.Severity;
import tools.jackson.databind.JsonNode;

/**
 * One check as its file describes it, resolved and valid. See {@code checks/README.md} for the
 * format.
 *
 * @param id the id, also the file's name
 * @param group the group, also the directory's name
 * @param title one line: what must hold
 * @param scope what one finding is about
 * @param severity how bad it is when it does not hold, under the strict policy
 * @param phase where libvirt would fail
 * @param measured whether its values are measurements, which differ at every look; between a review
 *     and a migration only its answer is then compared
 * @param needs the facts that it looks at
 * @param active what its probes do beyond reading, where they are run only on request; else empty
 * @param judge what judges, under each policy; a policy that skips the check has none
 * @param severities the severity under each policy
 * @param parameters the parameters under each policy, objects
 * @param policySkips why a policy does not ask for this check, where it does not
 * @param texts all words
 * @param probes texts of the check's own inline probes by name
 * @param origin the file it came from
 */
public record Check(
    String id,
    String group,
    String title,
    Scope scope,
    Severity severity,
    Phase phase,
    boolean measured,
    List<Fact<?>> needs,
    Optional<String> active,
    Map<Policy, Evaluator> judge,
    Map<Policy, Severity> severities,
    Map<Policy, JsonNode> parameters,
    Map<Policy, String> policySkips,
    CheckTexts texts,
    Map<String, String> probes,
    String origin) {

  /** Returns the severity under {@code policy}. */
  public Severity severity(Policy policy) {
    return severities.getOrDefault(policy, severity);
  }

  /** Returns the same check with other parameters. */
  Check with(Map<Policy, JsonNode> other) {
    return new Check(
        id,
        group,
        title,
        scope,
        severity,
        phase,
        measured,
        needs,
        active,
        judge,
        severities,
        other,
        policySkips,
        texts,
        probes,
        origin);
  }

  /** Returns what the report says of this check, in words that fit every subject. */
  public CheckSummary summary(Policy policy) {
    String general =
        Template.text(
            title,
            Map.of(
                "source", "the source",
                "destination", "the destination",
                "host", "the host",
                "guest", "the guest"));
    return new CheckSummary(
        id,
        group,
        general.substring(0, 1).toUpperCase(Locale.ROOT) + general.substring(1),
        scope,
        severity(policy),
        texts.why().strip());
  }

  /** Returns why {@code policy} does not ask for this check. */
  public Optional<String> skippedBy(Policy policy) {
    return Optional.ofNullable(policySkips.get(policy));
  }

  /** Returns this check as one that is not asked for: its probes do more than read. */
  Check onlyOnRequest() {
    Map<Policy, String> skips = new EnumMap<>(Policy.class);
    for (Policy policy : Policy.values()) {
      skips.put(policy, "only with --active: " + active.orElseThrow());
    }
    return new Check(
        id,
        group,
        title,
        scope,
        severity,
        phase,
        measured,
        List.of(),
        active,
        judge,
        severities,
        parameters,
        skips,
        texts,
        probes,
        origin);
  }
}
