package org.migratecheck.check.system;

import java.util.List;
import java.util.function.Function;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.system.Libvirt;
import org.migratecheck.facts.system.RpmVersion;
import org.migratecheck.model.Observed;

/**
 * Compares a version that libvirt reports. Guests move to the same or a newer version, never to an
 * older one. Parameter {@code allow-newer}: the destination may be newer.
 */
final class VersionEvaluator implements Evaluator {
  private final String item;
  private final Function<Libvirt, String> version;

  VersionEvaluator(String item, Function<Libvirt, String> version) {
    this.item = item;
    this.version = version;
  }

  @Override
  public Outcome evaluate(CheckContext context) {
    String source = version.apply(context.source(Libvirt.FACT));
    String destination = version.apply(context.destination(Libvirt.FACT));
    List<Observed> observed = List.of(new Observed(item, source, destination));
    int order = RpmVersion.compareSegments(source, destination);
    boolean allowNewer = context.parameters().path("allow-newer").asBoolean(false);
    if (order == 0 || (order < 0 && allowNewer)) {
      return Outcome.of(List.of(), observed)
          .with("source-value", source)
          .with("destination-value", destination);
    }
    return Outcome.of(
        List.of(
            Problem.on(
                order > 0 ? Side.DESTINATION : Side.SOURCE,
                order > 0 ? "older" : "newer",
                "source-value",
                source,
                "destination-value",
                destination)),
        observed);
  }
}
