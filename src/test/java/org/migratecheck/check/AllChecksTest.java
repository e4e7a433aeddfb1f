package org.migratecheck.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.migratecheck.facts.Fact;
import org.migratecheck.testing.Reports;

/** What must hold of every check that we ship, whoever wrote it. */
final class AllChecksTest {
  private static final Pattern PLACEHOLDER =
      Pattern.compile("(?<!\\$)\\{([a-z][a-zA-Z0-9-]*)(?:\\.\\.\\.)?}");
  private static final char NO_QUOTE = 0;
  private static final String HOSTILE = "it's \"a\" $(reboot); `id` \\ \n&& x";

  private static final String TESTS = text(Path.of("src/test/java"), Path.of("src/lab/java"));

  static Stream<Check> checks() throws CatalogueException {
    return Reports.load(List.of(Path.of("checks"))).checks().values().stream();
  }

  @ParameterizedTest
  @MethodSource("checks")
  void saysWhatWhyHowAndWhereFrom(Check check) {
    assertThat(check.texts().why()).as("why").isNotBlank();
    assertThat(check.texts().how()).as("how").isNotBlank();
    assertThat(check.texts().pass()).as("pass").isNotBlank();
    assertThat(check.texts().reference()).as("reference").isNotEmpty().noneMatch(String::isBlank);
    assertThat(check.origin()).isEqualTo("checks/" + check.group() + "/" + check.id() + ".yaml");
    check
        .texts()
        .problems()
        .forEach(
            (kind, words) -> {
              assertThat(words.message()).as(kind + " message").isNotBlank();
              assertThat(words.fix()).as(kind + " fix").isNotBlank();
            });
  }

  @ParameterizedTest
  @MethodSource("checks")
  void isTested(Check check) {
    assertThat(TESTS.contains("\"" + check.id() + "\""))
        .as("a test names the check " + check.id())
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("checks")
  void itsProbesExist(Check check) {
    for (Fact<?> fact : check.needs()) {
      for (String probe : fact.probes()) {
        assertThat(Path.of("checks/probes/" + probe + ".sh")).exists();
      }
    }
  }

  /** A value stays one word only outside of quotes, and the command must be a shell's. */
  @ParameterizedTest
  @MethodSource("checks")
  void itsCommandsAreValidShellWhateverTheHostSays(Check check) throws Exception {
    for (var problem : check.texts().problems().entrySet()) {
      for (CheckTexts.CommandText command : problem.getValue().commands()) {
        Map<String, String> hostile = values(command.run(), HOSTILE.replace("\n", " "));
        String run = Template.command(command.run(), hostile).orElseThrow();
        assertThat(syntax(run)).as(check.id() + " " + problem.getKey() + ": " + run).isEmpty();
        assertThat(quotedPlaceholders(command.run())).as(command.run()).isEmpty();
      }
    }
  }

  /** A value is quoted when it is put in, so quotes around its placeholder would open it up. */
  private static List<String> quotedPlaceholders(String template) {
    List<String> inside = new ArrayList<>();
    Deque<Character> quotes = new ArrayDeque<>(List.of(NO_QUOTE));
    Matcher placeholder = PLACEHOLDER.matcher(template).useTransparentBounds(true);
    for (int i = 0; i < template.length(); i++) {
      char c = template.charAt(i);
      char quote = quotes.peek();
      if (c == '\\' && quote != '\'') {
        i++;
      } else if (c == quote) {
        quotes.pop();
      } else if (quote != '\'' && template.startsWith("$(", i)) {
        // A command substitution begins a context of its own, which a value may stand in.
        quotes.push(')');
        i++;
      } else if ((quote == ')' || quote == NO_QUOTE) && (c == '\'' || c == '"')) {
        quotes.push(c);
      } else if ((quote == '\'' || quote == '"')
          && placeholder.region(i, template.length()).lookingAt()) {
        inside.add(placeholder.group());
      }
    }
    return inside;
  }

  private static Map<String, String> values(String template, String value) {
    Map<String, String> values = new HashMap<>();
    Matcher names = PLACEHOLDER.matcher(template);
    while (names.find()) {
      values.put(names.group(1), value);
    }
    return values;
  }

  private static String syntax(String command) throws Exception {
    Process shell = new ProcessBuilder("/bin/sh", "-n").redirectErrorStream(true).start();
    shell.getOutputStream().write(command.getBytes(StandardCharsets.UTF_8));
    shell.getOutputStream().close();
    String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return said;
  }

  private static String text(Path... directories) {
    return Stream.of(directories)
        .filter(Files::isDirectory)
        .flatMap(AllChecksTest::files)
        .map(
            p -> {
              try {
                return Files.readString(p);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .collect(Collectors.joining("\n"));
  }

  private static Stream<Path> files(Path directory) {
    try {
      return Files.walk(directory)
          .filter(p -> p.toString().endsWith(".java") && !p.endsWith("AllChecksTest.java"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
