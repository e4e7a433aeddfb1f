package org.migratecheck.facts.ports;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads IP addresses written as text, without ever asking a name service. */
public final class Ip {
  private static final Pattern V4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern V6 =
      Pattern.compile("[0-9a-fA-F:]{2,39}(:\\d{1,3}(\\.\\d{1,3}){3})?");

  private Ip() {}

  /**
   * Returns the address that {@code text} writes; a zone ({@code %eth0}) is dropped, an IPv4-mapped
   * IPv6 address becomes IPv4. Empty for names and anything else.
   */
  public static Optional<InetAddress> parse(String text) {
    int zone = text.indexOf('%');
    String literal = zone < 0 ? text : text.substring(0, zone);
    boolean v6 = literal.contains(":") && V6.matcher(literal).matches();
    if (!v6 && !V4.matcher(literal).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(literal));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** Returns whether both texts write the same address. */
  public static boolean same(String a, String b) {
    Optional<InetAddress> left = parse(a);
    return left.isPresent() && left.equals(parse(b));
  }

  /** Returns whether {@code text} is an address of the loopback interface. */
  public static boolean loopback(String text) {
    return parse(text).map(InetAddress::isLoopbackAddress).orElse(false);
  }

  /** Returns whether {@code text} means every address of a host, {@code 0.0.0.0} or {@code ::}. */
  public static boolean wildcard(String text) {
    return parse(text).map(InetAddress::isAnyLocalAddress).orElse(false);
  }

  /** Returns whether {@code text} is an IPv6 address. */
  public static boolean v6(String text) {
    return parse(text).map(a -> a.getAddress().length == 16).orElse(false);
  }
}
