package org.migratecheck.check.guest;

import java.util.List;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.guest.DevicePath;
import org.migratecheck.facts.guest.DevicePath.Need;
import org.migratecheck.facts.guest.DevicePaths;
import org.migratecheck.facts.guest.GuestFiles;
import org.migratecheck.facts.guest.SeenFile;

/**
 * Whether the destination has what the guest's character devices, logs, random number generators,
 * shared directories and so on name: QEMU or libvirt opens each of them before the guest arrives.
 */
final class DevicePathsEvaluator implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    Guest guest = context.guest();
    if (!guest.active()) {
      return Outcome.skipped("not-active");
    }
    List<DevicePath> paths = DevicePaths.of(guest);
    if (paths.isEmpty()) {
      return Outcome.skipped("no-path");
    }
    Gathered gathered = new Gathered();
    for (DevicePath path : paths) {
      gathered.attempt(() -> judge(context, gathered, path));
    }
    return gathered.outcome().with("count", Integer.toString(paths.size()));
  }

  private static void judge(CheckContext context, Gathered gathered, DevicePath path) {
    GuestFiles source = context.link(GuestFiles.SOURCE);
    GuestFiles destination = context.link(GuestFiles.DESTINATION);
    boolean here = anyPresent(source, path);
    boolean there = anyPresent(destination, path);
    if (path.need() == Need.PERHAPS && !here) {
      return; // no path of the host, or not one that the start of QEMU needs
    }
    gathered.see(path.device() + " " + path.path(), word(here), word(there));
    if (!there) {
      gathered.add(problem(context, source, path));
      return;
    }
    if (path.wanted().contains(path.path()) && path.need() != Need.PIPE) {
      sameKind(gathered, path, source.of(path.path()), destination.of(path.path()));
    }
    if (path.need() == Need.READ || path.need() == Need.PERHAPS) {
      readable(gathered, path, source.of(path.path()), destination.of(path.path()));
    }
  }

  private static void readable(Gathered gathered, DevicePath path, SeenFile here, SeenFile there) {
    // What QEMU's user cannot read on the source either is no obstacle to this guest.
    if (here.readable() && !there.readable()) {
      gathered.add(Problem.of("unreadable", "device", path.device(), "path", path.path()));
    }
  }

  private static void sameKind(Gathered gathered, DevicePath path, SeenFile here, SeenFile there) {
    String kind = there.type().replaceFirst(" empty", "");
    if (here.present() && !here.type().replaceFirst(" empty", "").equals(kind)) {
      gathered.add(
          Problem.of(
              "other-kind",
              "device",
              path.device(),
              "path",
              path.path(),
              "here",
              here.type(),
              "there",
              there.type()));
    }
  }

  private static Problem problem(CheckContext context, GuestFiles source, DevicePath path) {
    String kind =
        switch (path.need()) {
          case CREATED -> "directory-missing";
          case PERHAPS -> "argument-missing";
          case PIPE -> "pipe-missing";
          case OPENED, READ -> opened(source, path);
        };
    boolean detachable = kind.equals("device-missing") && !path.alias().isEmpty();
    return Problem.on(
        detachable ? Side.SOURCE : Side.DESTINATION,
        kind,
        "device",
        path.device(),
        "path",
        path.path(),
        "directory",
        path.directory(),
        "alias",
        path.alias(),
        "uuid",
        context.guest().uuid());
  }

  /** What is missing is named after what the source has there. */
  private static String opened(GuestFiles source, DevicePath path) {
    SeenFile here = source.of(path.path());
    if (here.directory()) {
      return "shared-missing";
    }
    if (here.type().equals("socket")) {
      return "socket-missing";
    }
    return here.regular() ? "file-missing" : "device-missing";
  }

  private static boolean anyPresent(GuestFiles files, DevicePath path) {
    return path.wanted().stream().anyMatch(p -> files.of(p).present());
  }

  private static String word(boolean present) {
    return present ? "there" : "missing";
  }
}
