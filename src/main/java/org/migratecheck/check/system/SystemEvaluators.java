package org.migratecheck.check.system;

import java.util.Map;
import java.util.function.Supplier;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.EvaluatorSource;
import org.migratecheck.facts.system.Libvirt;

/** Announces the evaluators of this package. */
public final class SystemEvaluators implements EvaluatorSource {
  @Override
  public Map<String, Supplier<Evaluator>> evaluators() {
    return Map.ofEntries(
        Map.entry("os-version", OsVersionEvaluator::new),
        Map.entry("packages", PackagesEvaluator::new),
        Map.entry("kernel-running", KernelEvaluator::new),
        Map.entry("reboot-pending", RebootPendingEvaluator::new),
        Map.entry("libvirt-answers", LibvirtAnswersEvaluator::new),
        Map.entry("libvirt-version", () -> new VersionEvaluator("libvirt", Libvirt::daemon)),
        Map.entry("qemu-version", () -> new VersionEvaluator("QEMU", Libvirt::qemu)),
        Map.entry("host-uuid", HostUuidEvaluator::new),
        Map.entry("machine-id", MachineIdEvaluator::new),
        Map.entry("hostname-not-localhost", HostnameEvaluator::new),
        Map.entry("cpu", CpuEvaluator::new),
        Map.entry("cpu-passthrough", CpuPassthroughEvaluator::new),
        Map.entry("kvm-available", KvmEvaluator::new),
        Map.entry("emulator", () -> PlatformEvaluators::emulator),
        Map.entry("machine-type", () -> PlatformEvaluators::machine),
        Map.entry("guest-cpu", GuestCpuEvaluator::new),
        Map.entry("guest-rehearsal", RehearsalEvaluator::new),
        Map.entry("guest-qemu", GuestQemuEvaluator::new),
        Map.entry("guest-running", () -> GuestStateEvaluators::running),
        Map.entry("guest-snapshots", () -> GuestStateEvaluators::snapshots),
        Map.entry("guest-jobs", () -> GuestStateEvaluators::jobs),
        Map.entry("guest-name", GuestNameEvaluator::new),
        Map.entry("memory", () -> MemoryEvaluators::one),
        Map.entry("memory-all", () -> MemoryEvaluators::all),
        Map.entry("huge-pages", HugePagesEvaluator::new),
        Map.entry("clock-skew", () -> ClockEvaluators::skew),
        Map.entry("clock-synchronised", () -> ClockEvaluators::synchronised),
        Map.entry("time-zone", () -> ClockEvaluators::zone));
  }
}
