package org.migratecheck.migrate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.migratecheck.check.Catalogue;
import org.migratecheck.check.Check;
import org.migratecheck.check.CheckTexts.ProblemText;

/** What libvirt's words mean: the checks know many of them, a file of our own the rest. */
public final class Explanations {
  private static final Pattern PLACE = Pattern.compile("\\{[a-z][a-zA-Z0-9-]*(?:\\.\\.\\.)?}");

  /** Shorter texts would explain anything. */
  private static final int MIN_WORDS = 12;

  private final Map<Pattern, String> known = new LinkedHashMap<>();

  /** Reads the words of the checks. */
  public Explanations(Catalogue catalogue) {
    for (Check check : catalogue.checks().values()) {
      for (ProblemText problem : check.texts().problems().values()) {
        problem
            .error()
            .filter(e -> PLACE.matcher(e).replaceAll("").strip().length() >= MIN_WORDS)
            .ifPresent(
                e ->
                    known.put(
                        pattern(e),
                        "This is what check "
                            + check.id()
                            + " looks for: "
                            + check.texts().why().strip().replaceAll("\\s+", " ")));
      }
    }
    for (String line : HostShell.resource("explanations.txt").split("\n")) {
      String[] parts = line.split("\t", 2);
      if (parts.length == 2 && !line.startsWith("#")) {
        known.put(Pattern.compile(parts[0], Pattern.CASE_INSENSITIVE), parts[1]);
      }
    }
  }

  /** Returns what a failed move means; empty where the words are not known. */
  Optional<String> of(List<String> said) {
    String all = String.join(" ", said);
    return known.entrySet().stream()
        .filter(e -> e.getKey().matcher(all).find())
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static Pattern pattern(String error) {
    List<String> parts = new ArrayList<>();
    for (String part : PLACE.split(error, -1)) {
      parts.add(part.isEmpty() ? "" : Pattern.quote(part));
    }
    return Pattern.compile(String.join(".{1,200}?", parts));
  }
}
