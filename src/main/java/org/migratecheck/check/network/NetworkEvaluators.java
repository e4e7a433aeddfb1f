package org.migratecheck.check.network;

import java.util.Map;
import java.util.function.Supplier;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.EvaluatorSource;

/** Announces the evaluators about networks. */
public final class NetworkEvaluators implements EvaluatorSource {
  @Override
  public Map<String, Supplier<Evaluator>> evaluators() {
    return Map.ofEntries(
        Map.entry("bonds", BondHealthEvaluator::new),
        Map.entry("bridge-delay", BridgeDelayEvaluator::new),
        Map.entry("bridge-exists", BridgeExistsEvaluator::new),
        Map.entry("bridge-uplinks", BridgeUplinksEvaluator::new),
        Map.entry("bridge-vlans", BridgeVlansEvaluator::new),
        Map.entry("bridges", BridgesEvaluator::new),
        Map.entry("card-needs", CardNeedsEvaluator::new),
        Map.entry("direct-device", DirectDeviceEvaluator::new),
        Map.entry("filter-exists", FilterExistsEvaluator::new),
        Map.entry("guest-frames", GuestFramesEvaluator::new),
        Map.entry("guest-mtu", GuestMtuEvaluator::new),
        Map.entry("interface-kind", InterfaceKindEvaluator::new),
        Map.entry("mac-unique", MacUniqueEvaluator::new),
        Map.entry("network-exists", NetworkExistsEvaluator::new),
        Map.entry("ovs-bridges", OvsBridgesEvaluator::new),
        Map.entry("portgroup", PortgroupEvaluator::new),
        Map.entry("same-segment", SameSegmentEvaluator::new),
        Map.entry("tap-device", TapDeviceEvaluator::new),
        Map.entry("tap-name", TapNameEvaluator::new),
        Map.entry("virtual-networks", VirtualNetworksEvaluator::new));
  }
}
