package org.migratecheck.check.storage;

import java.util.List;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Side;
import org.migratecheck.facts.storage.Image;
import org.migratecheck.facts.storage.Secrets;

/** Looks up the secrets of the guest's disks on the destination. */
final class SecretsEvaluator implements Evaluator {

  @Override
  public Outcome evaluate(CheckContext context) {
    GuestStorage storage = GuestStorage.of(context);
    List<Image> images = storage.images().stream().filter(i -> !i.secrets().isEmpty()).toList();
    if (images.isEmpty()) {
      return Outcome.skipped("no-secret");
    }
    Secrets there = context.destination(Secrets.FACT);
    Collector collector = new Collector();
    for (Image image : images) {
      for (String secret : image.secrets()) {
        boolean known = there.knows(secret);
        collector.see(image.target() + " secret " + secret, "used", known ? "known" : "unknown");
        if (!known) {
          collector.block(storage.problem(Side.DESTINATION, "missing", image, "secret", secret));
        }
      }
    }
    return collector.outcome().with("count", Integer.toString(images.size()));
  }
}
