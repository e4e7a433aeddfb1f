package org.migratecheck.facts.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.Undetermined;

/**
 * The one-line output of {@code ip} ({@code -o}), which has looked alike since RHEL 7. Links are
 * told by their number, because a name may hold any character but blanks.
 */
final class IpText {
  /** A link's own details begin with its kind; then those as a port of another ({@code _slave}). */
  private static final Set<String> KINDS =
      Set.of(
          "amt",
          "bareudp",
          "bond",
          "bridge",
          "dummy",
          "erspan",
          "geneve",
          "gre",
          "gretap",
          "hsr",
          "ifb",
          "ip6erspan",
          "ip6gre",
          "ip6gretap",
          "ip6tnl",
          "ipip",
          "ipoib",
          "ipvlan",
          "ipvtap",
          "macsec",
          "macvlan",
          "macvtap",
          "netdevsim",
          "netkit",
          "nlmon",
          "openvswitch",
          "sit",
          "team",
          "tun",
          "vcan",
          "veth",
          "vlan",
          "vrf",
          "vti",
          "vti6",
          "vxcan",
          "vxlan",
          "wireguard",
          "xfrm");

  private static final Pattern NUMBER = Pattern.compile("([0-9]{1,9}): (\\S+)\\s(.*)");
  private static final Pattern VLAN =
      Pattern.compile("vlan (?:protocol (802\\.1[Qq]|802\\.1ad|\\S+) )?id ([0-9]{1,4})(?: .*)?");
  private static final Pattern ADDRESS =
      Pattern.compile("(inet6?) ([0-9a-f.:]+)(?: peer [0-9a-f.:]+)?(?:/([0-9]{1,3}))?( .*)?");
  private static final Pattern SCOPE = Pattern.compile(" scope (\\S+)");
  private static final Pattern V4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(?:\\.(?!$)|$)){4}");

  private IpText() {}

  /** The kind of a link, and its tag where it is a VLAN. */
  record Kind(String word, Optional<VlanTag> tag) {}

  /** Reads {@code ip -o -d link show}; links without a kind of their own are left out. */
  static Map<Integer, Kind> kinds(String host, String text) {
    Map<Integer, Kind> kinds = new HashMap<>();
    if (text.isBlank() || !text.endsWith("\n")) {
      throw new Undetermined(host + ": 'ip -o -d link show' printed no whole list of links");
    }
    for (String line : text.split("\n")) {
      Matcher number = NUMBER.matcher(line);
      if (!number.matches()) {
        throw new Undetermined(host + ": 'ip -o -d link show' printed what is no link");
      }
      // A backslash and four blanks stand for a new line; no name can hold a blank.
      for (String part : line.split("\\\\ {4}")) {
        String word = part.split(" ", 2)[0];
        if (!KINDS.contains(word)) {
          continue;
        }
        kinds.put(
            Integer.parseInt(number.group(1)),
            word.equals("vlan")
                ? new Kind(word, Optional.of(tag(host, part)))
                : new Kind(word, Optional.empty()));
        break;
      }
    }
    return kinds;
  }

  private static VlanTag tag(String host, String part) {
    Matcher vlan = VLAN.matcher(part);
    if (!vlan.matches()) {
      throw new Undetermined(host + ": 'ip -o -d link show' printed a VLAN without its number");
    }
    String protocol = vlan.group(1) == null ? "802.1Q" : vlan.group(1);
    return new VlanTag(
        protocol.equals("802.1q") ? "802.1Q" : protocol, Integer.parseInt(vlan.group(2)));
  }

  /** Reads {@code ip -o addr show}; addresses of links that are gone by now are left out. */
  static List<Address> addresses(String host, String text, Map<Integer, String> links) {
    List<Address> addresses = new ArrayList<>();
    if (!text.isEmpty() && !text.endsWith("\n")) {
      throw new Undetermined(host + ": 'ip -o addr show' printed no whole list of addresses");
    }
    for (String line : text.split("\n")) {
      if (line.isBlank()) {
        continue;
      }
      Matcher number = NUMBER.matcher(line);
      if (!number.matches()) {
        throw new Undetermined(host + ": 'ip -o addr show' printed what is no address");
      }
      String link = links.get(Integer.parseInt(number.group(1)));
      String rest = number.group(3).strip();
      if (link == null || !rest.startsWith("inet")) {
        continue; // a link line of an old iproute, or another family
      }
      addresses.add(address(host, link, rest));
    }
    return List.copyOf(addresses);
  }

  private static Address address(String host, String link, String rest) {
    Matcher m = ADDRESS.matcher(rest);
    if (!m.matches()) {
      throw new Undetermined(host + ": 'ip -o addr show' printed an address that is none");
    }
    boolean six = m.group(1).equals("inet6");
    int most = six ? 128 : 32;
    int prefix = m.group(3) == null ? most : Integer.parseInt(m.group(3));
    String address = m.group(2);
    if (prefix > most || (six ? !address.contains(":") : !V4.matcher(address).matches())) {
      throw new Undetermined(host + ": 'ip -o addr show' printed an address that is none");
    }
    String tail = m.group(4) == null ? "" : m.group(4);
    Matcher scope = SCOPE.matcher(tail);
    return new Address(
        link,
        m.group(1),
        address,
        prefix,
        scope.find() ? scope.group(1) : "global",
        tail.contains(" temporary") || tail.contains(" deprecated"));
  }
}
