package org.migratecheck.check.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.security.Confinement;
import org.migratecheck.model.Observed;

/** Compares the AppArmor files from which libvirt makes the profile of each guest. */
final class AppArmorEvaluator implements Evaluator {
  private static final String TEMPLATE = "/etc/apparmor.d/libvirt/TEMPLATE.qemu";

  @Override
  public Outcome evaluate(CheckContext context) {
    Confinement here = context.source(Confinement.FACT);
    Confinement there = context.destination(Confinement.FACT);
    if (!there.models().contains("apparmor")) {
      return Outcome.skipped("not-used");
    }
    List<Problem> problems = new ArrayList<>();
    List<Observed> observed = new ArrayList<>();
    if (!there.apparmorFiles().containsKey(TEMPLATE)) {
      problems.add(Problem.of("no-template", "file", TEMPLATE));
    }
    if (here.models().contains("apparmor")) {
      Set<String> names = new TreeSet<>(here.apparmorFiles().keySet());
      names.addAll(there.apparmorFiles().keySet());
      for (String name : names) {
        String first = text(here.apparmorFiles(), name);
        String second = text(there.apparmorFiles(), name);
        if (!first.equals(second)) {
          observed.add(new Observed(name, first, second));
          problems.add(Problem.of("differs", "file", name).asWarning());
        }
      }
    }
    return Outcome.of(problems, observed);
  }

  private static String text(Map<String, String> files, String name) {
    String digest = files.get(name);
    return digest == null ? "missing" : digest.substring(0, 12);
  }
}
