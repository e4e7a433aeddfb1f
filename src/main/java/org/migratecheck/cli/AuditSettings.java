package org.migratecheck.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.migratecheck.audit.AuditOptions;
import org.migratecheck.model.Policy;
import org.migratecheck.remote.BadHostException;
import org.migratecheck.remote.HostSpec;
import picocli.CommandLine.Option;

/** What is judged, shared by the commands that audit or collect. */
final class AuditSettings {
  @Option(
      names = "--guest",
      paramLabel = "NAME",
      description = "Judge this guest (name or UUID) instead of every active one. Repeatable.")
  private List<String> guests = new ArrayList<>();

  @Option(names = "--no-guests", description = "Compare the hosts only.")
  private boolean noGuests;

  @Option(names = "--both-ways", description = "Judge the way back too.")
  private boolean bothWays;

  boolean bothWays() {
    return bothWays;
  }

  boolean noGuests() {
    return noGuests;
  }

  AuditOptions options(Policy policy, boolean strict, List<String> arguments)
      throws UsageException {
    if (noGuests && !guests.isEmpty()) {
      throw new UsageException("--guest and --no-guests exclude each other");
    }
    return new AuditOptions(policy, strict, bothWays, guests, noGuests, arguments);
  }

  /** Reads host names; all mistakes are reported together. */
  static List<HostSpec> hosts(List<String> names, int atLeast) throws UsageException {
    List<String> mistakes = new ArrayList<>();
    List<HostSpec> hosts = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      try {
        HostSpec host = HostSpec.parse(name);
        hosts.add(host);
        if (!seen.add(host.typed())) {
          mistakes.add("the host '" + name + "' is named twice");
        }
      } catch (BadHostException e) {
        mistakes.add(e.getMessage());
      }
    }
    if (names.size() < atLeast) {
      mistakes.add(
          atLeast == 2 ? "name a source and at least one destination" : "name at least one host");
    }
    if (!mistakes.isEmpty()) {
      throw new UsageException(mistakes);
    }
    return hosts;
  }
}
