package org.migratecheck.check.storage;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.storage.FileSystem;
import org.migratecheck.facts.storage.Mount;
import org.migratecheck.facts.storage.Mounts;

/**
 * Compares all shared file systems of two hosts by mount point. What a guest uses is judged with
 * the guest; this tells of the others.
 */
final class SharedMountsEvaluator implements Evaluator {

  @Override
  public Outcome evaluate(CheckContext context) {
    Map<String, Mount> here = shared(context.source(Mounts.FACT));
    if (here.isEmpty()) {
      return Outcome.skipped("no-mount");
    }
    Mounts there = context.destination(Mounts.FACT);
    Collector collector = new Collector();
    here.forEach(
        (target, mount) -> {
          Optional<Mount> counterpart = there.at(target);
          collector.see(
              target, text(mount), counterpart.map(SharedMountsEvaluator::text).orElse(""));
          if (counterpart.isEmpty()) {
            collector.warn(problem("missing", mount, mount));
          } else if (!same(mount, counterpart.get())) {
            collector.warn(problem("differs", mount, counterpart.get()));
          }
        });
    return collector.outcome().with("count", Integer.toString(here.size()));
  }

  private static Map<String, Mount> shared(Mounts mounts) {
    Map<String, Mount> result = new LinkedHashMap<>();
    for (Mount mount : mounts.mounts()) {
      if (mount.fileSystem().shared()
          && mounts.at(mount.target()).filter(mount::equals).isPresent()) {
        result.put(mount.target(), mount);
      }
    }
    return result;
  }

  private static boolean same(Mount a, Mount b) {
    if (a.fileSystem() != b.fileSystem() || !a.root().equals(b.root())) {
      return false;
    }
    return switch (a.fileSystem()) {
      case NFS -> Nfs.sameServer(a, b) && Nfs.export(a).equals(Nfs.export(b));
      // Any server of the pool may be named.
      case GLUSTERFS -> volume(a).equals(volume(b));
      // The device's name may differ; what is on it is compared with the guests.
      case GFS2, OCFS2 -> true;
      default -> a.source().equals(b.source());
    };
  }

  private static String volume(Mount mount) {
    return mount.source().substring(mount.source().lastIndexOf(':') + 1).replaceFirst("^/+", "");
  }

  private static String text(Mount mount) {
    FileSystem fileSystem = mount.fileSystem();
    return (fileSystem.shared() ? fileSystem.label() : mount.type()) + " " + mount.source();
  }

  private static Problem problem(String kind, Mount here, Mount there) {
    return MountRepair.add(Problem.on(Side.DESTINATION, kind), here, there);
  }
}
