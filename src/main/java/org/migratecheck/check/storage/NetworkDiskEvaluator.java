package org.migratecheck.check.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Side;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.storage.Image;
import org.migratecheck.facts.storage.Image.Network;
import org.migratecheck.facts.storage.Image.Server;
import org.migratecheck.facts.storage.PathState.Answer;
import org.migratecheck.facts.storage.Paths;
import org.migratecheck.facts.storage.StorageServers;
import org.migratecheck.facts.storage.StorageServers.Reach;

/** Judges disks that QEMU itself reaches over the network: can the destination reach the server. */
final class NetworkDiskEvaluator implements Evaluator {

  @Override
  public Outcome evaluate(CheckContext context) {
    GuestStorage storage = GuestStorage.of(context);
    List<Image> images = storage.images().stream().filter(i -> i.network().isPresent()).toList();
    if (images.isEmpty()) {
      return Outcome.skipped("no-network-disk");
    }
    Collector collector = new Collector();
    collector.each(images, image -> judge(storage, collector, image));
    return collector.outcome().with("count", Integer.toString(images.size()));
  }

  private static void judge(GuestStorage storage, Collector collector, Image image) {
    Network network = image.network().orElseThrow();
    if (network.hosts().isEmpty()) {
      serverless(storage, collector, image, network);
      return;
    }
    List<String> open = new ArrayList<>();
    List<String> closed = new ArrayList<>();
    for (Server server : network.hosts()) {
      if (local(server.name())) {
        collector.block(
            storage.problem(Side.SOURCE, "local-server", image, "server", server.name()));
        return;
      }
      Optional<Reach> there = reach(storage, Side.DESTINATION, server);
      collector.see(
          image.label() + " " + server.name() + ":" + server.port(),
          text(reach(storage, Side.SOURCE, server)),
          text(there));
      addresses(storage, collector, image, server);
      there
          .flatMap(Reach::open)
          .ifPresent(o -> (o ? open : closed).add(server.name() + ":" + server.port()));
    }
    if (open.isEmpty() && closed.isEmpty()) {
      throw new Undetermined(
          "it could not be tried whether "
              + storage.context().destination().name()
              + " reaches the servers of "
              + image.label(),
          "Install bash or nc there and collect the evidence again.");
    }
    String kind = open.isEmpty() ? "unreachable" : "partly-unreachable";
    if (!closed.isEmpty()) {
      var problem =
          storage.problem(
              Side.DESTINATION,
              kind,
              image,
              "protocol",
              network.protocol(),
              "server",
              String.join(", ", closed));
      if (open.isEmpty()) {
        collector.block(problem);
      } else {
        collector.warn(problem);
      }
    }
  }

  /**
   * RBD may take its monitors from ceph.conf; everything else without a server is a local socket.
   */
  private static void serverless(
      GuestStorage storage, Collector collector, Image image, Network network) {
    collector.see(image.label(), "no server named", "");
    if (!network.sockets().isEmpty()) {
      sockets(storage, collector, image, network);
    } else if (network.protocol().equals("rbd")) {
      collector.warn(storage.problem(Side.DESTINATION, "no-server", image));
    } else {
      collector.block(
          storage.problem(Side.SOURCE, "local-server", image, "server", "a local socket"));
    }
  }

  /**
   * Each host may well have a process that serves the same disk through a socket of the same name;
   * nothing tells what is behind it.
   */
  private static void sockets(
      GuestStorage storage, Collector collector, Image image, Network network) {
    for (String socket : network.sockets()) {
      boolean missing =
          storage.context().link(Paths.DESTINATION).of(socket).answer() == Answer.MISSING;
      collector.see(image.label(), socket, missing ? "missing" : socket);
      if (missing) {
        collector.block(
            storage.problem(Side.DESTINATION, "socket-missing", image, "socket", socket));
      } else {
        collector.warn(storage.problem(Side.DESTINATION, "socket", image, "socket", socket));
      }
    }
  }

  /** One name, other addresses: perhaps another server with another disk of that name. */
  private static void addresses(
      GuestStorage storage, Collector collector, Image image, Server server) {
    Set<String> here = reach(storage, Side.SOURCE, server).map(Reach::addresses).orElse(Set.of());
    Set<String> there =
        reach(storage, Side.DESTINATION, server).map(Reach::addresses).orElse(Set.of());
    if (!here.isEmpty() && !there.isEmpty() && here.stream().noneMatch(there::contains)) {
      collector.warn(
          storage.problem(
              Side.DESTINATION,
              "other-address",
              image,
              "server",
              server.name(),
              "here",
              String.join(", ", here),
              "there",
              String.join(", ", there)));
    }
  }

  private static Optional<Reach> reach(GuestStorage storage, Side side, Server server) {
    return storage
        .context()
        .link(side == Side.SOURCE ? StorageServers.SOURCE : StorageServers.DESTINATION)
        .of(server.name(), server.port());
  }

  private static boolean local(String name) {
    return name.equals("localhost")
        || name.startsWith("localhost.")
        || name.startsWith("127.")
        || name.equals("::1");
  }

  private static String text(Optional<Reach> reach) {
    return reach
        .map(
            r ->
                String.join(", ", r.addresses())
                    + r.open().map(o -> o ? " answers" : " does not answer").orElse(""))
        .orElse("not tried");
  }
}
