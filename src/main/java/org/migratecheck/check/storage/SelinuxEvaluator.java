package org.migratecheck.check.storage;

import java.util.List;
import java.util.Optional;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Side;
import org.migratecheck.facts.storage.Image;
import org.migratecheck.facts.storage.Mount;
import org.migratecheck.facts.storage.QemuAccess;

/** Judges the SELinux booleans that let QEMU reach files on the network (virt_selinux(8)). */
final class SelinuxEvaluator implements Evaluator {

  @Override
  public Outcome evaluate(CheckContext context) {
    QemuAccess qemu = context.destination(QemuAccess.FACT);
    if (!qemu.selinuxEnforcing()) {
      return Outcome.skipped("not-enforcing");
    }
    boolean unconfined =
        context.guest().xml().all("seclabel").stream()
            .anyMatch(l -> l.attr("model").equals("selinux") && l.attr("type").equals("none"));
    if (unconfined) {
      return Outcome.skipped("unconfined");
    }
    GuestStorage storage = GuestStorage.of(context);
    List<Image> images =
        storage.withPath().stream()
            .filter(i -> storage.source(i).state().present() && !storage.source(i).block())
            .filter(i -> needed(storage.source(i).mount()).isPresent())
            .toList();
    if (images.isEmpty()) {
      return Outcome.skipped("no-network-file-system");
    }
    Collector collector = new Collector();
    for (Image image : images) {
      Mount mount = storage.source(image).mount();
      String needed = needed(mount).orElseThrow();
      Optional<Boolean> set = Optional.ofNullable(qemu.selinuxBooleans().get(needed));
      collector.see(needed, "", set.map(b -> b ? "on" : "off").orElse("not there"));
      if (set.isPresent() && !set.get()) {
        collector.block(
            storage.problem(
                Side.DESTINATION, "off", image, "boolean", needed, "type", mount.type()));
      }
    }
    return collector.outcome().with("count", Integer.toString(images.size()));
  }

  /**
   * Where the file system keeps labels ({@code seclabel}), or all of it was given the label of
   * images when it was mounted, no boolean is asked.
   */
  private static Optional<String> needed(Mount mount) {
    if (mount.has("seclabel")
        || mount.value("context").filter(c -> c.contains(":svirt_image_t")).isPresent()) {
      return Optional.empty();
    }
    return switch (mount.fileSystem()) {
      case NFS -> Optional.of("virt_use_nfs");
      case SMB -> Optional.of("virt_use_samba");
      default ->
          mount.type().startsWith("fuse") ? Optional.of("virt_use_fusefs") : Optional.empty();
    };
  }
}
