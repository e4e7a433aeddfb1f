package org.migratecheck.check.system;

import java.util.List;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.system.Os;
import org.migratecheck.facts.system.RpmVersion;
import org.migratecheck.model.Observed;

/**
 * Compares the releases of one distribution, minor release included. Parameter {@code allow-newer}:
 * the destination may be newer.
 */
final class OsVersionEvaluator implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    Os source = context.source(Os.FACT);
    Os destination = context.destination(Os.FACT);
    if (!source.id().equals(destination.id())) {
      return Outcome.skipped("other-distribution");
    }
    if (source.version().isEmpty() != destination.version().isEmpty()) {
      throw new Undetermined(
          (source.version().isEmpty() ? context.source() : context.destination()).name()
              + ": os-release tells no VERSION_ID");
    }
    List<Observed> observed =
        List.of(
            new Observed("release", source.version(), destination.version()),
            new Observed("platform", source.platformId(), destination.platformId()));
    int order = RpmVersion.compare(source.version(), destination.version());
    if (order == 0) {
      return Outcome.of(List.of(), observed).with("value", source.prettyName());
    }
    boolean tolerant = context.parameters().path("allow-newer").asBoolean(false);
    if (order < 0 && tolerant && source.major().equals(destination.major())) {
      return Outcome.of(List.of(), observed).with("value", destination.prettyName());
    }
    boolean major = !source.major().equals(destination.major());
    String kind = (order > 0 ? "older" : "newer") + (major ? "-major" : "");
    if (order < 0 && tolerant) {
      kind += "-tolerated";
    }
    return Outcome.of(
        List.of(
            Problem.on(
                order > 0 ? Side.DESTINATION : Side.SOURCE,
                kind,
                "source-value",
                source.version(),
                "destination-value",
                destination.version(),
                "wanted",
                order > 0 ? source.version() : destination.version(),
                "where",
                (order > 0 ? context.destination() : context.source()).name())),
        observed);
  }
}
