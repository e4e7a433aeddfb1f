package org.migratecheck.facts.host;

import java.util.SortedSet;
import java.util.TreeSet;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.model.Printable;

/**
 * QEMU's loadable modules.
 *
 * @param names their file names without {@code .so}, such as {@code block-rbd}
 */
public record QemuModules(SortedSet<String> names) {
  /** The modules. */
  public static final Fact<QemuModules> FACT =
      Fact.host("qemuModules", "platform", QemuModules::parse);

  /** Copies the set. */
  public QemuModules {
    names = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(names));
  }

  private static QemuModules parse(Outputs outputs) {
    SortedSet<String> names = new TreeSet<>();
    for (String line : Lines.of(outputs, "platform/modules")) {
      names.add(Printable.line(line.replaceFirst("\\.so$", "")));
    }
    return new QemuModules(names);
  }
}
