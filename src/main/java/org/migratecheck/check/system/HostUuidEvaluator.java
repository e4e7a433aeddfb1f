package org.migratecheck.check.system;

import java.util.List;
import java.util.Optional;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.system.Capabilities;
import org.migratecheck.facts.system.Identity;
import org.migratecheck.facts.system.LibvirtService;
import org.migratecheck.model.Observed;

/**
 * Finds one machine under two names, and two machines that libvirt takes for one.
 *
 * <p>libvirt refuses a migration between hosts with the same host UUID and looks at nothing else.
 * Cloned images share a machine id and boards with junk in their SMBIOS share its UUID without
 * being one machine, so those alone do not stop a migration.
 */
final class HostUuidEvaluator implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    Optional<Identity> here = identity(context.source());
    Optional<Identity> there = identity(context.destination());
    List<Observed> observed =
        List.of(
            new Observed("libvirt host UUID", uuid(context.source()), uuid(context.destination())),
            new Observed(
                "machine id",
                here.map(Identity::machineId).orElse(""),
                there.map(Identity::machineId).orElse("")),
            new Observed(
                "SMBIOS UUID",
                here.map(Identity::productUuid).orElse(""),
                there.map(Identity::productUuid).orElse("")),
            new Observed(
                "SSH host key",
                context.source().evidence().identity().hostKey(),
                context.destination().evidence().identity().hostKey()));
    boolean sameUuid;
    try {
      sameUuid =
          context
              .source(Capabilities.FACT)
              .hostUuid()
              .equals(context.destination(Capabilities.FACT).hostUuid());
    } catch (Undetermined e) {
      if (observed.stream().skip(1).allMatch(HostUuidEvaluator::equal)) {
        return Outcome.of(List.of(Problem.of("same-machine")), observed);
      }
      throw e;
    }
    if (!sameUuid) {
      return Outcome.of(List.of(), observed);
    }
    boolean oneMachine =
        !observed.get(1).source().isEmpty()
            && observed.stream()
                .skip(1)
                .filter(o -> !o.source().isEmpty() && !o.destination().isEmpty())
                .allMatch(HostUuidEvaluator::equal);
    if (oneMachine) {
      return Outcome.of(List.of(Problem.of("same-machine")), observed);
    }
    return Outcome.of(
        List.of(
            Problem.on(
                Side.DESTINATION,
                "same-uuid",
                "uuid",
                observed.get(0).source(),
                "daemon",
                daemon(context.destination()))),
        observed);
  }

  private static boolean equal(Observed o) {
    return !o.source().isEmpty() && o.source().equals(o.destination());
  }

  private static Optional<Identity> identity(HostFacts host) {
    return Undetermined.known(() -> host.get(Identity.FACT));
  }

  private static String uuid(HostFacts host) {
    return Undetermined.known(() -> host.get(Capabilities.FACT).hostUuid()).orElse("");
  }

  private static String daemon(HostFacts host) {
    String daemon = host.get(LibvirtService.FACT).daemon();
    return daemon.isEmpty() ? "libvirtd" : daemon;
  }
}
