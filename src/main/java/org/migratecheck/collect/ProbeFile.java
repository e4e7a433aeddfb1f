package org.migratecheck.collect;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.collect.Probe.Step;

/**
 * Reads the head of a probe file: comment lines {@code # Key: text} up to the first line that is
 * none; a line with two or more spaces after {@code #} goes on with the one before.
 */
final class ProbeFile {
  static final Duration MAX_DEADLINE = Duration.ofSeconds(300);

  private static final Pattern DEADLINE =
      Pattern.compile("([1-9][0-9]{0,2})(?: for ([1-9][0-9]?) guests)?");
  private static final Pattern KEY = Pattern.compile("#\\s?([A-Z][A-Za-z ]{1,20}):\\s*(.*)");
  private static final Pattern MORE = Pattern.compile("#\\s{2,}(\\S.*)");
  private static final Set<String> KNOWN =
      Set.of("What", "Step", "Deadline", "Side effect", "Alone");

  private ProbeFile() {}

  /**
   * Parses one file.
   *
   * @param origin the file's name for messages
   * @param name the probe's name
   * @param text the file's text
   * @param problems receives what is wrong
   * @return the probe, or empty when something is wrong
   */
  static Optional<Probe> parse(String origin, String name, String text, List<String> problems) {
    int before = problems.size();
    Map<String, String> head = head(text);
    String what = head.getOrDefault("What", "");
    if (what.isEmpty()) {
      problems.add(origin + ": has no line '# What: ...'");
    }
    Set<Step> steps = steps(origin, head.getOrDefault("Step", ""), problems);
    Matcher time = deadline(origin, head.getOrDefault("Deadline", ""), problems);
    if (!Probe.isName(name)) {
      problems.add(
          origin + ": a probe's name is lowercase letters, digits and dashes, first a letter");
    }
    if (text.indexOf('\0') >= 0) {
      problems.add(origin + ": contains a NUL character");
    }
    if (problems.size() > before) {
      return Optional.empty();
    }
    Optional<String> sideEffect =
        Optional.ofNullable(head.get("Side effect")).filter(s -> !s.isEmpty());
    boolean alone = head.getOrDefault("Alone", "no").equals("yes");
    return Optional.of(
        new Probe(
            name,
            what,
            steps,
            Duration.ofSeconds(Integer.parseInt(time.group(1))),
            time.group(2) == null ? 0 : Integer.parseInt(time.group(2)),
            sideEffect,
            alone,
            text));
  }

  private static Map<String, String> head(String text) {
    Map<String, String> head = new HashMap<>();
    String current = "";
    for (String line : (Iterable<String>) text.lines()::iterator) {
      if (!line.startsWith("#")) {
        break;
      }
      Matcher key = KEY.matcher(line);
      Matcher more = MORE.matcher(line);
      if (key.matches()) {
        current = KNOWN.contains(key.group(1)) ? key.group(1) : "";
        if (!current.isEmpty()) {
          head.putIfAbsent(current, key.group(2).strip());
        }
      } else if (!current.isEmpty() && more.matches()) {
        head.merge(current, more.group(1).strip(), (a, b) -> a + " " + b);
      } else {
        current = "";
      }
    }
    return head;
  }

  private static Set<Step> steps(String origin, String text, List<String> problems) {
    Set<Step> steps = EnumSet.noneOf(Step.class);
    for (String word : text.split("[\\s,]+", -1)) {
      switch (word.toLowerCase(Locale.ROOT)) {
        case "host" -> steps.add(Step.HOST);
        case "link-source" -> steps.add(Step.LINK_SOURCE);
        case "link-destination" -> steps.add(Step.LINK_DESTINATION);
        case "", "and", "or" -> {}
        default -> problems.add(origin + ": unknown step '" + word + "'");
      }
    }
    if (steps.isEmpty()) {
      problems.add(
          origin + ": needs '# Step: host', '# Step: link-source' or '# Step: link-destination'");
    }
    return steps.isEmpty() ? EnumSet.of(Step.HOST) : steps;
  }

  private static Matcher deadline(String origin, String text, List<String> problems) {
    Matcher matcher = DEADLINE.matcher(text);
    if (matcher.matches() && Integer.parseInt(matcher.group(1)) <= MAX_DEADLINE.toSeconds()) {
      return matcher;
    }
    problems.add(
        origin
            + ": needs '# Deadline: SECONDS', a whole number from 1 to "
            + MAX_DEADLINE.toSeconds()
            + ", or '# Deadline: SECONDS for NUMBER guests'");
    return matcher;
  }
}
