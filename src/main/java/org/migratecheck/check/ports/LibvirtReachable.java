package org.migratecheck.check.ports;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.ports.HostNames;
import org.migratecheck.facts.ports.LibvirtReach;
import org.migratecheck.facts.ports.MigrationVariables;
import org.migratecheck.facts.ports.NameResolution;
import org.migratecheck.facts.ports.SshServer;
import org.migratecheck.model.Observed;

/** Root of the source reaches the destination's libvirt as {@code virsh migrate} will. */
final class LibvirtReachable implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    LibvirtReach reach = context.link(LibvirtReach.FACT);
    List<Observed> observed = new ArrayList<>();
    for (LibvirtReach.Attempt attempt : reach.attempts()) {
      observed.add(
          new Observed(
              attempt.uri(),
              attempt.uuid().isPresent() ? "reached" : SshAnswer.said(attempt),
              attempt.uuid().orElse("")));
    }
    String uri = reach.reached().orElse(reach.attempts().get(0)).uri();
    return Outcome.of(problems(context, reach), observed).with("uri", uri);
  }

  private static List<Problem> problems(CheckContext context, LibvirtReach reach) {
    String[] values = {
      "name", reach.name(),
      "uri", reach.attempts().get(0).uri(),
      "said", SshAnswer.said(reach.attempts().get(0)),
      "address", Announced.address(context).orElse("")
    };
    return switch (SshAnswer.of(reach)) {
      case REACHED -> typedName(context, reach);
      case NAME -> List.of(Problem.on(Side.SOURCE, "name", values));
      case REFUSED, TIMEOUT, UNREACHABLE -> List.of(Problem.of("ssh", values));
      case HOST_KEY_UNKNOWN -> List.of(hostKey(context, reach, "host-key-unknown", values));
      case HOST_KEY_CHANGED -> List.of(hostKey(context, reach, "host-key-changed", values));
      case PERMISSION -> List.of(permission(context, values));
      case HELPER -> List.of(Problem.of("helper", values));
      case DAEMON -> List.of(Problem.of("daemon", values));
      case SOCKET -> List.of(Problem.of("socket", values));
      case NOISE -> List.of(restricted(context, "noise", values));
      case RESTRICTED -> List.of(restricted(context, "restricted", values));
      case NO_CLIENT ->
          throw new Undetermined(
              context.source().name()
                  + " cannot try it: "
                  + SshAnswer.said(reach.attempts().get(0)),
              "Install libvirt-client and openssh-clients on " + context.source().name() + ".");
      case STUCK -> List.of(Problem.of("stuck", values));
      case OTHER -> List.of(Problem.of("other", values));
    };
  }

  /**
   * A name that only the auditing user's ssh configuration knows is no fault; but who types it in a
   * command on the source has to know.
   */
  private static List<Problem> typedName(CheckContext context, LibvirtReach reach) {
    String typed = MigrationVariables.typed(context.destination().name());
    List<String> addresses = context.link(NameResolution.FACT).addresses().get(typed);
    if (addresses == null || !addresses.isEmpty()) {
      return List.of();
    }
    return List.of(
        Problem.on(
            Side.SOURCE,
            ownName(context, typed) ? "own-name" : "typed-name",
            "typed",
            typed,
            "uri",
            reach.reached().orElseThrow().uri(),
            "address",
            Announced.address(context).orElse("")));
  }

  /** A name that the destination itself goes by is what people type on the source as well. */
  private static boolean ownName(CheckContext context, String typed) {
    String announced = context.destination(HostNames.FACT).announced();
    return typed.equalsIgnoreCase(announced)
        || typed.equalsIgnoreCase(announced.split("\\.", 2)[0]);
  }

  /**
   * The keys to trust are those that the destination itself told over the audit's own, verified
   * connection. If others answer at that address, it is not the destination.
   */
  private static Problem hostKey(
      CheckContext context, LibvirtReach reach, String kind, String[] values) {
    List<String> own = context.destination(SshServer.FACT).hostKeys();
    if (!reach.scannedKeys().isEmpty() && reach.scannedKeys().stream().noneMatch(own::contains)) {
      return Problem.on(Side.SOURCE, "host-key-of-another", values);
    }
    String name = reach.options().getOrDefault("hostkeyalias", reach.name());
    if (reach.port() != 22 && !reach.options().containsKey("hostkeyalias")) {
      name = "[" + name + "]:" + reach.port();
    }
    String known = name;
    List<String> all = new ArrayList<>(List.of(values));
    all.addAll(List.of("known-name", known));
    if (!own.isEmpty()) {
      all.addAll(
          List.of(
              "known-hosts",
              own.stream().map(k -> known + " " + k).collect(Collectors.joining("\n"))));
    }
    return Problem.on(Side.SOURCE, kind, all.toArray(String[]::new));
  }

  /** A login that is let in but does not come to libvirt; the destination may tell why. */
  private static Problem restricted(CheckContext context, String kind, String[] values) {
    Set<String> refuses = context.destination(SshServer.FACT).refuses();
    for (String why : List.of("shell", "command")) {
      if (refuses.contains(why)) {
        return Problem.of("restricted-" + why, values);
      }
    }
    List<String> keys = context.source(SshServer.FACT).rootKeys();
    List<String> all = new ArrayList<>(List.of(values));
    if (!keys.isEmpty()) {
      all.addAll(List.of("key", keys.get(0), "key-body", keys.get(0).split(" ")[1]));
    }
    return Problem.of(kind, all.toArray(String[]::new));
  }

  private static Problem permission(CheckContext context, String[] values) {
    List<String> keys = context.source(SshServer.FACT).rootKeys();
    boolean refused =
        context.destination(SshServer.FACT).permitRootLogin().filter("no"::equals).isPresent();
    if (refused) {
      return Problem.of("root-refused", values);
    }
    if (keys.isEmpty()) {
      return Problem.on(Side.SOURCE, "no-key", values);
    }
    Set<String> refuses = context.destination(SshServer.FACT).refuses();
    for (String why : List.of("pubkey", "modes", "users")) {
      if (refuses.contains(why)) {
        return Problem.of("refused-" + why, values);
      }
    }
    List<String> all = new ArrayList<>(List.of(values));
    all.addAll(List.of("key", keys.get(0)));
    return Problem.of("key-refused", all.toArray(String[]::new));
  }
}
