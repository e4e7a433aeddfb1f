package org.migratecheck.facts.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.migratecheck.facts.Fact;

/**
 * An IP address of the host itself.
 *
 * @param link the link that has it
 * @param family {@code inet} or {@code inet6}
 * @param address the address, digits only
 * @param prefix how many bits name the subnet
 * @param scope {@code global}, {@code link}, {@code host} ...
 * @param passing whether it is temporary (IPv6 privacy) or deprecated
 */
public record Address(
    String link, String family, String address, int prefix, String scope, boolean passing) {

  /** All addresses of the host, in the order of {@code ip addr}. */
  public static final Fact<List<Address>> FACT =
      Fact.host("addresses", "network", SysLinks::addresses);

  /**
   * Returns the subnet that this address shares with its neighbours, such as {@code 10.1.2.0/24};
   * empty for single addresses, link-local ones and those that come and go.
   */
  public Optional<String> subnet() {
    int bits = family.equals("inet6") ? 128 : 32;
    if (passing || !scope.equals("global") || prefix < 1 || prefix > bits - 2) {
      return Optional.empty();
    }
    try {
      byte[] bytes = InetAddress.getByName(address).getAddress();
      for (int bit = prefix; bit < bytes.length * 8; bit++) {
        bytes[bit / 8] = (byte) (bytes[bit / 8] & ~(0x80 >> (bit % 8)));
      }
      return Optional.of(InetAddress.getByAddress(bytes).getHostAddress() + "/" + prefix);
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
