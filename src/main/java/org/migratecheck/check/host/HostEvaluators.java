package org.migratecheck.check.host;

import java.util.Map;
import java.util.function.Supplier;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.EvaluatorSource;

/** Announces the evaluators of this package. */
public final class HostEvaluators implements EvaluatorSource {
  @Override
  public Map<String, Supplier<Evaluator>> evaluators() {
    return Map.ofEntries(
        Map.entry("numa-advice", NumaAdviceEvaluator::new),
        Map.entry("numa-nodes", NumaEvaluator::new),
        Map.entry("cpu-pinning", PinningEvaluator::new),
        Map.entry("vcpus-fit", () -> VcpuEvaluators::fit),
        Map.entry("machine-max-cpus", () -> VcpuEvaluators::machine),
        Map.entry("memory-locked", () -> MemoryLimits::locked),
        Map.entry("memory-cgroup", () -> MemoryLimits::cgroup),
        Map.entry("memory-overcommitted", () -> MemoryLimits::overcommitted),
        Map.entry("memory-backing", () -> MemoryLimits::backing),
        Map.entry("memory-devices", () -> MemoryLimits::devices),
        Map.entry("host-space", () -> RoomEvaluators::space),
        Map.entry("libvirt-directories", () -> RoomEvaluators::directories),
        Map.entry("qemu-limits", QemuLimitsEvaluator::new),
        Map.entry("aio-requests", () -> RoomEvaluators::aio),
        Map.entry("cgroup-controllers", () -> RoomEvaluators::controllers),
        Map.entry("nested", () -> ProcessorEvaluators::nested),
        Map.entry("tsc-frequency", () -> ProcessorEvaluators::tsc),
        Map.entry("hyperv-features", () -> ProcessorEvaluators::hyperv),
        Map.entry("address-bits", () -> ProcessorEvaluators::addressBits),
        Map.entry("cpu-mitigations", () -> ProcessorEvaluators::mitigations),
        Map.entry("log-daemon", LogDaemonEvaluator::new),
        Map.entry("libvirt-drivers", () -> PlatformEvaluators::drivers),
        Map.entry("qemu-modules", () -> PlatformEvaluators::modules),
        Map.entry("machine-deprecated", () -> PlatformEvaluators::deprecated),
        Map.entry("machine-next-start", () -> PlatformEvaluators::nextStart),
        Map.entry("libvirt-hooks", () -> StateEvaluators::hooks),
        Map.entry("going-down", () -> StateEvaluators::goingDown),
        Map.entry("failed-units", () -> StateEvaluators::units),
        Map.entry("memory-errors", () -> StateEvaluators::memoryErrors),
        Map.entry("moves-under-way", () -> StateEvaluators::moves),
        Map.entry("windows-clock", () -> StateEvaluators::windowsClock),
        Map.entry("support-matrix", SupportEvaluator::new),
        Map.entry("known-bad", KnownBadEvaluator::new));
  }
}
