package org.migratecheck.check.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.security.QemuConf;
import org.migratecheck.model.Observed;

/** Compares the settings of libvirt's QEMU driver that change what a guest meets on its host. */
final class QemuConfEvaluator implements Evaluator {
  /** Each host's own by their nature, or judged by checks of their own. */
  private static final String OTHERS =
      "migration_.*|lock_manager|user|group|.*_listen|host_uuid|log_.*|.*_password";

  @Override
  public Outcome evaluate(CheckContext context) {
    QemuConf here = context.source(QemuConf.FACT);
    QemuConf there = context.destination(QemuConf.FACT);
    Set<String> names = new TreeSet<>(here.settings().keySet());
    names.addAll(there.settings().keySet());
    names.removeIf(n -> n.matches(OTHERS));
    List<Problem> problems = new ArrayList<>();
    List<Observed> observed = new ArrayList<>();
    for (String name : names) {
      String first = here.settings().getOrDefault(name, "not set");
      String second = there.settings().getOrDefault(name, "not set");
      if (!plain(first).equals(plain(second))) {
        observed.add(new Observed(name, first, second));
        problems.add(Problem.of("differs", "setting", name, "here", first, "there", second));
      }
    }
    return Outcome.of(problems, observed).with("count", Integer.toString(names.size()));
  }

  /** Quotes and spaces make no difference. */
  private static String plain(String value) {
    return value.replaceAll("[\"'\\s]", "").replaceAll(",]", "]");
  }
}
