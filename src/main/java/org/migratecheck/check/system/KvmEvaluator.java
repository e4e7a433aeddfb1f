package org.migratecheck.check.system;

import java.util.List;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.system.Capabilities;
import org.migratecheck.facts.system.Cpu;
import org.migratecheck.model.Observed;

/** A guest of type kvm needs a destination whose libvirt offers kvm for its architecture. */
final class KvmEvaluator implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    String type = context.guest().xml().attr("type");
    if (!type.equals("kvm")) {
      return Outcome.skipped("not-kvm").with("type", type);
    }
    String architecture = context.guest().xml().attribute("os/type", "arch").orElse("");
    Cpu cpu = context.destination(Cpu.FACT);
    boolean offered = context.destination(Capabilities.FACT).offers(architecture, "kvm");
    List<Observed> observed =
        List.of(
            new Observed("/dev/kvm", "", cpu.kvmDevice() ? "there" : "absent"),
            new Observed("libvirt offers kvm", "", offered ? "yes" : "no"));
    if (offered) {
      return Outcome.of(List.of(), observed).with("architecture", architecture);
    }
    return Outcome.of(
        List.of(
            Problem.of(
                cpu.kvmDevice() ? "not-offered" : "no-device",
                "architecture",
                architecture,
                "module",
                module(cpu.vendor()))),
        observed);
  }

  private static String module(String vendor) {
    return switch (vendor) {
      case "GenuineIntel", "CentaurHauls" -> "kvm_intel";
      case "AuthenticAMD", "HygonGenuine" -> "kvm_amd";
      default -> "kvm";
    };
  }
}
