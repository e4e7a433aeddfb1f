package org.migratecheck.check.storage;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Side;
import org.migratecheck.facts.storage.FileLocks;
import org.migratecheck.facts.storage.FileLocks.Lock;
import org.migratecheck.facts.storage.Image;
import org.migratecheck.facts.storage.Image.Role;
import org.migratecheck.facts.storage.OpenFiles;
import org.migratecheck.facts.storage.OpenFiles.Open;
import org.migratecheck.facts.storage.PathState;
import org.migratecheck.facts.storage.PathState.FileState;

/**
 * Finds image locks that a process on the destination holds. QEMU locks single bytes of an image
 * (block/file-posix.c): byte 100 + N says that the holder uses right N, byte 200 + N that it lets
 * nobody else use it; right 1 is writing.
 */
final class LockedEvaluator implements Evaluator {
  private static final long WRITES = 101;
  private static final long FORBIDS_READING = 200;
  private static final long FORBIDS_WRITING = 201;
  private static final long FIRST = 100;
  private static final long LAST = 203;

  @Override
  public Outcome evaluate(CheckContext context) {
    GuestStorage storage = GuestStorage.of(context);
    Set<String> shareable = shareable(context);
    List<Image> images =
        storage.disks().stream()
            .filter(i -> !shareable.contains(i.target()))
            .filter(i -> storage.destination(i).state().present())
            .toList();
    if (images.isEmpty()) {
      return Outcome.skipped("no-path");
    }
    FileLocks locks = context.destination(FileLocks.FACT);
    OpenFiles open = context.link(OpenFiles.FACT);
    Collector collector = new Collector();
    collector.each(images, image -> judge(storage, collector, image, locks, open));
    return collector.outcome().with("count", Integer.toString(images.size()));
  }

  /**
   * Locks on some network file systems are kept by the server alone, and the kernel does not list
   * them: so who has the image open counts as well.
   */
  private static void judge(
      GuestStorage storage, Collector collector, Image image, FileLocks locks, OpenFiles open) {
    PathState state = storage.destination(image).state();
    FileState file = storage.destination(image).file();
    // A backing image may be read by many; none may write to it.
    boolean own = image.role() == Role.DISK;
    boolean locked =
        locks.on(file.device(), file.inode()).stream()
            .anyMatch(l -> inTheWay(l, own && !image.readOnly()));
    List<Open> users =
        open.of(state.real()).stream()
            .filter(o -> !o.guest().equals(storage.context().guest().name()))
            .toList();
    Optional<Open> writer = users.stream().filter(Open::writes).findFirst();
    Optional<Open> user = writer.or(() -> users.stream().findFirst());
    String who = user.map(Open::who).orElse("a process that is not known");
    collector.see(
        image.label(), "", (locked ? "locked " : "") + user.map(u -> "open: " + who).orElse(""));
    if (locked) {
      collector.block(storage.problem(Side.DESTINATION, "locked", image, "holder", who));
    } else if (writer.isPresent()) {
      collector.block(storage.problem(Side.DESTINATION, "written", image, "holder", who));
    } else if (user.isPresent() && own) {
      collector.warn(storage.problem(Side.DESTINATION, "read", image, "holder", who));
    }
  }

  /** Returns the disks that several guests may use at once. */
  static Set<String> shareable(CheckContext context) {
    return context.guest().xml().all("devices/disk").stream()
        .filter(d -> d.first("shareable").isPresent())
        .flatMap(d -> d.attribute("target", "dev").stream())
        .collect(Collectors.toSet());
  }

  private static boolean inTheWay(Lock lock, boolean writes) {
    // Locks on whole files of other kinds (flock) do not meet QEMU's.
    if (!lock.kind().equals("OFDLCK") && !lock.kind().equals("POSIX")) {
      return false;
    }
    boolean exclusive = lock.exclusive() && lock.start() <= LAST && lock.end() >= FIRST;
    return exclusive
        || lock.covers(WRITES)
        || lock.covers(FORBIDS_READING)
        || (writes && lock.covers(FORBIDS_WRITING));
  }
}
