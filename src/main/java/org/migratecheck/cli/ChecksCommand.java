package org.migratecheck.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.migratecheck.check.Check;
import org.migratecheck.check.CheckTexts.CommandText;
import org.migratecheck.check.CheckTexts.ProblemText;
import org.migratecheck.facts.Fact;
import org.migratecheck.model.ExitCode;
import org.migratecheck.model.Policy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the checks, or explains one. */
@Command(name = "checks", description = "List the checks, or explain one.", sortOptions = false)
final class ChecksCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private CheckOptions checks = new CheckOptions();

  @Parameters(index = "0", arity = "0..1", paramLabel = "ID", description = "The check to explain.")
  private Optional<String> id = Optional.empty();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  ChecksCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws UsageException {
    var all = checks.catalogue().checks();
    if (id.isEmpty()) {
      all.values().stream()
          .sorted(Comparator.comparing(Check::group).thenComparing(Check::id))
          .forEach(
              c ->
                  terminal
                      .out()
                      .printf(
                          "%-9s %-34s %-8s %-6s %s%n",
                          c.group(),
                          c.id(),
                          c.severity().label(),
                          c.scope().name().toLowerCase(java.util.Locale.ROOT),
                          c.title()));
      return ExitCode.READY.code();
    }
    Check check = all.get(id.get());
    if (check == null) {
      throw new UsageException("no check is called '" + id.get() + "'; see 'migrate-check checks'");
    }
    explain(check);
    return ExitCode.READY.code();
  }

  private void explain(Check check) {
    line(check.id() + ": " + check.title());
    line("");
    line("group     " + check.group());
    line("severity  " + check.severity().label() + policies(check));
    line("phase     " + check.phase().text());
    line("facts     " + String.join(", ", check.needs().stream().map(Fact::name).toList()));
    line(
        "probes    "
            + String.join(
                ", ",
                check.needs().stream().flatMap(f -> f.probes().stream()).distinct().toList()));
    check.active().ifPresent(a -> line("active    only with --active: " + a));
    line("file      " + check.origin());
    paragraph("Why", check.texts().why());
    paragraph("How it is found", check.texts().how());
    line("");
    line("What can be wrong, and the fix");
    check.texts().problems().forEach(this::problem);
    if (!check.texts().skip().isEmpty()) {
      line("");
      line("When it does not apply");
      check.texts().skip().values().forEach(reason -> line("  - " + reason.strip()));
    }
    line("");
    line("Reference");
    check.texts().reference().forEach(r -> line("  - " + r));
  }

  private void problem(String kind, ProblemText text) {
    line("  " + kind + text.level().map(l -> " (" + l.label() + ")").orElse(""));
    line("    " + text.message().strip());
    text.error().ifPresent(e -> line("    libvirt would say: " + e.strip()));
    if (!text.fix().isBlank()) {
      line("    Fix: " + text.fix().strip());
    }
    for (CommandText command : text.commands()) {
      String where =
          command
              .on()
              .map(s -> "on the " + s.name().toLowerCase(java.util.Locale.ROOT))
              .orElse("there");
      line(
          "    "
              + where
              + command.when().map(t -> ", where " + t + " is installed").orElse("")
              + ":");
      command.run().strip().lines().forEach(l -> line("      " + l));
    }
  }

  private static String policies(Check check) {
    StringBuilder text = new StringBuilder();
    for (Policy policy : Policy.values()) {
      if (check.skippedBy(policy).isPresent()) {
        text.append("; not asked for under policy ").append(policy.label());
      } else if (check.severity(policy) != check.severity()) {
        text.append("; ")
            .append(check.severity(policy).label())
            .append(" under policy ")
            .append(policy.label());
      }
    }
    return text.toString();
  }

  private void paragraph(String title, String text) {
    if (!text.isBlank()) {
      line("");
      line(title);
      for (String l : wrapped(text.strip())) {
        line("  " + l);
      }
    }
  }

  private static List<String> wrapped(String text) {
    List<String> lines = new java.util.ArrayList<>();
    StringBuilder current = new StringBuilder();
    for (String word : text.split("\\s+")) {
      if (current.length() > 0 && current.length() + word.length() > 76) {
        lines.add(current.toString());
        current.setLength(0);
      }
      current.append(current.length() == 0 ? "" : " ").append(word);
    }
    lines.add(current.toString());
    return lines;
  }

  private void line(String text) {
    terminal.out().println(org.migratecheck.model.Printable.of(text));
  }
}
