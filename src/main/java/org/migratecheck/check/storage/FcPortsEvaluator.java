package org.migratecheck.check.storage;

import java.util.List;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.storage.FibreChannel;
import org.migratecheck.facts.storage.FibreChannel.Port;

/** Tells of Fibre Channel ports of a host that have no link. */
final class FcPortsEvaluator implements Evaluator {

  @Override
  public Outcome evaluate(CheckContext context) {
    List<Port> ports = context.source(FibreChannel.FACT).ports();
    if (ports.isEmpty()) {
      return Outcome.skipped("no-adapter");
    }
    Collector collector = new Collector();
    for (Port port : ports) {
      collector.see(port.name() + " " + port.wwpn(), port.state(), "");
      if (!port.online()) {
        collector.warn(
            Problem.on(
                Side.SOURCE,
                "offline",
                "port",
                port.name(),
                "wwpn",
                port.wwpn(),
                "state",
                port.state()));
      }
    }
    return collector.outcome().with("count", Integer.toString(ports.size()));
  }
}
