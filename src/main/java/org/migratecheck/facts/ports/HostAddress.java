package org.migratecheck.facts.ports;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;

/**
 * An IP address of a host.
 *
 * @param device the interface
 * @param address the address as {@code ip} prints it
 * @param prefix the length of the network's prefix in bits
 * @param scope {@code global}, {@code link}, {@code host} or {@code site}
 * @param mtu the interface's MTU in bytes
 */
public record HostAddress(String device, String address, int prefix, String scope, int mtu) {
  /** All addresses, in the order of {@code ip addr}. */
  public static final Fact<List<HostAddress>> FACT =
      Fact.host("hostAddresses", "migration-config", HostAddress::parse);

  private static final Pattern ADDRESS =
      Pattern.compile(
          "^\\d+: +(\\S+) +inet6? +([0-9a-fA-F:.]+)(?: peer [0-9a-fA-F:.]+)?(?:/(\\d{1,3}))?"
              + "(.*?)(?: scope (\\S+).*)?$");
  private static final Pattern LINK =
      Pattern.compile("^\\d+: +([^:@ ]+)(?:@\\S+)?: .*? mtu (\\d{1,9}) .*$");

  /** Returns whether {@code text} is one of {@code addresses}. */
  public static boolean any(List<HostAddress> addresses, String text) {
    return addresses.stream().anyMatch(a -> Ip.same(a.address, text));
  }

  /** Returns the addresses that another host may reach: global ones, not on the loopback. */
  public static List<HostAddress> global(List<HostAddress> addresses) {
    return addresses.stream()
        .filter(a -> a.scope.equals("global") && !Ip.loopback(a.address))
        .toList();
  }

  private static List<HostAddress> parse(Outputs outputs) {
    Map<String, Integer> mtus = new HashMap<>();
    for (String line : outputs.ok("migration-config/links").lines().toList()) {
      Matcher matcher = LINK.matcher(line);
      if (matcher.matches()) {
        mtus.put(matcher.group(1), Integer.parseInt(matcher.group(2)));
      }
    }
    List<HostAddress> addresses = new ArrayList<>();
    for (String line : outputs.ok("migration-config/addresses").lines().toList()) {
      Matcher matcher = ADDRESS.matcher(line);
      if (matcher.matches() && Ip.parse(matcher.group(2)).isPresent()) {
        String device = matcher.group(1);
        String prefix = matcher.group(3);
        addresses.add(
            new HostAddress(
                device,
                matcher.group(2),
                prefix == null ? (Ip.v6(matcher.group(2)) ? 128 : 32) : Integer.parseInt(prefix),
                matcher.group(5) == null ? "" : matcher.group(5),
                mtus.getOrDefault(device, 0)));
      }
    }
    if (addresses.isEmpty()) {
      throw new Undetermined(outputs.host() + ": 'ip addr' showed no address");
    }
    return List.copyOf(addresses);
  }
}
