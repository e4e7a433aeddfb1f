package org.migratecheck.check.ports;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.ports.Echoes;
import org.migratecheck.facts.ports.HostAddress;
import org.migratecheck.facts.ports.Ip;
import org.migratecheck.facts.ports.MigrationConfig;
import org.migratecheck.facts.ports.PortAttempts;
import org.migratecheck.facts.ports.PortSet;
import org.migratecheck.facts.ports.Routes;
import org.migratecheck.model.Observed;

/**
 * Packets as large as both interfaces allow get from the source to the destination. 64 KiB that
 * arrive at the destination's listener prove it; ping only tells the size.
 */
final class PathMtu implements Evaluator {
  /** Rules of nobody's zones: firewalld and ufw do not tell packets by their size. */
  private static final Set<String> RULES =
      Set.of("nft", "nft-answers", "iptables", "iptables-answers");

  @Override
  public Outcome evaluate(CheckContext context) {
    Announced name = Announced.of(context);
    if (name.state() != Announced.State.GOOD) {
      return Outcome.skipped("name").with("name", name.name());
    }
    String address = name.addresses().get(0);
    List<Echoes.Echo> echoes =
        context.link(Echoes.FACT).echoes().stream()
            .filter(e -> Ip.same(e.address(), address))
            .toList();
    Optional<Echoes.Echo> full = echoes.stream().findFirst();
    int largest =
        echoes.stream().filter(e -> e.answered() > 0).mapToInt(Echoes.Echo::size).max().orElse(0);
    List<PortAttempts.Data> transfers = context.link(PortAttempts.FACT).transfers().toList();
    List<Observed> observed = new ArrayList<>();
    for (Echoes.Echo echo : echoes) {
      observed.add(
          new Observed(
              "ping of " + echo.size() + " bytes",
              echo.answered()
                  + " of 2 answered"
                  + echo.rttMillis().map(ms -> ", " + ms + " ms").orElse(""),
              ""));
    }
    for (PortAttempts.Data data : transfers) {
      observed.add(
          new Observed(
              "64 KiB to port " + data.port(), "sent", data.arrived() ? "arrived" : "lost"));
    }
    boolean arrived = transfers.stream().anyMatch(PortAttempts.Data::arrived);
    boolean lost = !arrived && !transfers.isEmpty();
    boolean fullLost = full.isPresent() && full.get().answered() == 0;
    Optional<String> kind = Optional.empty();
    if (lost || (!arrived && fullLost && largest > 0 && !reported(echoes))) {
      kind = Optional.of("blackhole");
    } else if (fullLost && reported(echoes)) {
      kind = Optional.of("smaller");
    } else if (!arrived && largest == 0) {
      kind = Optional.of("unknown"); // where data arrived, lost pings are a matter of taste
    }
    List<Problem> problems =
        lost && full.filter(e -> e.answered() > 0).isPresent()
            ? dataLost(context, address, transfers)
            : kind.map(k -> problem(context, address, k, full, largest)).stream().toList();
    return Outcome.of(problems, observed)
        .with("size", arrived && full.isEmpty() ? "full" : Integer.toString(largest))
        .with("rtt", rtt(echoes));
  }

  /** A router that reports the smaller MTU lets TCP find its way: slower, but not lost. */
  private static boolean reported(List<Echoes.Echo> echoes) {
    return echoes.stream().anyMatch(e -> e.reportedMtu().filter(m -> m < e.size()).isPresent());
  }

  /** Pings of full size get through and data does not: it is no matter of the MTU. */
  private static List<Problem> dataLost(
      CheckContext context, String address, List<PortAttempts.Data> transfers) {
    PortSet range = context.destination(MigrationConfig.FACT).ports();
    int port = transfers.get(0).port();
    List<Problem> rules =
        new WayFirewall(context, address, PortSet.range(port, port), range)
            .problems().stream().filter(p -> RULES.contains(p.kind())).toList();
    return rules.isEmpty()
        ? List.of(Problem.of("data-lost", "address", address, "port", Integer.toString(port)))
        : rules;
  }

  private static String rtt(List<Echoes.Echo> echoes) {
    return echoes.stream()
        .flatMap(e -> e.rttMillis().stream())
        .findFirst()
        .map(ms -> ms + " ms")
        .orElse("unknown");
  }

  private static Problem problem(
      CheckContext context, String address, String kind, Optional<Echoes.Echo> full, int largest) {
    String here =
        context.link(Routes.TO_DESTINATION).to(address).map(Routes.Route::device).orElse("");
    String there =
        context.destination(HostAddress.FACT).stream()
            .filter(a -> Ip.same(a.address(), address))
            .map(HostAddress::device)
            .findFirst()
            .orElse("");
    List<String> values =
        new ArrayList<>(
            List.of(
                "address",
                address,
                "full",
                full.map(e -> Integer.toString(e.size())).orElse("full-size"),
                "largest",
                largest == 0 ? "none" : Integer.toString(largest)));
    if (largest > 0 && !here.isEmpty() && !there.isEmpty()) {
      values.addAll(
          List.of("mtu", Integer.toString(largest), "device", here, "destination-device", there));
    }
    return Problem.on(Side.SOURCE, kind, values.toArray(String[]::new));
  }
}
