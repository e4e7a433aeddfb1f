package org.migratecheck.check.host;

import java.util.List;
import java.util.Optional;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.system.Os;
import org.migratecheck.facts.system.RpmVersion;
import org.migratecheck.model.Observed;
import tools.jackson.databind.JsonNode;

/**
 * Whether the maker of the system supports moves from the one release to the other.
 *
 * <p>Parameter {@code supported}: ways, each with a {@code from} and a {@code to} release; a way
 * holds for later minor releases of both majors. Parameter {@code systems}: the {@code ID}s that
 * count.
 */
final class SupportEvaluator implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    Os source = context.source(Os.FACT);
    Os destination = context.destination(Os.FACT);
    boolean counts = false;
    for (JsonNode id : context.parameters().path("systems")) {
      counts |= id.asString().equals(source.id()) && id.asString().equals(destination.id());
    }
    if (!counts || source.version().isEmpty() || destination.version().isEmpty()) {
      return Outcome.skipped("other-system");
    }
    List<Observed> observed =
        List.of(new Observed("release", source.version(), destination.version()));
    String[] values = {
      "source-value", source.version(), "destination-value", destination.version()
    };
    return Outcome.of(problem(context, source, destination, values).stream().toList(), observed)
        .with("source-value", source.version())
        .with("destination-value", destination.version());
  }

  private static Optional<Problem> problem(
      CheckContext context, Os source, Os destination, String[] values) {
    int order = RpmVersion.compareSegments(source.version(), destination.version());
    if (order == 0) {
      return Optional.empty();
    }
    for (JsonNode way : context.parameters().path("supported")) {
      String from = way.path("from").asString("");
      String to = way.path("to").asString("");
      if (source.major().equals(from.split("\\.")[0])
          && destination.major().equals(to.split("\\.")[0])
          && RpmVersion.compareSegments(source.version(), from) >= 0
          && RpmVersion.compareSegments(destination.version(), to) >= 0) {
        return order > 0 ? Optional.of(Problem.of("backward", values)) : Optional.empty();
      }
    }
    return Optional.of(Problem.of("unsupported", values));
  }
}
