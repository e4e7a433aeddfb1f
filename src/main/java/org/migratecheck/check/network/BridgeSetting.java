package org.migratecheck.check.network;

import java.util.Optional;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.network.Bridge;

/**
 * A setting of a Linux bridge that an administrator chooses (kernel, net/bridge/br_sysfs_br.c), and
 * what ip-link(8) and nm-settings-nmcli(5) call it. Counters, timers and identifiers are none.
 */
enum BridgeSetting {
  STP("stp_state", "stp_state", "bridge.stp", "0", Form.FLAG),
  FORWARD_DELAY("forward_delay", "forward_delay", "bridge.forward-delay", "1500", Form.TIME),
  HELLO_TIME("hello_time", "hello_time", "bridge.hello-time", "200", Form.TIME),
  MAX_AGE("max_age", "max_age", "bridge.max-age", "2000", Form.TIME),
  AGEING_TIME("ageing_time", "ageing_time", "bridge.ageing-time", "30000", Form.TIME),
  PRIORITY("priority", "priority", "bridge.priority", "32768", Form.NUMBER),
  GROUP_FORWARD_MASK(
      "group_fwd_mask", "group_fwd_mask", "bridge.group-forward-mask", "0x0", Form.NUMBER),
  MULTICAST_SNOOPING(
      "multicast_snooping", "mcast_snooping", "bridge.multicast-snooping", "1", Form.FLAG),
  MULTICAST_QUERIER(
      "multicast_querier", "mcast_querier", "bridge.multicast-querier", "0", Form.FLAG),
  VLAN_FILTERING("vlan_filtering", "vlan_filtering", "bridge.vlan-filtering", "0", Form.FLAG),
  VLAN_PROTOCOL("vlan_protocol", "vlan_protocol", "bridge.vlan-protocol", "0x8100", Form.PROTOCOL),
  DEFAULT_PVID("default_pvid", "vlan_default_pvid", "bridge.vlan-default-pvid", "1", Form.NUMBER);

  private enum Form {
    FLAG,
    TIME,
    NUMBER,
    PROTOCOL
  }

  private final String file;
  private final String option;
  private final String property;
  private final String usual;
  private final Form form;

  BridgeSetting(String file, String option, String property, String usual, Form form) {
    this.file = file;
    this.option = option;
    this.property = property;
    this.usual = usual;
    this.form = form;
  }

  /** Returns its name in {@code /sys/class/net/BRIDGE/bridge}. */
  String file() {
    return file;
  }

  /** Returns the value that a new bridge has. */
  String usual() {
    return usual;
  }

  /** Returns the problem of a bridge whose value is not the wanted one. */
  Problem differs(String bridge, String wanted, String actual) {
    return Problem.of(
        "differs",
        "bridge",
        bridge,
        "setting",
        file,
        "source-value",
        forPeople(wanted),
        "destination-value",
        forPeople(actual),
        "option",
        option,
        "value",
        forIp(wanted),
        "property",
        property,
        "nm-value",
        forNmcli(wanted));
  }

  /**
   * Returns the value where it says how the bridge is configured. A kernel built without VLAN
   * filtering filters none; the other VLAN settings mean nothing without it. With STP, the kernel
   * shortens the ageing time while the topology changes, and takes timers from the root bridge.
   */
  Optional<String> of(Bridge bridge) {
    Optional<String> value = Optional.ofNullable(bridge.settings().get(file));
    return switch (this) {
      case VLAN_FILTERING -> Optional.of(value.orElse("0"));
      case VLAN_PROTOCOL, DEFAULT_PVID -> bridge.vlanFiltering() ? value : Optional.empty();
      case AGEING_TIME -> bridge.stp() ? Optional.empty() : value;
      default -> value;
    };
  }

  /**
   * Returns the problem of a bridge that takes part in STP and should not. Switched off while the
   * topology changes, the kernel leaves the short ageing time of that moment behind, so that has to
   * be set, too.
   *
   * @param model the bridge as it should be
   */
  static Problem stpOff(String bridge, Bridge model) {
    return Problem.of(
        "stp", "bridge", bridge, "ageing-time", AGEING_TIME.of(model).orElse(AGEING_TIME.usual));
  }

  /** Returns a value as ip-link(8) takes it. */
  String forIp(String value) {
    if (form == Form.PROTOCOL) {
      return value.equals("0x88a8") ? "802.1ad" : "802.1Q";
    }
    return value;
  }

  /** Returns a value as nmcli takes it: seconds, yes or no. */
  String forNmcli(String value) {
    return switch (form) {
      case FLAG -> value.equals("0") ? "no" : "yes";
      case TIME -> seconds(value);
      case PROTOCOL -> forIp(value);
      case NUMBER -> number(value);
    };
  }

  /** Returns a value for people. */
  String forPeople(String value) {
    return switch (form) {
      case FLAG -> value.equals("0") ? "off" : "on";
      case TIME -> seconds(value) + " s";
      case PROTOCOL -> forIp(value);
      case NUMBER -> value;
    };
  }

  private static String seconds(String hundredths) {
    try {
      long value = Long.parseLong(hundredths);
      return value % 100 == 0
          ? Long.toString(value / 100)
          : "%d.%02d".formatted(value / 100, value % 100);
    } catch (NumberFormatException e) {
      return hundredths;
    }
  }

  private static String number(String value) {
    try {
      return Long.toString(Long.decode(value));
    } catch (NumberFormatException e) {
      return value;
    }
  }
}
