package org.migratecheck.check.storage;

import java.util.List;
import java.util.Optional;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Side;
import org.migratecheck.facts.storage.Image;
import org.migratecheck.facts.storage.NetworkImages;
import org.migratecheck.facts.storage.NetworkImages.Answer;

/**
 * Judges whether QEMU's block drivers on the destination open the guest's network disks, by having
 * tried it on both hosts. What fails on both, such as a server that wants more than it was told,
 * proves nothing.
 */
final class OpensEvaluator implements Evaluator {

  @Override
  public Outcome evaluate(CheckContext context) {
    GuestStorage storage = GuestStorage.of(context);
    List<Image> images =
        storage.images().stream().filter(i -> NetworkImages.uri(i).isPresent()).toList();
    if (images.isEmpty()) {
      return Outcome.skipped("none");
    }
    NetworkImages here = context.link(NetworkImages.SOURCE);
    NetworkImages there = context.link(NetworkImages.DESTINATION);
    Collector collector = new Collector();
    for (Image image : images) {
      String uri = NetworkImages.uri(image).orElseThrow();
      Optional<Answer> first = Optional.ofNullable(here.answers().get(uri));
      Optional<Answer> second = Optional.ofNullable(there.answers().get(uri));
      collector.see(image.label(), text(first), text(second));
      if (first.isPresent() && second.isPresent()) {
        judge(storage, collector, image, first.get(), second.get());
      } else {
        collector.warn(problem(storage, image, "not-tried", "", "", ""));
      }
    }
    return collector.outcome().with("count", Integer.toString(images.size()));
  }

  private static void judge(
      GuestStorage storage, Collector collector, Image image, Answer here, Answer there) {
    if (there.opened()) {
      if (here.opened() && here.bytes().getAsLong() != there.bytes().getAsLong()) {
        collector.block(
            problem(
                storage,
                image,
                "size",
                "",
                Long.toString(here.bytes().getAsLong()),
                Long.toString(there.bytes().getAsLong())));
      }
    } else if (there.hangs()) {
      // A server of NBD that has its one client keeps the next waiting; libraries of other
      // protocols may just be slow on a busy host.
      boolean nbd = image.network().filter(n -> n.protocol().equals("nbd")).isPresent();
      if (nbd) {
        collector.block(problem(storage, image, "hangs", "", "", ""));
      } else {
        collector.warn(problem(storage, image, "slow", "", "", ""));
      }
    } else if (there.words().contains("Unknown protocol")
        || there.words().contains("Unknown driver")) {
      missing(storage, collector, image, here, there);
    } else if (here.opened()) {
      collector.block(problem(storage, image, "refused", there.words(), "", ""));
    } else {
      collector.warn(problem(storage, image, "not-tried", there.words(), "", ""));
    }
  }

  /** qemu-img and QEMU share their modules; where both hosts lack one, only qemu-img does. */
  private static void missing(
      GuestStorage storage, Collector collector, Image image, Answer here, Answer there) {
    if (here.words().equals(there.words())) {
      collector.warn(problem(storage, image, "not-tried", there.words(), "", ""));
    } else {
      collector.block(problem(storage, image, "no-driver", there.words(), "", ""));
    }
  }

  private static org.migratecheck.check.Problem problem(
      GuestStorage storage, Image image, String kind, String words, String here, String there) {
    String protocol = image.network().map(Image.Network::protocol).orElse("");
    return storage.problem(
        Side.DESTINATION,
        kind,
        image,
        "words",
        words,
        "here",
        here,
        "there",
        there,
        "protocol",
        protocol,
        "driver",
        protocol.startsWith("http") ? "curl" : protocol);
  }

  private static String text(Optional<Answer> answer) {
    return answer
        .map(
            a ->
                a.opened() ? a.bytes().getAsLong() + " bytes" : a.hangs() ? "no answer" : a.words())
        .orElse("not tried");
  }
}
