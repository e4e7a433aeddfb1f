package org.migratecheck.check.system;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.system.Capabilities;
import org.migratecheck.facts.system.GuestFit;
import org.migratecheck.model.Observed;

/**
 * The emulator and the machine type of a guest, as the destination's libvirt judges them when it is
 * asked for the capabilities of exactly that combination.
 */
final class PlatformEvaluators {
  private static final Pattern MACHINE =
      Pattern.compile(
          "machine '.*' is not supported by emulator|does not support machine type",
          Pattern.CASE_INSENSITIVE);

  private PlatformEvaluators() {}

  /** Judges whether the guest's emulator exists on the destination and works. */
  static Outcome emulator(CheckContext context) {
    if (!context.guest().active()) {
      return Outcome.skipped("not-active");
    }
    String emulator = context.guest().xml().textAt("devices/emulator").orElse("");
    String said = fit(context).platform();
    if (said.isEmpty() || MACHINE.matcher(said).find()) {
      return Outcome.pass(List.of(new Observed("emulator", emulator, emulator)))
          .with("emulator", emulator);
    }
    String architecture = context.guest().xml().attribute("os/type", "arch").orElse("");
    Optional<String> other = otherEmulator(context, architecture, emulator);
    // The second is the probe's own attempt at a program that is there; a library may be missing.
    boolean absent = said.contains("No such file") && !said.startsWith("it cannot be started");
    String kind = !absent ? "unusable" : other.isPresent() ? "elsewhere" : "missing";
    return Outcome.of(
        List.of(Problem.of(kind, "emulator", emulator, "other", other.orElse(""), "said", said)),
        List.of(new Observed("emulator", emulator, other.orElse(""))));
  }

  /** Judges whether the destination's emulator has the guest's machine type. */
  static Outcome machine(CheckContext context) {
    if (!context.guest().active()) {
      return Outcome.skipped("not-active");
    }
    String machine = context.guest().xml().attribute("os/type", "machine").orElse("");
    String emulator = context.guest().xml().textAt("devices/emulator").orElse("");
    String said = fit(context).platform();
    if (said.isEmpty()) {
      return Outcome.pass(List.of(new Observed("machine type", machine, machine)))
          .with("machine", machine);
    }
    if (!MACHINE.matcher(said).find()) {
      return Outcome.skipped("no-emulator");
    }
    return Outcome.of(
        List.of(Problem.of("unknown", "machine", machine, "emulator", emulator, "said", said)),
        List.of(new Observed("machine type", machine, "")));
  }

  private static GuestFit fit(CheckContext context) {
    return GuestFit.of(
        context.link(GuestFit.ON_DESTINATION), context.guest().uuid(), context.guest().name());
  }

  private static Optional<String> otherEmulator(
      CheckContext context, String architecture, String emulator) {
    return context.destination(Capabilities.FACT).platforms().stream()
        .filter(p -> p.architecture().equals(architecture))
        .flatMap(p -> p.emulators().stream())
        .filter(e -> !e.equals(emulator))
        .findFirst();
  }
}
