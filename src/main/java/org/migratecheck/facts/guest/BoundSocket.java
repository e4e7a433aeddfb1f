package org.migratecheck.facts.guest;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.ports.Ip;

/**
 * A socket that is bound on a host: one that listens for TCP, from {@code /proc/net/tcp}, or any of
 * UDP, from {@code /proc/net/udp}.
 *
 * @param address the local address
 * @param port the port
 */
public record BoundSocket(String address, int port) {
  /** All listening TCP sockets of a host. */
  public static final Fact<List<BoundSocket>> FACT =
      Fact.host("boundSockets", "migration-config", o -> parse(o, "migration-config/listening"));

  /** All UDP sockets of a host; none in evidence of a program that did not ask for them yet. */
  public static final Fact<List<BoundSocket>> UDP =
      Fact.host(
          "datagramSockets",
          "migration-config",
          o ->
              o.has("migration-config/datagrams")
                  ? parse(o, "migration-config/datagrams")
                  : List.of());

  private static final Pattern LINE =
      Pattern.compile("[46] ([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4})");

  /** Returns whether a further socket at that address and port could not be opened. */
  public boolean conflicts(String otherAddress, int otherPort) {
    return port == otherPort
        && (Ip.wildcard(address) || Ip.wildcard(otherAddress) || Ip.same(address, otherAddress));
  }

  private static List<BoundSocket> parse(Outputs outputs, String part) {
    List<BoundSocket> sockets = new ArrayList<>();
    for (String line : outputs.ok(part).lines().toList()) {
      Matcher matcher = LINE.matcher(line.strip());
      if (!matcher.matches()) {
        throw new Undetermined(outputs.host() + ": the list of sockets is not readable");
      }
      sockets.add(
          new BoundSocket(address(matcher.group(1)), Integer.parseInt(matcher.group(2), 16)));
    }
    return List.copyOf(sockets);
  }

  /** The kernel prints the address as 32-bit words of the host's byte order: little endian. */
  private static String address(String hex) {
    byte[] kernel = HexFormat.of().parseHex(hex);
    byte[] network = new byte[kernel.length];
    for (int i = 0; i < kernel.length; i++) {
      network[i] = kernel[(i / 4) * 4 + 3 - i % 4];
    }
    try {
      return InetAddress.getByAddress(network).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 or 16 bytes are an address", e);
    }
  }
}
