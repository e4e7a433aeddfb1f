package org.migratecheck.migrate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.migratecheck.audit.Auditor.Audited;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.Guests;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.facts.LinkFacts;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.ports.LibvirtReach;
import org.migratecheck.facts.system.Capabilities;
import org.migratecheck.facts.system.Identity;
import org.migratecheck.model.HostEvidence;
import org.migratecheck.model.MigrationPlan;
import org.migratecheck.model.MigrationPlan.After;
import org.migratecheck.model.MigrationPlan.GuestPlan;
import org.migratecheck.model.MigrationPlan.Machine;
import org.migratecheck.model.MigrationPlan.Mode;
import org.migratecheck.model.MigrationPlan.Settings;
import org.migratecheck.model.MigrationPlan.When;
import org.migratecheck.model.ProbeOutput;
import org.migratecheck.model.Report;
import org.migratecheck.model.Verdict;

/** Makes a plan from an audit of one source and one destination. */
public final class Planner {
  /** A ballooning guest changes this by itself. */
  private static final Pattern BALLOON = Pattern.compile("<currentMemory[^>]*>[^<]*</[^>]*>");

  private final Settings settings;

  /** Creates a planner. */
  public Planner(Settings settings) {
    this.settings = settings;
  }

  /**
   * Returns the report with a sealed plan for the guests that were judged, in their order.
   *
   * @throws PlanException when no plan can be made, with the reason
   */
  public Report plan(Audited audited) throws PlanException {
    Report report = audited.report();
    if (report.pairs().size() != 1) {
      throw new PlanException("a plan is for one source and one destination, one way");
    }
    if (audited.evidence().stream().anyMatch(e -> e.failure().isPresent())) {
      throw new PlanException("a plan needs both hosts to be read");
    }
    try {
      return PlanFile.seal(report, plan(audited.evidence(), report.pairs().get(0)));
    } catch (Undetermined e) {
      throw new PlanException(e.getMessage());
    }
  }

  private MigrationPlan plan(List<HostEvidence> evidence, Report.PairVerdict pair)
      throws PlanException {
    HostFacts source = new HostFacts(evidence.get(0));
    HostFacts destination = new HostFacts(evidence.get(1));
    String uri = uri(evidence.get(0), destination.name());
    List<GuestPlan> plans = new ArrayList<>();
    for (String name : pair.guests()) {
      Guest guest =
          source.get(Guests.FACT).stream()
              .filter(g -> g.name().equals(name))
              .findFirst()
              .orElseThrow(() -> new Undetermined("the source has no guest " + name));
      if (!guest.active()) {
        throw new PlanException(
            name + " does not run on " + source.name() + ": only running guests are moved");
      }
      plans.add(guest(guest, evidence.get(0), destination.name(), uri));
    }
    if (plans.isEmpty()) {
      throw new PlanException("no guest is to be moved");
    }
    return new MigrationPlan("", settings, machine(source), machine(destination), uri, plans);
  }

  private static String uri(HostEvidence source, String destination) throws PlanException {
    LinkFacts link =
        source
            .link(destination)
            .map(LinkFacts::new)
            .orElseThrow(() -> new PlanException("nothing was measured between the hosts"));
    LibvirtReach reach = link.get(LibvirtReach.FACT);
    return reach
        .reached()
        .orElseThrow(
            () -> new PlanException(source.host() + " does not reach libvirt on " + destination))
        .uri();
  }

  private static Machine machine(HostFacts host) {
    return new Machine(
        host.name(),
        host.evidence().identity().hostKey(),
        Undetermined.known(() -> host.get(Identity.FACT)).map(Identity::machineId).orElse(""),
        host.get(Capabilities.FACT).hostUuid());
  }

  private GuestPlan guest(Guest guest, HostEvidence source, String destination, String uri) {
    boolean persistent = settings.persistent().orElse(guest.persistent());
    boolean kept = guest.persistent() && !settings.undefineSource();
    After after =
        new After(persistent, persistent && guest.autostart() && settings.keepAutostart(), kept);
    return new GuestPlan(
        guest.name(),
        guest.uuid(),
        guest.state().split(" \\(")[0].strip(),
        definition(guest.uuid(), source),
        guest.xml().all("devices/channel/target").stream()
            .anyMatch(
                t ->
                    t.attr("name").equals("org.qemu.guest_agent.0")
                        && t.attr("state").equals("connected")),
        after,
        new MigrationCommands(settings, source.host(), uri)
            .steps(guest.uuid(), guest.autostart(), after),
        afterwards(guest, source.host(), destination, after));
  }

  private static String definition(String uuid, HostEvidence source) {
    StringBuilder text = new StringBuilder();
    for (String part : List.of("inactive.", "migratable.")) {
      ProbeOutput output = source.probes().get("guests/" + part + uuid);
      text.append(output == null ? "" : output.stdout()).append('\n');
    }
    return sha256(BALLOON.matcher(text).replaceAll(""));
  }

  private List<String> afterwards(Guest guest, String source, String destination, After after) {
    List<String> words = new ArrayList<>();
    words.add(guest.name() + " runs on " + destination + " and no longer on " + source);
    words.add(
        after.persistent()
            ? destination + " has its definition"
            : destination + " has no definition of it: it is gone when it is shut down");
    if (guest.persistent()) {
      words.add(
          after.sourceDefinition()
              ? source + " keeps its definition, and must not start it"
              : source + " no longer has its definition");
    }
    if (guest.autostart()) {
      words.add(
          after.autostart()
              ? "it starts with " + destination + ", as it did with " + source
              : "it does not start with " + destination + ", though it did with " + source);
      if (after.sourceDefinition()) {
        words.add("it does not start with " + source + " any more");
      }
    }
    words.add(
        settings.mode() == Mode.OFFLINE
            ? "it stands still during the whole move"
            : "it stands still for a moment at the end of the move");
    if (settings.maxDowntimeMillis() > 0) {
      words.add("its longest pause is set to " + settings.maxDowntimeMillis() + " ms");
    }
    return words;
  }

  static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Returns whether a plan may be executed at all, as far as its own report tells. */
  static boolean ready(Report report) {
    return report.verdict() == Verdict.READY && report.plan().isPresent();
  }

  /** Returns the command of a guest that moves it. */
  static List<String> move(GuestPlan guest) {
    return guest.steps().stream()
        .filter(s -> s.when() == When.MOVE)
        .findFirst()
        .orElseThrow()
        .command();
  }
}
