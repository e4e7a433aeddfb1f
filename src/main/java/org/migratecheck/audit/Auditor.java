package org.migratecheck.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.migratecheck.check.Catalogue;
import org.migratecheck.collect.Fleet;
import org.migratecheck.collect.Link;
import org.migratecheck.collect.Probe;
import org.migratecheck.collect.ProbeCatalogue;
import org.migratecheck.collect.Progress;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.facts.LinkVariables;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.model.HostEvidence;
import org.migratecheck.model.LinkEvidence;
import org.migratecheck.model.Report;
import org.migratecheck.remote.ConnectOptions;
import org.migratecheck.remote.Connector;
import org.migratecheck.remote.HostSpec;

/** Collects from hosts in two steps and hands the evidence to {@link Assessment}. */
public final class Auditor {
  /** The probe that runs only on request. */
  private static final String BANDWIDTH = "link-bandwidth";

  private final Catalogue catalogue;
  private final ProbeCatalogue probes;
  private final Collecting collecting;

  /**
   * How hosts are read.
   *
   * @param connector opens connections
   * @param connect how
   * @param total the longest that everything may take
   * @param parallel hosts at the same time
   * @param listen whether the destination may open its migration ports for a few seconds
   * @param measureBandwidth whether a bounded stream is sent to the destination
   * @param byHand what the report asks a person to confirm
   * @param rehearsal renders a report that nobody will see, before the real one
   * @param progress hears how far it is
   */
  public record Collecting(
      Connector connector,
      ConnectOptions connect,
      Duration total,
      int parallel,
      boolean listen,
      boolean measureBandwidth,
      List<Report.ByHand> byHand,
      Consumer<Report> rehearsal,
      Progress progress) {}

  /** Creates an auditor for the chosen checks. */
  public Auditor(Catalogue catalogue, ProbeCatalogue probes, Collecting collecting) {
    ProbeCatalogue all = probes;
    for (Map.Entry<String, String> inline : catalogue.inlineProbes().entrySet()) {
      all = all.with(Probe.inline(inline.getKey(), inline.getValue()));
    }
    this.catalogue = catalogue;
    this.probes = all;
    this.collecting = collecting;
  }

  /**
   * Collects and judges; live runs also say who ran the audit.
   *
   * @throws SameHostException when two evidence files are of one host
   */
  public Report audit(List<HostSpec> hosts, AuditOptions options, String version)
      throws SameHostException {
    return auditAll(hosts, options, version).report();
  }

  /**
   * A report and what it was made from.
   *
   * @param report the report
   * @param evidence the evidence of the hosts, source first
   */
  public record Audited(Report report, List<HostEvidence> evidence) {}

  /**
   * As {@link #audit}, with the evidence.
   *
   * @throws SameHostException when two evidence files are of one host
   */
  public Audited auditAll(List<HostSpec> hosts, AuditOptions options, String version)
      throws SameHostException {
    boolean live = hosts.stream().anyMatch(h -> h.kind() != HostSpec.Kind.STORED);
    AuditingMachine machine = AuditingMachine.describe(live);
    Assessment assessment = new Assessment(catalogue, options, version, collecting.byHand());
    List<HostEvidence> evidence =
        collect(
            hosts, options, first -> Rehearsal.begin(assessment, first, collecting.rehearsal()));
    Set<String> seen = new HashSet<>();
    for (HostEvidence one : evidence) {
      if (!seen.add(one.host())) {
        throw new SameHostException(one.host());
      }
    }
    Report report = assessment.assess(evidence, machine.get(), sideEffects(evidence));
    return new Audited(report, evidence);
  }

  /** Collects both steps; a source's evidence holds what was measured towards its destinations. */
  public List<HostEvidence> collect(List<HostSpec> hosts, AuditOptions options) {
    return collect(hosts, options, first -> {});
  }

  private List<HostEvidence> collect(
      List<HostSpec> hosts, AuditOptions options, Consumer<List<HostEvidence>> afterFirst) {
    Fleet.Options fleetOptions = new Fleet.Options(collecting.parallel(), collecting.total(), true);
    try (Fleet fleet =
        new Fleet(
            collecting.connector(), collecting.connect(), fleetOptions, collecting.progress())) {
      List<HostEvidence> evidence =
          fleet.collect(hosts, probes.select(catalogue.probes(Fact.Place.HOST), Probe.Step.HOST));
      List<Link> links = links(hosts, evidence, options);
      if (!links.isEmpty()) {
        afterFirst.accept(evidence);
      }
      List<LinkEvidence> measured = measure(fleet, links);
      return evidence.stream().map(e -> withLinks(e, measured)).toList();
    }
  }

  /** Probes that would disturb others run when those are done. */
  private static List<LinkEvidence> measure(Fleet fleet, List<Link> links) {
    List<LinkEvidence> first = fleet.measure(links.stream().map(l -> l.only(false)).toList());
    List<Link> rest =
        links.stream().map(l -> l.only(true)).filter(l -> !l.probes().isEmpty()).toList();
    if (rest.isEmpty()) {
      return first;
    }
    List<LinkEvidence> all = new ArrayList<>(first);
    // One direction after the other: they would disturb each other as well.
    for (Link link : rest) {
      LinkEvidence more = fleet.measure(List.of(link)).get(0);
      all.replaceAll(
          e ->
              e.source().equals(more.source()) && e.destination().equals(more.destination())
                  ? e.with(more)
                  : e);
    }
    return all;
  }

  private static HostEvidence withLinks(HostEvidence evidence, List<LinkEvidence> measured) {
    List<LinkEvidence> mine = new ArrayList<>(evidence.links());
    measured.stream().filter(l -> l.source().equals(evidence.host())).forEach(mine::add);
    return evidence.withLinks(mine);
  }

  /** The directions between hosts that were both read just now. */
  private List<Link> links(
      List<HostSpec> hosts, List<HostEvidence> evidence, AuditOptions options) {
    List<Link> links = new ArrayList<>();
    List<Probe> chosen = linkProbes();
    List<HostFacts> facts = evidence.stream().map(HostFacts::new).toList();
    for (int i = 1; i < hosts.size(); i++) {
      if (live(hosts, evidence, 0) && live(hosts, evidence, i)) {
        links.add(link(facts.get(0), facts.get(i), options, true, chosen));
        if (options.bothWays()) {
          links.add(link(facts.get(i), facts.get(0), options, false, chosen));
        }
      }
    }
    return links;
  }

  private static boolean live(List<HostSpec> hosts, List<HostEvidence> evidence, int i) {
    return hosts.get(i).kind() != HostSpec.Kind.STORED && evidence.get(i).failure().isEmpty();
  }

  private List<Probe> linkProbes() {
    SortedSet<String> names = new TreeSet<>(catalogue.probes(Fact.Place.LINK_SOURCE));
    names.addAll(catalogue.probes(Fact.Place.LINK_DESTINATION));
    if (!collecting.measureBandwidth()) {
      names.remove(BANDWIDTH);
    }
    return probes.all().stream()
        .filter(p -> names.contains(p.name()) && !p.steps().contains(Probe.Step.HOST))
        .toList();
  }

  private Link link(
      HostFacts source,
      HostFacts destination,
      AuditOptions options,
      boolean forth,
      List<Probe> chosen) {
    Map<String, String> variables = new HashMap<>();
    int guests = 0;
    for (LinkVariables some : ServiceLoader.load(LinkVariables.class)) {
      try {
        List<Guest> judged = Directions.guests(source, options, forth);
        guests = judged.size();
        variables.putAll(some.variables(source, destination, judged));
      } catch (Undetermined e) {
        // What a probe is not told it reports as not determined; the other probes still run.
        variables.put("MC_UNKNOWN", e.getMessage());
      }
    }
    variables.put("MC_LISTEN", collecting.listen() ? "1" : "0");
    int judged = guests;
    return new Link(
        source.name(),
        destination.name(),
        variables,
        chosen.stream().map(p -> p.forGuests(judged)).toList());
  }

  private List<String> sideEffects(List<HostEvidence> evidence) {
    SortedSet<String> effects = new TreeSet<>();
    for (Probe probe : probes.all()) {
      probe
          .sideEffect()
          .ifPresent(
              effect -> {
                for (HostEvidence host : evidence) {
                  if (host.probes().containsKey(probe.name())) {
                    effects.add(host.host() + ": " + effect);
                  }
                  for (LinkEvidence link : host.links()) {
                    if (link.onSource().containsKey(probe.name())) {
                      effects.add(link.source() + ": " + effect);
                    }
                    if (link.onDestination().containsKey(probe.name())) {
                      effects.add(link.destination() + ": " + effect);
                    }
                  }
                }
              });
    }
    return List.copyOf(effects);
  }
}
