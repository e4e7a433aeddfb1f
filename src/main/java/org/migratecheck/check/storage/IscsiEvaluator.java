package org.migratecheck.check.storage;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Side;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.storage.BlockDevice;
import org.migratecheck.facts.storage.Image;
import org.migratecheck.facts.storage.Iscsi;
import org.migratecheck.facts.storage.Iscsi.Session;
import org.migratecheck.facts.storage.StorageServers;
import org.migratecheck.facts.storage.Transport;

/** Proves for images on iSCSI that the destination has a session with the same LUN. */
final class IscsiEvaluator implements Evaluator {

  @Override
  public Outcome evaluate(CheckContext context) {
    GuestStorage storage = GuestStorage.of(context);
    List<Image> images = storage.over(Transport.ISCSI);
    if (images.isEmpty()) {
      return Outcome.skipped("no-iscsi");
    }
    Collector collector = new Collector();
    collector.each(images, image -> judge(storage, collector, image));
    return collector.outcome().with("count", Integer.toString(images.size()));
  }

  /** One way to a LUN. */
  private record Way(BlockDevice device, Session session) {
    boolean works() {
      return session.loggedIn()
          && (device.state().isEmpty()
              || device.state().equals("running")
              || device.state().equals("live"));
    }

    String text() {
      return session.target()
          + " LUN "
          + device.lun().orElse("?")
          + " at "
          + session.portal()
          + " ("
          + session.state()
          + ")";
    }
  }

  private static void judge(GuestStorage storage, Collector collector, Image image) {
    Place source = storage.source(image);
    Place destination = storage.destination(image);
    List<Way> here = ways(source, source.bottoms());
    List<Way> there = ways(destination, matching(here, source, destination));
    collector.see(image.label(), texts(here), texts(there));
    if (here.isEmpty()) {
      throw new Undetermined(
          source.host().name() + ": the iSCSI session of " + image.label() + " is not known");
    }
    if (here.stream().noneMatch(Way::works)) {
      block(storage, collector, image, Side.SOURCE, "session-down", here.get(0));
    }
    if (there.isEmpty()) {
      missing(storage, collector, image, here.get(0), destination);
    } else if (there.stream().noneMatch(Way::works)) {
      block(storage, collector, image, Side.DESTINATION, "session-down", there.get(0));
    } else {
      compare(storage, collector, image, here, there);
    }
  }

  private static void compare(
      GuestStorage storage, Collector collector, Image image, List<Way> here, List<Way> there) {
    long worksHere = here.stream().filter(Way::works).count();
    long worksThere = there.stream().filter(Way::works).count();
    if (worksThere < worksHere) {
      collector.warn(
          storage.problem(
              Side.DESTINATION,
              "fewer-sessions",
              image,
              "here",
              Long.toString(worksHere),
              "there",
              Long.toString(worksThere)));
    }
    if (!targets(here).equals(targets(there))) {
      collector.warn(
          storage.problem(
              Side.DESTINATION,
              "other-target",
              image,
              "here",
              String.join(", ", targets(here)),
              "there",
              String.join(", ", targets(there))));
    }
    Place destination = storage.destination(image);
    if (destination.state().present()
        && SameStorage.compare(storage.source(image), destination).different()) {
      collector.block(
          storage.problem(
              Side.DESTINATION, "other-device", image, "device", there.get(0).device().path()));
    }
  }

  private static void missing(
      GuestStorage storage, Collector collector, Image image, Way here, Place destination) {
    Iscsi iscsi = destination.host().get(Iscsi.FACT);
    List<Session> sessions = iscsi.with(here.session().target());
    if (sessions.stream().anyMatch(Session::loggedIn)) {
      block(
          storage,
          collector,
          image,
          Side.DESTINATION,
          "lun-missing",
          here,
          "initiator",
          iscsi.initiator());
    } else if (!sessions.isEmpty()) {
      block(storage, collector, image, Side.DESTINATION, "session-down", here);
    } else {
      Optional<Boolean> open =
          storage
              .context()
              .link(StorageServers.DESTINATION)
              .of(here.session().address(), here.session().port())
              .flatMap(StorageServers.Reach::open);
      if (open.isPresent() && !open.get()) {
        block(storage, collector, image, Side.DESTINATION, "portal-unreachable", here);
      }
      block(storage, collector, image, Side.DESTINATION, "no-session", here);
    }
  }

  private static void block(
      GuestStorage storage,
      Collector collector,
      Image image,
      Side side,
      String kind,
      Way way,
      String... more) {
    String[] values = new String[more.length + 10];
    String[] own = {
      "host", storage.context().side(side).name(),
      "iqn", way.session().target(),
      "portal", way.session().portal(),
      "lun", way.device().lun().orElse("?"),
      "state", way.session().state() + " " + way.device().state()
    };
    System.arraycopy(own, 0, values, 0, own.length);
    System.arraycopy(more, 0, values, own.length, more.length);
    collector.block(storage.problem(side, kind, image, values));
  }

  /** The destination's devices that are the source's LUNs: by world-wide name, else by address. */
  private static List<BlockDevice> matching(List<Way> here, Place source, Place destination) {
    Iscsi iscsi = destination.host().get(Iscsi.FACT);
    Set<String> addresses =
        here.stream().map(w -> address(w.session(), w.device())).collect(Collectors.toSet());
    Set<DeviceIdentity> identities =
        here.stream()
            .flatMap(w -> DeviceIdentity.of(w.device(), source.devices()).stream())
            .collect(Collectors.toSet());
    return destination.devices().devices().values().stream()
        .filter(d -> d.partition() == 0 && d.session().isPresent())
        .filter(
            d -> {
              Optional<DeviceIdentity> identity = DeviceIdentity.of(d, destination.devices());
              return identity.isPresent() && !identities.isEmpty()
                  ? identities.contains(identity.get())
                  : iscsi
                      .session(d.session().orElse(""))
                      .map(s -> addresses.contains(address(s, d)))
                      .orElse(false);
            })
        .toList();
  }

  private static String address(Session session, BlockDevice device) {
    return session.target() + " " + device.lun().orElse("?");
  }

  private static List<Way> ways(Place place, List<BlockDevice> devices) {
    Iscsi iscsi = place.host().get(Iscsi.FACT);
    return devices.stream()
        .flatMap(d -> d.session().flatMap(iscsi::session).map(s -> new Way(d, s)).stream())
        .toList();
  }

  private static Set<String> targets(List<Way> ways) {
    return ways.stream()
        .map(w -> w.session().target())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String texts(List<Way> ways) {
    return ways.stream().map(Way::text).sorted().collect(Collectors.joining("; "));
  }
}
