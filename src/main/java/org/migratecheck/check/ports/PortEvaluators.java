package org.migratecheck.check.ports;

import java.util.Map;
import java.util.function.Supplier;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.EvaluatorSource;

/** Announces the evaluators of this package. */
public final class PortEvaluators implements EvaluatorSource {
  @Override
  public Map<String, Supplier<Evaluator>> evaluators() {
    return Map.ofEntries(
        Map.entry("destination-name-resolves", DestinationNameResolves::new),
        Map.entry("destination-is-expected-machine", DestinationIsExpectedMachine::new),
        Map.entry("libvirt-reachable-from-source", LibvirtReachable::new),
        Map.entry("link-quality", LinkQualityEvaluator::new),
        Map.entry("migration-address", MigrationAddress::new),
        Map.entry("migration-ports", MigrationPorts::new),
        Map.entry("migration-ports-free", MigrationPortsFree::new),
        Map.entry("migration-range-same", () -> MigrationRange::same),
        Map.entry("migration-range-valid", () -> MigrationRange::valid),
        Map.entry("migration-tls", MigrationTlsEvaluator::new),
        Map.entry("path-mtu", PathMtu::new),
        Map.entry("ssh-port", SshPort::new));
  }
}
