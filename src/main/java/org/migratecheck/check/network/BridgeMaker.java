package org.migratecheck.check.network;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.network.Bridge;
import org.migratecheck.facts.network.Link;

/**
 * Says how a bridge of one host would be made on another: the values that the commands in the check
 * files need, and which command can bring its uplink along.
 */
final class BridgeMaker {
  private static final int LONGEST_NAME = 15;

  private final HostNetwork model;
  private final HostNetwork target;
  private final Side side;

  /**
   * Creates it.
   *
   * @param model the host that has the bridge
   * @param target the host that is to get it
   * @param side which of the two sides {@code target} is
   */
  BridgeMaker(HostNetwork model, HostNetwork target, Side side) {
    this.model = model;
    this.target = target;
    this.side = side;
  }

  /**
   * Returns a problem of kind {@code KIND} (no uplink, or unknown which), {@code KIND-uplink} (a
   * free link of the same name is there) or {@code KIND-vlan} (the link that carries the VLAN is
   * there), with all values.
   */
  Problem missing(String kind, String name) {
    Bridge bridge = model.bridge(name).orElseThrow();
    TreeMap<String, String> values = new TreeMap<>();
    values.put("bridge", name);
    values.put("state", model.link(name).map(Link::up).orElse(true) ? "up" : "down");
    values.put("mtu", Integer.toString(model.link(name).map(Link::mtu).orElse(1500)));
    for (BridgeSetting setting : List.of(BridgeSetting.STP, BridgeSetting.FORWARD_DELAY)) {
      String value = bridge.settings().getOrDefault(setting.file(), "0");
      String key = setting.file().replace('_', '-');
      values.put(key, setting.forIp(value));
      values.put("nm-" + key, setting.forNmcli(value));
    }
    List<Uplink> uplinks = model.uplinks(bridge);
    values.put(
        "uplinks",
        uplinks.isEmpty()
            ? "no uplink"
            : String.join(", ", uplinks.stream().map(Uplink::describe).toList()));
    String suffix = uplinks.size() == 1 ? attach(name, uplinks.get(0), values) : "";
    return new Problem(kind + suffix, side, values, false);
  }

  /**
   * Adds the values with which {@code uplink} can be attached to the bridge on the target, and
   * returns the kind's suffix; {@code ""} where it cannot be told.
   */
  String attach(String bridge, Uplink uplink, TreeMap<String, String> values) {
    String base = uplink.base().name();
    values.put("bridge", bridge);
    if (uplink.tags().isEmpty()) {
      values.put("uplink", base);
      return target.isFree(base) ? "-uplink" : "";
    }
    if (uplink.tags().size() != 1 || !target.carriesVlans(base)) {
      return "";
    }
    return vlan(uplink, base, values) ? "-vlan" : "";
  }

  /**
   * Adds the values with which the VLAN of {@code uplink} can be put on the link {@code base} of
   * the target; false where no name is left for it.
   */
  boolean vlan(Uplink uplink, String base, TreeMap<String, String> values) {
    int id = uplink.tags().get(0).id();
    for (String name : List.of(uplink.port().name(), base + "." + id, "vlan" + id)) {
      Optional<Link> there = target.link(name);
      boolean fits =
          there.isEmpty()
              || (target.isFree(name)
                  && there.get().tag().equals(Optional.of(uplink.tags().get(0)))
                  && there.get().lower().equals(List.of(base)));
      if (name.length() <= LONGEST_NAME && fits) {
        values.put("uplink", name);
        values.put("base", base);
        values.put("vlan", Integer.toString(id));
        values.put("protocol", uplink.tags().get(0).protocol());
        return true;
      }
    }
    return false;
  }
}
