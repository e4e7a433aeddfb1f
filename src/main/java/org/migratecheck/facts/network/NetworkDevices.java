package org.migratecheck.facts.network;

import java.util.Set;
import java.util.TreeSet;
import org.migratecheck.facts.Fact;

/** The device files through which QEMU reaches the network. */
public final class NetworkDevices {
  /** The paths among {@code /dev/net/tun} and {@code /dev/vhost-net} that exist. */
  public static final Fact<Set<String>> FACT =
      Fact.host(
          "network-devices",
          "network",
          outputs -> Set.copyOf(new TreeSet<>(SysTable.lines(outputs, "network/devices"))));

  private NetworkDevices() {}
}
