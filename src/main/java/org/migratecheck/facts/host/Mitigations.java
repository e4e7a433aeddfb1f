package org.migratecheck.facts.host;

import java.util.SortedMap;
import java.util.TreeMap;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.model.Printable;

/**
 * What a host does about flaws of its processor.
 *
 * @param states the kernel's words by the flaw's name, such as {@code tsx_async_abort}
 * @param commandLine words of the kernel's command line that change the processor, by their name
 */
public record Mitigations(SortedMap<String, String> states, SortedMap<String, String> commandLine) {
  /** What is done about flaws. */
  public static final Fact<Mitigations> FACT =
      Fact.host("mitigations", "capacity", Mitigations::parse);

  /** Copies the maps. */
  public Mitigations {
    states = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(states));
    commandLine = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(commandLine));
  }

  private static Mitigations parse(Outputs outputs) {
    SortedMap<String, String> states = new TreeMap<>();
    SortedMap<String, String> commandLine = new TreeMap<>();
    for (String line : Lines.of(outputs, "capacity/mitigations")) {
      String[] words = line.split(" ", 3);
      if (words[0].equals("state") && words.length == 3) {
        states.put(Printable.line(words[1]), Printable.line(words[2]));
      } else if (words[0].equals("cmdline") && words.length >= 2) {
        String[] option = line.substring("cmdline ".length()).split("=", 2);
        commandLine.put(Printable.line(option[0]), option.length == 2 ? option[1] : "set");
      } else {
        throw new Undetermined(outputs.host() + ": the list of mitigations is not readable");
      }
    }
    return new Mitigations(states, commandLine);
  }
}
