package org.migratecheck.check.storage;

import java.util.List;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Side;
import org.migratecheck.facts.storage.Image;
import org.migratecheck.facts.storage.PathState;

/** Finds storage that hangs or answers with an error. */
final class AnswersEvaluator implements Evaluator {

  @Override
  public Outcome evaluate(CheckContext context) {
    GuestStorage storage = GuestStorage.of(context);
    List<Image> images = storage.withPath();
    if (images.isEmpty()) {
      return Outcome.skipped("no-path");
    }
    Collector collector = new Collector();
    for (Image image : images) {
      for (Side side : Side.values()) {
        collector.attempt(() -> judge(storage, collector, image, side));
      }
    }
    return collector.outcome().with("count", Integer.toString(images.size()));
  }

  private static void judge(GuestStorage storage, Collector collector, Image image, Side side) {
    PathState state =
        (side == Side.SOURCE ? storage.source(image) : storage.destination(image)).state();
    String host = storage.context().side(side).name();
    switch (state.answer()) {
      case HANGS -> collector.block(storage.problem(side, "hangs", image, "host", host));
      case ERROR ->
          collector.block(
              storage.problem(
                  side,
                  state.problem().contains("Stale") ? "stale" : "error",
                  image,
                  "host",
                  host,
                  "problem",
                  state.problem(),
                  "target",
                  state.mount().map(m -> m.target()).orElse("")));
      case PRESENT, MISSING -> {
        // it answered
      }
    }
  }
}
