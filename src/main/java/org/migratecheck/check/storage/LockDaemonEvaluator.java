package org.migratecheck.check.storage;

import java.util.Map;
import java.util.Optional;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.storage.QemuAccess;
import org.migratecheck.facts.storage.QemuStorage;

/** Judges whether the lock manager that libvirt on the destination is told to use works there. */
final class LockDaemonEvaluator implements Evaluator {
  private static final Map<String, String> DAEMONS =
      Map.of("lockd", "virtlockd", "sanlock", "sanlock");

  /** Settings that must agree where both hosts are to see one another's locks. */
  private static final String LOCKSPACES = ".*(_lockspace_dir|disk_lease_dir|auto_disk_leases)";

  @Override
  public Outcome evaluate(CheckContext context) {
    String manager = context.destination(QemuAccess.FACT).lockManager();
    String daemon = DAEMONS.get(manager);
    if (daemon == null) {
      return Outcome.skipped("none");
    }
    QemuStorage there = context.destination(QemuStorage.FACT);
    Collector collector = new Collector();
    collector.see(daemon, "", String.join(", ", there.lockProcesses()));
    if (!there.lockProcesses().contains(daemon)) {
      collector.block(
          Problem.on(Side.DESTINATION, "not-running", "daemon", daemon, "manager", manager));
    }
    if (context.source(QemuAccess.FACT).lockManager().equals(manager)) {
      QemuStorage here = context.source(QemuStorage.FACT);
      settings(collector, manager, here, there);
    }
    return collector.outcome().with("daemon", daemon);
  }

  private static void settings(
      Collector collector, String manager, QemuStorage here, QemuStorage there) {
    String file = manager.equals("lockd") ? "qemu-lockd.conf" : "qemu-sanlock.conf";
    java.util.Set<String> names = new java.util.TreeSet<>(here.lockSettings().keySet());
    names.addAll(there.lockSettings().keySet());
    for (String name : names) {
      String setting = name.substring(name.indexOf(' ') + 1);
      if (name.startsWith(file) && setting.matches(LOCKSPACES)) {
        Optional<String> first = Optional.ofNullable(here.lockSettings().get(name));
        Optional<String> second = Optional.ofNullable(there.lockSettings().get(name));
        if (!first.equals(second)) {
          collector.warn(
              Problem.on(
                  Side.DESTINATION,
                  "settings-differ",
                  "file",
                  file,
                  "setting",
                  setting,
                  "here",
                  first.orElse("not set"),
                  "there",
                  second.orElse("not set")));
        }
      }
    }
    String id = file + " host_id";
    if (manager.equals("sanlock")
        && here.lockSettings().containsKey(id)
        && here.lockSettings().get(id).equals(there.lockSettings().get(id))) {
      collector.block(
          Problem.on(Side.DESTINATION, "same-host-id", "id", here.lockSettings().get(id)));
    }
  }
}
