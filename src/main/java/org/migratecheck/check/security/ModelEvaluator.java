package org.migratecheck.check.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.Guests;
import org.migratecheck.facts.Xml;
import org.migratecheck.facts.security.Confinement;
import org.migratecheck.facts.security.LabelOwners;
import org.migratecheck.facts.security.QemuConf;
import org.migratecheck.model.Observed;

/**
 * Compares the guest's security labels with what libvirt on the destination can do. libvirt sends
 * the labels along and refuses one of a model that it does not use (security_manager.c,
 * virSecurityManagerCheckModel).
 */
final class ModelEvaluator implements Evaluator {

  @Override
  public Outcome evaluate(CheckContext context) {
    Guest guest = context.guest();
    Xml xml = guest.migratable().orElse(guest.xml());
    Set<String> needed = new TreeSet<>();
    LabelOwners.labels(xml).stream()
        .map(l -> l.attr("model"))
        .filter(m -> !m.isEmpty() && !m.equals("none"))
        .forEach(needed::add);
    Confinement there = context.destination(Confinement.FACT);
    List<Problem> problems = new ArrayList<>();
    for (String model : needed) {
      if (!there.models().contains(model)) {
        problems.add(
            Problem.of("missing", "model", model, "models", String.join(", ", there.models())));
      }
    }
    boolean unconfined = xml.all("seclabel").stream().anyMatch(l -> l.attr("type").equals("none"));
    if (unconfined && context.destination(QemuConf.FACT).on("security_require_confined")) {
      problems.add(Problem.of("unconfined"));
    }
    collision(context, xml, problems);
    return Outcome.of(
            problems,
            List.of(
                new Observed(
                    "security models",
                    String.join(", ", needed),
                    String.join(", ", there.models()))))
        .with("models", String.join(", ", there.models()));
  }

  /** A label that is fixed in the XML is meant for one guest alone. */
  private static void collision(CheckContext context, Xml xml, List<Problem> problems) {
    for (Xml label : xml.all("seclabel")) {
      String text = label.textAt("label").orElse("");
      if (!label.attr("type").equals("static")
          || !label.attr("model").equals("selinux")
          || text.isEmpty()) {
        continue;
      }
      context.destination(Guests.FACT).stream()
          .filter(Guest::active)
          .filter(g -> !g.uuid().equals(context.guest().uuid()))
          .filter(
              g ->
                  g.xml().all("seclabel").stream()
                      .anyMatch(l -> l.textAt("label").orElse("").equals(text)))
          .findFirst()
          .ifPresent(
              g ->
                  problems.add(
                      Problem.on(Side.SOURCE, "same-label", "label", text, "other", g.name())
                          .asWarning()));
    }
  }
}
