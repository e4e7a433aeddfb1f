package org.migratecheck.check.storage;

import java.util.List;
import java.util.Optional;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.storage.Image;
import org.migratecheck.facts.storage.QemuStorage;
import org.migratecheck.facts.storage.Secrets;

/** Looks up the secrets of the guest's disks on the destination, and whether they have values. */
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
        Optional<String> uuid = there.uuid(secret);
        collector.see(
            image.target() + " secret " + secret, "used", uuid.isPresent() ? "known" : "unknown");
        if (uuid.isEmpty()) {
          collector.block(storage.problem(Side.DESTINATION, "missing", image, "secret", secret));
        } else {
          collector.attempt(() -> value(storage, collector, image, secret, uuid.get()));
        }
      }
    }
    return collector.outcome().with("count", Integer.toString(images.size()));
  }

  /** An ephemeral secret has its value in the daemon's memory alone, where nobody can look. */
  private static void value(
      GuestStorage storage, Collector collector, Image image, String secret, String uuid) {
    CheckContext context = storage.context();
    if (context.destination(QemuStorage.FACT).secretValues().contains(uuid)) {
      return;
    }
    Problem problem =
        storage.problem(Side.DESTINATION, "no-value", image, "secret", secret, "uuid", uuid);
    if (context.destination(Secrets.FACT).ephemeral().contains(uuid)) {
      collector.warn(
          storage.problem(Side.DESTINATION, "ephemeral", image, "secret", secret, "uuid", uuid));
    } else {
      collector.block(problem);
    }
  }
}
