package org.migratecheck.check.guest;

import java.util.Map;
import java.util.function.Supplier;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.EvaluatorSource;

/** Announces the evaluators of this package. */
public final class GuestEvaluators implements EvaluatorSource {
  @Override
  public Map<String, Supplier<Evaluator>> evaluators() {
    return Map.ofEntries(
        Map.entry("guest-blocked-devices", BlockedDevicesEvaluator::new),
        Map.entry("guest-host-devices", HostDevicesEvaluator::new),
        Map.entry("guest-device-paths", DevicePathsEvaluator::new),
        Map.entry("guest-character-ports", CharacterPortsEvaluator::new),
        Map.entry("guest-graphics", GraphicsEvaluator::new),
        Map.entry("guest-firmware", FirmwareEvaluator::new),
        Map.entry("guest-boot-files", BootFilesEvaluator::new),
        Map.entry("guest-roms", RomsEvaluator::new),
        Map.entry("guest-tpm", TpmEvaluator::new),
        Map.entry("guest-speed", SpeedEvaluator::new),
        Map.entry("guest-vsock", VsockEvaluator::new),
        Map.entry("guest-owner", OwnerEvaluator::new),
        Map.entry("guest-managed-save", () -> LeftoverEvaluators::managedSave),
        Map.entry("guest-checkpoints", () -> LeftoverEvaluators::checkpoints),
        Map.entry("guest-definition-there", () -> LeftoverEvaluators::staleDefinition),
        Map.entry("guest-pending-change", () -> LeftoverEvaluators::pendingChange),
        Map.entry("guest-autostart", () -> LeftoverEvaluators::autostart),
        Map.entry("guest-restart", () -> LeftoverEvaluators::restart),
        Map.entry("guest-transient", () -> LeftoverEvaluators::transientGuest),
        Map.entry("guest-agent", () -> LeftoverEvaluators::agent));
  }
}
