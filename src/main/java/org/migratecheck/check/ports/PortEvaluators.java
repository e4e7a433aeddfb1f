package org.migratecheck.check.ports;

import java.util.Map;
import java.util.function.Supplier;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.EvaluatorSource;

/** Announces the evaluators of this package. */
public final class PortEvaluators implements EvaluatorSource {
  @Override
  public Map<String, Supplier<Evaluator>> evaluators() {
    return Map.of(
        "destination-name-resolves", DestinationNameResolves::new,
        "destination-is-expected-machine", DestinationIsExpectedMachine::new,
        "libvirt-reachable-from-source", LibvirtReachable::new,
        "migration-address", MigrationAddress::new,
        "migration-ports", MigrationPorts::new,
        "migration-ports-free", MigrationPortsFree::new,
        "migration-range-same", () -> MigrationRange::same,
        "migration-range-valid", () -> MigrationRange::valid,
        "path-mtu", PathMtu::new,
        "ssh-port", SshPort::new);
  }
}
