package org.migratecheck.migrate;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.migratecheck.check.Catalogue;
import org.migratecheck.model.HostEvidence;
import org.migratecheck.model.MigrationPlan;
import org.migratecheck.model.MigrationPlan.After;
import org.migratecheck.model.MigrationPlan.GuestPlan;
import org.migratecheck.model.MigrationPlan.Machine;
import org.migratecheck.model.MigrationPlan.Settings;
import org.migratecheck.model.Report;
import org.migratecheck.testing.EvidenceBuilder;
import org.migratecheck.testing.Reports;

/** Reports with plans, from stored evidence of two hosts and one site check. */
final class Plans {
  static final String UUID = "4c4c4544-1000-4000-8000-000000000032";
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

  private Plans() {}

  static Catalogue catalogue(Path directory) throws Exception {
    return Reports.catalogue(directory, Map.of("motd", CHECK));
  }

  static HostEvidence host(String name, String motd) {
    return EvidenceBuilder.host(name)
        .ok("tools", "")
        .ok("guests/list", UUID + "\n")
        .ok("guests/autostart", "")
        .ok("guests/persistent", UUID + "\n")
        .ok("guests/state." + UUID, "running (booted)\n")
        .ok("guests/xml." + UUID, "<domain type='kvm'><name>guest</name></domain>")
        .ok("site-motd", motd)
        .evidence();
  }

  /** Returns a report of two hosts with that message of the day, with a plan for one guest. */
  static Report planned(Catalogue catalogue, String motd) {
    return planned(catalogue, motd, plan());
  }

  static Report planned(Catalogue catalogue, String motd, MigrationPlan plan) {
    Report report = Reports.assess(catalogue, List.of(host("a", motd), host("b", motd)), "guest");
    return PlanFile.seal(report, plan);
  }

  static MigrationPlan plan() {
    return plan(Settings.DEFAULTS, machine("a"), machine("b"), guest("0".repeat(64)));
  }

  static MigrationPlan plan(Settings settings, Machine a, Machine b, GuestPlan guest) {
    return new MigrationPlan("", settings, a, b, "qemu+ssh://b/system", List.of(guest));
  }

  static Machine machine(String name) {
    return new Machine(name, "ssh-ed25519 SHA256:" + name, "1".repeat(32), "uuid-" + name);
  }

  static GuestPlan guest(String definition) {
    After after = new After(true, true, false);
    return new GuestPlan(
        "guest",
        UUID,
        "running",
        definition,
        false,
        after,
        new MigrationCommands(Settings.DEFAULTS, "a", "qemu+ssh://b/system")
            .steps(UUID, true, after),
        List.of("guest runs on b"));
  }
}
