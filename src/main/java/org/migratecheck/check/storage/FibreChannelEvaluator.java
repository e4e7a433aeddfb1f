package org.migratecheck.check.storage;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.storage.BlockDevice;
import org.migratecheck.facts.storage.FibreChannel;
import org.migratecheck.facts.storage.FibreChannel.Port;
import org.migratecheck.facts.storage.FibreChannel.RemotePort;
import org.migratecheck.facts.storage.Image;
import org.migratecheck.facts.storage.Transport;

/** Proves for images on Fibre Channel that the destination reaches the same LUN. */
final class FibreChannelEvaluator implements Evaluator {

  @Override
  public Outcome evaluate(CheckContext context) {
    GuestStorage storage = GuestStorage.of(context);
    List<Image> images = storage.over(Transport.FIBRE_CHANNEL);
    if (images.isEmpty()) {
      return Outcome.skipped("no-fibre-channel");
    }
    Collector collector = new Collector();
    collector.each(images, image -> judge(storage, collector, image));
    return collector.outcome().with("count", Integer.toString(images.size()));
  }

  /** One path to a LUN. */
  private record Path(BlockDevice device, String targetPort, boolean online) {
    boolean works() {
      return online && (device.state().isEmpty() || device.state().equals("running"));
    }

    String text() {
      return "/dev/"
          + device.name()
          + " by "
          + targetPort
          + " LUN "
          + device.lun().orElse("?")
          + (works() ? "" : " (down)");
    }
  }

  private static void judge(GuestStorage storage, Collector collector, Image image) {
    Place source = storage.source(image);
    Place destination = storage.destination(image);
    List<Path> here = paths(source, source.bottoms());
    Set<DeviceIdentity> luns = identities(source, here);
    if (luns.isEmpty()) {
      throw new Undetermined(
          source.host().name() + ": the world-wide name of " + image.label() + " is not known");
    }
    List<BlockDevice> same =
        destination.devices().devices().values().stream()
            .filter(d -> d.partition() == 0 && d.dmUuid().isEmpty())
            .filter(
                d -> DeviceIdentity.of(d, destination.devices()).filter(luns::contains).isPresent())
            .toList();
    List<Path> there = paths(destination, same);
    String wwid = luns.stream().map(DeviceIdentity::value).collect(Collectors.joining(", "));
    collector.see(image.label() + " " + wwid, texts(here), texts(there));
    if (here.stream().noneMatch(Path::works)) {
      collector.block(down(storage, image, Side.SOURCE, "paths-down", wwid));
    }
    if (!there.isEmpty()) {
      compare(storage, collector, image, wwid, here, there);
    } else if (!same.isEmpty()) {
      collector.warn(
          storage.problem(
              Side.DESTINATION,
              "other-transport",
              image,
              "wwid",
              wwid,
              "transport",
              destination.devices().transport(same.get(0)).label()));
    } else {
      collector.block(missing(storage, image, wwid, here, destination));
    }
  }

  private static void compare(
      GuestStorage storage,
      Collector collector,
      Image image,
      String wwid,
      List<Path> here,
      List<Path> there) {
    long worksHere = here.stream().filter(Path::works).count();
    long worksThere = there.stream().filter(Path::works).count();
    if (worksThere == 0) {
      collector.block(down(storage, image, Side.DESTINATION, "paths-down", wwid));
    } else if (worksThere < worksHere) {
      collector.warn(
          storage.problem(
              Side.DESTINATION,
              "fewer-paths",
              image,
              "wwid",
              wwid,
              "here",
              Long.toString(worksHere),
              "there",
              Long.toString(worksThere)));
    }
    Place destination = storage.destination(image);
    if (destination.state().present()
        && SameStorage.compare(storage.source(image), destination).different()) {
      collector.block(
          storage.problem(
              Side.DESTINATION,
              "other-device",
              image,
              "wwid",
              wwid,
              "device",
              there.get(0).device().path()));
    }
  }

  private static Problem missing(
      GuestStorage storage, Image image, String wwid, List<Path> here, Place destination) {
    FibreChannel there = destination.host().get(FibreChannel.FACT);
    Set<String> targets =
        here.stream().map(Path::targetPort).collect(Collectors.toCollection(TreeSet::new));
    boolean seen =
        there.remotePorts().stream().anyMatch(p -> p.online() && targets.contains(p.wwpn()));
    String kind =
        there.ports().isEmpty()
            ? "no-adapter"
            : !there.anyOnline() ? "ports-down" : seen ? "lun-missing" : "not-zoned";
    return storage.problem(
        Side.DESTINATION,
        kind,
        image,
        "wwid",
        wwid,
        "targets",
        String.join(", ", targets),
        "lun",
        here.get(0).device().lun().orElse("?"),
        "ports",
        there.ports().stream()
            .map(p -> p.wwpn() + " (" + p.state() + ")")
            .collect(Collectors.joining(", ")));
  }

  private static Problem down(
      GuestStorage storage, Image image, Side side, String kind, String wwid) {
    FibreChannel ports = storage.context().side(side).get(FibreChannel.FACT);
    return storage.problem(
        side,
        kind,
        image,
        "host",
        storage.context().side(side).name(),
        "wwid",
        wwid,
        "ports",
        ports.ports().stream()
            .map(p -> p.name() + " " + p.wwpn() + " " + p.state())
            .collect(Collectors.joining(", ")));
  }

  private static Set<DeviceIdentity> identities(Place place, List<Path> paths) {
    return paths.stream()
        .flatMap(p -> DeviceIdentity.of(p.device(), place.devices()).stream())
        .collect(Collectors.toSet());
  }

  private static List<Path> paths(Place place, List<BlockDevice> devices) {
    FibreChannel fc = place.host().get(FibreChannel.FACT);
    return devices.stream()
        .filter(d -> d.remotePort().isPresent())
        .map(
            d -> {
              Optional<RemotePort> remote = fc.remotePort(d.remotePort().orElseThrow());
              boolean port =
                  fc.ports().stream()
                      .filter(p -> d.sysPath().contains("/" + p.name() + "/"))
                      .allMatch(Port::online);
              return new Path(
                  d,
                  remote.map(RemotePort::wwpn).orElse("a port that is gone"),
                  port && remote.map(RemotePort::online).orElse(false));
            })
        .toList();
  }

  private static String texts(List<Path> paths) {
    return paths.stream().map(Path::text).sorted().collect(Collectors.joining("; "));
  }
}
