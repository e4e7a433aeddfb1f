package org.migratecheck.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Undetermined;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the output of a probe that a check file brings with it; the fact is called {@code probe}.
 */
final class InlineProbe {
  private static final int MAX_ROWS = 100_000;

  private InlineProbe() {}

  static Fact<Object> fact(String probe, CheckFile.Parse parse, String pattern) {
    Pattern regex = parse == CheckFile.Parse.REGEX ? regex(pattern) : Pattern.compile("");
    return Fact.host(
        "probe",
        probe,
        outputs -> {
          String text = outputs.ok(probe);
          return switch (parse) {
            case LINES -> lines(text);
            case KEYVALUE -> keyValue(text);
            case TABLE -> table(text);
            case JSON -> json(probe, text);
            case REGEX -> groups(probe, regex, text);
          };
        });
  }

  private static Pattern regex(String pattern) {
    if (pattern.isEmpty()) {
      throw new IllegalArgumentException("'parse: regex' needs a 'pattern'");
    }
    try {
      return Pattern.compile(pattern, Pattern.MULTILINE);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("not a regular expression: " + e.getDescription());
    }
  }

  private static List<String> lines(String text) {
    return text.lines().map(String::strip).filter(l -> !l.isEmpty()).limit(MAX_ROWS).toList();
  }

  private static Map<String, String> keyValue(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String line : lines(text)) {
      String[] parts = line.split("\\s*[=:]\\s*", 2);
      if (parts.length == 2 && !line.startsWith("#")) {
        values.put(parts[0], parts[1].replaceAll("^\"(.*)\"$", "$1"));
      }
    }
    return values;
  }

  private static List<Map<String, String>> table(String text) {
    List<String> lines = lines(text);
    if (lines.isEmpty()) {
      return List.of();
    }
    String[] header = lines.get(0).split("\\s+");
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      List<String> cells = Arrays.asList(line.split("\\s+", header.length));
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < header.length; i++) {
        row.put(header[i], i < cells.size() ? cells.get(i) : "");
      }
      rows.add(row);
    }
    return rows;
  }

  private static Object json(String probe, String text) {
    try {
      return new JsonMapper().readTree(text);
    } catch (JacksonException e) {
      throw new Undetermined("the output of '" + probe + "' is not JSON");
    }
  }

  private static Object groups(String probe, Pattern regex, String text) {
    Matcher matcher = regex.matcher(new BoundedText(text));
    if (!matcher.find()) {
      throw new Undetermined("the output of '" + probe + "' does not match the check's pattern");
    }
    List<String> groups = new ArrayList<>();
    for (int i = 0; i <= matcher.groupCount(); i++) {
      groups.add(matcher.group(i) == null ? "" : matcher.group(i));
    }
    return groups;
  }
}
