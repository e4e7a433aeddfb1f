package org.migratecheck.facts.ports;

import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;

/** The TCP ports on which a host listens at any address, from {@code /proc/net/tcp}. */
public final class ListeningPorts {
  /** Read from the probe {@code migration-config}. */
  public static final Fact<PortSet> FACT =
      Fact.host("listeningPorts", "migration-config", ListeningPorts::parse);

  private static final Pattern LINE = Pattern.compile("[46] [0-9A-F]{8,32}:([0-9A-F]{4})");

  private ListeningPorts() {}

  private static PortSet parse(Outputs outputs) {
    BitSet ports = new BitSet();
    for (String line : outputs.ok("migration-config/listening").lines().toList()) {
      Matcher matcher = LINE.matcher(line.strip());
      if (!matcher.matches()) {
        throw new Undetermined(outputs.host() + ": the list of listening sockets is not readable");
      }
      ports.set(Integer.parseInt(matcher.group(1), 16));
    }
    return PortSet.of(ports);
  }
}
