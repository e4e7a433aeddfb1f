package org.migratecheck.check.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.migratecheck.facts.network.FakeHost;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Policy;
import org.migratecheck.model.Status;

/** Two hosts made by the same kickstart: whatever naturally differs is no difference. */
class HealthyPairTest {
  private static final String NET =
      """
      <network>
        <name>lan</name>
        <forward mode='bridge'/>
        <bridge name='br0'/>
      </network>
      """;

  private static FakeHost host(String name, String card, int number) {
    return FakeHost.named(name)
        .link(card, "")
        .bond("bond0", "802.3ad", card + "a", card + "b")
        .vlan("bond0.100", "bond0", 100)
        .bridge("br0", card)
        .bridge("br100", "bond0.100")
        .bridge("docker0")
        .address("br0", "10.0.0." + number + "/24")
        .address("br0", "2001:db8::" + number + "/64")
        .address(card + "a", "169.254." + number + ".1/16")
        .network("4e0d0000-0000-4000-8000-00000000000" + number, NET);
  }

  private static FakeHost source() {
    return host("a", "eno1", 1)
        .tap("vnet0")
        .bridge("br-0123456789ab")
        .link("veth7", "veth")
        .guest(
            "web",
            "11111111-2222-4333-8444-555555555555",
            """
            <interface type='bridge'>
              <mac address='52:54:00:aa:00:01'/>
              <source network='lan' portid='b1f0d5a8-0000-4000-8000-000000000000' bridge='br0'/>
              <target dev='vnet0'/><model type='virtio'/>
            </interface>
            """,
            """
            <interface type='network'>
              <mac address='52:54:00:aa:00:01'/><source network='lan'/><model type='virtio'/>
            </interface>
            """,
            "running (booted)");
  }

  @ParameterizedTest
  @EnumSource(Policy.class)
  void noProblemIsFound(Policy policy) {
    List<Finding> findings = Judged.all(policy, source(), host("b", "ens3", 2), "network");
    assertThat(findings)
        .filteredOn(f -> !f.id().equals("same-segment")) // nothing was measured here
        .allSatisfy(
            f ->
                assertThat(f.status())
                    .as(f.id() + ": " + f.message())
                    .isIn(Status.PASS, Status.SKIPPED));
    assertThat(findings)
        .filteredOn(f -> f.status() == Status.PASS)
        .extracting(Finding::id)
        .contains("bridges", "bridge-uplinks", "bonds", "libvirt-networks", "network-exists");
  }

  @Test
  void theWayBackIsFineToo() {
    assertThat(Judged.all(Policy.STRICT, host("b", "ens3", 2), source(), "network"))
        .allSatisfy(f -> assertThat(f.status()).as(f.id()).isIn(Status.PASS, Status.SKIPPED));
  }
}
