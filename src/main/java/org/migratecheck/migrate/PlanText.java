package org.migratecheck.migrate;

import java.util.ArrayList;
import java.util.List;
import org.migratecheck.model.MigrationPlan;
import org.migratecheck.model.MigrationPlan.GuestPlan;
import org.migratecheck.model.MigrationPlan.Step;
import org.migratecheck.model.Printable;

/** A plan in words and commands. */
public final class PlanText {
  private PlanText() {}

  /** Returns lines for people: commands that can be copied, and what will be different. */
  public static List<String> lines(MigrationPlan plan) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Plan "
            + plan.id().substring(0, 12)
            + ": "
            + plan.settings().mode().label()
            + Printable.line(" " + plan.source().host() + " -> " + plan.destination().host())
            + timeout(plan.settings()));
    for (GuestPlan guest : plan.guests()) {
      lines.add("  " + Printable.line(guest.name()));
      for (Step step : guest.steps()) {
        lines.add("    on " + Printable.line(step.host()) + ": " + command(step));
      }
      guest.afterwards().forEach(a -> lines.add("    afterwards: " + Printable.line(a)));
    }
    return lines;
  }

  /** Returns a step as one line of shell. */
  public static String command(Step step) {
    return Printable.line(Supervisor.line(step.command()));
  }

  /** Returns what happens when it takes too long; empty where there is no limit. */
  public static String timeout(MigrationPlan.Settings settings) {
    return settings.timeoutSeconds() == 0
        ? ""
        : ", after " + settings.timeoutSeconds() + " s: " + settings.onTimeout().label();
  }
}
