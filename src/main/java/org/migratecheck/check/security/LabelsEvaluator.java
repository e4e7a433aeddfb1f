package org.migratecheck.check.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.Xml;
import org.migratecheck.facts.security.Confinement;
import org.migratecheck.facts.security.Labels;
import org.migratecheck.model.Observed;

/**
 * Finds directories above the guest's images whose SELinux label QEMU (svirt_t) may not pass.
 * libvirt gives the image itself its label, but never a directory.
 */
final class LabelsEvaluator implements Evaluator {
  /** Types of directories that were never meant for virtual machines (virt_selinux(8)). */
  private static final Set<String> FOREIGN =
      Set.of(
          "default_t",
          "unlabeled_t",
          "admin_home_t",
          "user_home_dir_t",
          "user_home_t",
          "user_tmp_t",
          "httpd_sys_content_t",
          "samba_share_t",
          "public_content_t",
          "var_log_t");

  @Override
  public Outcome evaluate(CheckContext context) {
    Confinement there = context.destination(Confinement.FACT);
    if (!there.selinux().equals("enforcing") || !there.models().contains("selinux")) {
      return Outcome.skipped("not-enforcing");
    }
    Labels labels = context.link(Labels.FACT);
    List<Observed> observed = new ArrayList<>();
    Map<String, Problem> problems = new TreeMap<>();
    int count = 0;
    for (Xml disk : context.guest().xml().all("devices/disk")) {
      String path =
          disk.attribute("source", "file").or(() -> disk.attribute("source", "dir")).orElse("");
      if (!path.startsWith("/")) {
        continue;
      }
      count++;
      for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
        String directory = path.substring(0, slash);
        String type = labels.type(directory).orElse("");
        if (FOREIGN.contains(type)) {
          observed.add(new Observed(directory, "", type));
          problems.putIfAbsent(
              directory,
              Problem.of(
                  "foreign",
                  "directory",
                  directory,
                  "label",
                  type,
                  "path",
                  path,
                  "disk",
                  disk.attribute("target", "dev").orElse("?")));
        }
      }
    }
    return count == 0
        ? Outcome.skipped("no-file")
        : Outcome.of(List.copyOf(problems.values()), observed)
            .with("count", Integer.toString(count));
  }
}
