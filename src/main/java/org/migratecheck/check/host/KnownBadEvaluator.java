package org.migratecheck.check.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.Xml;
import org.migratecheck.facts.system.InstalledPackage;
import org.migratecheck.facts.system.Kernel;
import org.migratecheck.facts.system.Libvirt;
import org.migratecheck.facts.system.Packages;
import org.migratecheck.facts.system.RpmVersion;
import org.migratecheck.facts.system.RunningQemu;
import org.migratecheck.model.Observed;
import tools.jackson.databind.JsonNode;

/**
 * Judges a guest's way by the rows of {@code known-bad.yaml}, which the catalogue puts into the
 * parameter {@code rows}. A row hits when all of its conditions hold.
 */
final class KnownBadEvaluator implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    if (!context.guest().active()) {
      return Outcome.skipped("not-active");
    }
    List<Problem> problems = new ArrayList<>();
    int count = 0;
    for (JsonNode row : context.parameters().path("rows")) {
      count++;
      if (hits(context, row.path("when"))) {
        problems.add(problem(row));
      }
    }
    if (count == 0) {
      return Outcome.skipped("no-rows");
    }
    Libvirt here = context.source(Libvirt.FACT);
    Libvirt there = context.destination(Libvirt.FACT);
    return Outcome.of(
            problems,
            List.of(
                new Observed("libvirt", here.daemon(), there.daemon()),
                new Observed("QEMU", qemu(context, Side.SOURCE), there.qemu())))
        .with("count", Integer.toString(count));
  }

  private static Problem problem(JsonNode row) {
    boolean flags = !row.path("when").path("flags").isEmpty();
    List<String> names = new ArrayList<>();
    row.path("when").path("flags").forEach(f -> names.add("--" + f.asString()));
    String said = row.path("error").asString("");
    String level = row.path("level").asString();
    String kind = said.isEmpty() ? "bad" : "bad-said";
    Problem problem =
        Problem.of(
            flags ? "with-flags" : level.equals("info") ? "note" : kind,
            "row",
            row.path("id").asString(),
            "effect",
            row.path("effect").asString(),
            "said",
            said,
            "flags",
            String.join(" or ", names),
            "fix",
            row.path("fix").asString(),
            "reference",
            row.path("reference").asString());
    return level.equals("blocker") && !flags ? problem : problem.asWarning();
  }

  private static boolean hits(CheckContext context, JsonNode when) {
    if (!holds(context, Side.SOURCE, when.path("source"))
        || !holds(context, Side.DESTINATION, when.path("destination"))) {
      return false;
    }
    JsonNode either = when.path("either");
    if (!either.isEmpty()
        && !holds(context, Side.SOURCE, either)
        && !holds(context, Side.DESTINATION, either)) {
      return false;
    }
    for (JsonNode condition : when.path("guest")) {
      if (!guest(context.guest(), condition)) {
        return false;
      }
    }
    return true;
  }

  private static boolean holds(CheckContext context, Side side, JsonNode versions) {
    for (Map.Entry<String, JsonNode> version : versions.properties()) {
      Optional<String> found = version(context, side, version.getKey());
      if (found.isEmpty() || !within(found.get(), version.getValue().asString())) {
        return false;
      }
    }
    return true;
  }

  private static Optional<String> version(CheckContext context, Side side, String what) {
    return switch (what) {
      case "libvirt" -> Optional.of(context.side(side).get(Libvirt.FACT).daemon());
      case "qemu" -> Optional.of(qemu(context, side));
      case "kernel" -> Optional.of(context.side(side).get(Kernel.FACT).running());
      default ->
          context.side(side).get(Packages.FACT).installed().stream()
              .filter(p -> p.name().replaceFirst(":.*", "").equals(what))
              .map(InstalledPackage::version)
              // An epoch orders packages of one distribution; conditions speak of upstream.
              .map(v -> v.replaceFirst("^[0-9]+:", ""))
              .max(RpmVersion::compareSegments);
    };
  }

  /** The QEMU that counts: on the source the one that the guest runs, which may be older. */
  private static String qemu(CheckContext context, Side side) {
    String installed = context.side(side).get(Libvirt.FACT).qemu();
    if (side == Side.DESTINATION) {
      return installed;
    }
    return context.source(RunningQemu.FACT).stream()
        .filter(q -> q.guest().equals(context.guest().name()) && !q.version().isEmpty())
        .map(RunningQemu::version)
        .findFirst()
        .orElse(installed);
  }

  /** Judges a condition such as {@code >=9.10.0 <10.2.0}: all of its parts must hold. */
  static boolean within(String version, String condition) {
    for (String part : condition.strip().split("\\s+")) {
      String bound = part.replaceFirst("^[<>=]+", "");
      int order = RpmVersion.compareSegments(version, bound);
      boolean holds =
          switch (part.substring(0, part.length() - bound.length())) {
            case "<" -> order < 0;
            case "<=" -> order <= 0 || version.startsWith(bound + ".");
            case ">" -> order > 0 && !version.startsWith(bound + ".");
            case ">=" -> order >= 0;
            default -> order == 0 || version.startsWith(bound + ".");
          };
      if (!holds) {
        return false;
      }
    }
    return true;
  }

  private static boolean guest(Guest guest, JsonNode condition) {
    boolean found =
        guest.xml().all(condition.path("path").asString()).stream()
            .anyMatch(element -> matches(element, condition));
    return found != condition.path("absent").asBoolean(false);
  }

  private static boolean matches(Xml element, JsonNode condition) {
    for (Map.Entry<String, JsonNode> attribute : condition.path("attributes").properties()) {
      if (!element.attr(attribute.getKey()).matches(attribute.getValue().asString())) {
        return false;
      }
    }
    if (condition.has("at-least")) {
      return element.text().matches("[0-9]{1,9}")
          && Long.parseLong(element.text()) >= condition.path("at-least").asLong();
    }
    return !condition.has("text") || element.text().matches(condition.path("text").asString());
  }
}
