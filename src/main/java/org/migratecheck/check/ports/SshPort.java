package org.migratecheck.check.ports;

import java.util.ArrayList;
import java.util.List;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.ports.LibvirtReach;
import org.migratecheck.facts.ports.ListeningPorts;
import org.migratecheck.facts.ports.NameResolution;
import org.migratecheck.facts.ports.PortSet;
import org.migratecheck.model.Observed;

/** An SSH server answers the source at the destination's SSH port. */
final class SshPort implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    LibvirtReach reach = context.link(LibvirtReach.FACT);
    String port = Integer.toString(reach.port());
    List<Observed> observed = List.of(new Observed("SSH", reach.name(), port));
    SshAnswer answer = SshAnswer.of(reach);
    if (answer == SshAnswer.NAME) {
      return Outcome.skipped("name").with("name", reach.name());
    }
    List<Problem> problems =
        switch (answer) {
          case REFUSED, TIMEOUT, UNREACHABLE -> problems(context, reach, answer);
          case OTHER -> {
            if (reach.banner()) {
              yield List.of();
            }
            throw new Undetermined(
                "whether SSH on "
                    + context.destination().name()
                    + " answers is not clear: "
                    + SshAnswer.said(reach.attempts().get(0)));
          }
          default -> List.of();
        };
    return Outcome.of(problems, observed).with("port", port).with("name", reach.name());
  }

  private static List<Problem> problems(
      CheckContext context, LibvirtReach reach, SshAnswer answer) {
    String port = Integer.toString(reach.port());
    if (!context.destination(ListeningPorts.FACT).contains(reach.port())) {
      return List.of(Problem.of("not-listening", "port", port));
    }
    List<String> addresses = context.link(NameResolution.FACT).of(reach.name());
    PortSet ports = PortSet.range(reach.port(), reach.port());
    WayFirewall firewall =
        new WayFirewall(
            context, addresses.isEmpty() ? reach.name() : addresses.get(0), ports, ports);
    List<Problem> problems = new ArrayList<>(firewall.problems());
    if (problems.isEmpty()) {
      problems.add(
          Problem.of(
              switch (answer) {
                case REFUSED -> "refused";
                case TIMEOUT -> "timeout";
                default -> "unreachable";
              },
              "port",
              port,
              "name",
              reach.name(),
              "said",
              SshAnswer.said(reach.attempts().get(0))));
    }
    return problems;
  }
}
