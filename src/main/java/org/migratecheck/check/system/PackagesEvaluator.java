package org.migratecheck.check.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.check.system.PackageComparison.Difference;
import org.migratecheck.check.system.PackageComparison.Kind;
import org.migratecheck.facts.system.InstalledPackage;
import org.migratecheck.facts.system.Packages;
import org.migratecheck.model.Observed;
import tools.jackson.databind.JsonNode;

/**
 * Compares the installed packages of both hosts. Parameters: {@code only} and {@code except}
 * (regular expressions over whole package names), {@code others} (compare all packages but those),
 * {@code tolerate-newer} (a newer destination and packages on one side only are told as such, by
 * kinds of their own).
 */
final class PackagesEvaluator implements Evaluator {
  /** A command with more packages than this is no help to a person. */
  private static final int MANY = 40;

  private static final int EXAMPLES = 4;

  @Override
  public Outcome evaluate(CheckContext context) {
    Packages source = context.source(Packages.FACT);
    Packages destination = context.destination(Packages.FACT);
    if (source.manager() != destination.manager()) {
      return Outcome.skipped("other-system");
    }
    Predicate<String> scope = scope(context.parameters());
    List<Difference> differences =
        PackageComparison.of(
            context.source().name(), source, context.destination().name(), destination, scope);
    boolean tolerant = context.parameters().path("tolerate-newer").asBoolean(false);
    List<Problem> problems = new ArrayList<>();
    add(problems, context, differences, Kind.OLDER_ON_DESTINATION, Side.DESTINATION, "older");
    add(
        problems,
        context,
        differences,
        Kind.OLDER_ON_SOURCE,
        Side.SOURCE,
        tolerant ? "newer-destination" : "older");
    String missing = tolerant ? "one-sided" : "missing";
    add(problems, context, differences, Kind.ONLY_ON_SOURCE, Side.DESTINATION, missing);
    add(problems, context, differences, Kind.ONLY_ON_DESTINATION, Side.SOURCE, missing);
    return Outcome.of(problems, observed(differences))
        .with(
            "count",
            Long.toString(source.installed().stream().filter(p -> scope.test(p.name())).count()));
  }

  private static Predicate<String> scope(JsonNode parameters) {
    Optional<Pattern> only = pattern(parameters, "only");
    Optional<Pattern> except = pattern(parameters, "except");
    boolean others = parameters.path("others").asBoolean(false);
    return name ->
        (only.map(p -> p.matcher(name).matches()).orElse(true)
                && !except.map(p -> p.matcher(name).matches()).orElse(false))
            != others;
  }

  private static Optional<Pattern> pattern(JsonNode parameters, String name) {
    JsonNode text = parameters.path(name);
    return text.isString() ? Optional.of(Pattern.compile(text.asString())) : Optional.empty();
  }

  /** One problem for all differences of a kind; it is mended on {@code side}. */
  private static void add(
      List<Problem> problems,
      CheckContext context,
      List<Difference> differences,
      Kind kind,
      Side side,
      String problem) {
    List<Difference> mine = differences.stream().filter(d -> d.kind() == kind).toList();
    if (mine.isEmpty()) {
      return;
    }
    Side other = side == Side.SOURCE ? Side.DESTINATION : Side.SOURCE;
    List<InstalledPackage> wanted = mine.stream().map(d -> on(other, d)).toList();
    problems.add(
        Problem.on(
            side,
            mine.size() > MANY ? problem + "-many" : problem,
            "count",
            Integer.toString(mine.size()),
            "packages-are",
            mine.size() == 1 ? "package is" : "packages are",
            "where",
            context.side(side).name(),
            "than",
            context.side(other).name(),
            "examples",
            examples(mine, side),
            "rpm",
            join(wanted.stream().map(InstalledPackage::nevra).toList()),
            "deb",
            join(wanted.stream().map(p -> p.name() + "=" + p.version()).toList()),
            "zypp",
            join(wanted.stream().map(p -> p.name() + "=" + p.version()).toList())));
  }

  private static InstalledPackage on(Side side, Difference d) {
    return (side == Side.SOURCE ? d.source() : d.destination()).orElseThrow();
  }

  private static String join(List<String> words) {
    return String.join(" ", words);
  }

  private static String examples(List<Difference> differences, Side side) {
    String shown =
        differences.stream()
            .limit(EXAMPLES)
            .map(d -> example(d, side))
            .collect(Collectors.joining(", "));
    return differences.size() > EXAMPLES
        ? shown + " and " + (differences.size() - EXAMPLES) + " more"
        : shown;
  }

  private static String example(Difference d, Side side) {
    Side other = side == Side.SOURCE ? Side.DESTINATION : Side.SOURCE;
    Optional<InstalledPackage> old = side == Side.SOURCE ? d.source() : d.destination();
    String wanted = on(other, d).version();
    return old.map(p -> d.item() + " " + p.version() + " instead of " + wanted)
        .orElse(d.item() + " " + wanted);
  }

  private static List<Observed> observed(List<Difference> differences) {
    return differences.stream()
        .map(
            d ->
                new Observed(
                    d.item(),
                    d.source().map(InstalledPackage::version).orElse(""),
                    d.destination().map(InstalledPackage::version).orElse("")))
        .toList();
  }
}
