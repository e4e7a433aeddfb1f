package org.migratecheck.facts.host;

import java.util.ArrayList;
import java.util.List;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.model.Printable;

/**
 * A script that libvirt runs for every guest that starts, arrives or leaves.
 *
 * @param name its path below {@code /etc/libvirt/hooks}
 * @param executable whether libvirt runs it at all
 * @param mayFail whether its text has a way to end with an error, which stops a migration
 * @param checksum of its contents
 */
public record Hook(String name, boolean executable, boolean mayFail, String checksum) {
  /** The hooks for guests. */
  public static final Fact<List<Hook>> FACT = Fact.host("hooks", "platform", Hook::parse);

  private static List<Hook> parse(Outputs outputs) {
    List<Hook> hooks = new ArrayList<>();
    for (String line : Lines.of(outputs, "platform/hooks")) {
      String[] fields = line.split("\t", 4);
      if (fields.length != 4) {
        throw new Undetermined(outputs.host() + ": the list of hooks is not readable");
      }
      hooks.add(
          new Hook(
              Printable.line(fields[3]),
              fields[0].equals("yes"),
              fields[1].equals("maybe"),
              fields[2]));
    }
    return List.copyOf(hooks);
  }
}
