package org.migratecheck.check.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.migratecheck.facts.network.FakeHost;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Fix;
import org.migratecheck.model.Status;

/** The check {@code ovs-bridges}. */
class OvsBridgesTest {
  private static final String NONE = "[\"set\",[]]";

  /** One Open vSwitch bridge {@code ovs0} in the JSON of ovs-vsctl. */
  private static final class Switch {
    private final List<String> ports = new ArrayList<>();
    private final List<String> interfaces = new ArrayList<>();
    private final List<String> references = new ArrayList<>();
    private String failMode = "\"standalone\"";
    private String controllers = "";

    Switch() {
      port("ovs0", "internal", false, NONE, NONE);
    }

    Switch port(String name, String type, boolean fake, String tag, String trunks) {
      return port(name, type, fake, tag, trunks, "up", "[\"map\",[]]");
    }

    Switch port(
        String name, String type, boolean fake, String tag, String trunks, String up, String ids) {
      int n = ports.size();
      references.add("[\"uuid\",\"p" + n + "\"]");
      ports.add(
          "[[\"uuid\",\"p%d\"],\"%s\",[\"uuid\",\"i%d\"],%s,%s,%s,%s,%s,%s]"
              .formatted(n, name, n, fake, tag, trunks, NONE, NONE, NONE));
      interfaces.add(
          "[[\"uuid\",\"i%d\"],\"%s\",\"%s\",[\"map\",[]],\"%s\",%s]"
              .formatted(n, name, type, up, ids));
      return this;
    }

    String text() {
      return """
      {"data":[["ovs0",["set",[%s]],%s,"",false,false,false,["set",[%s]],["set",[]]]],\
      "headings":["name","ports","fail_mode","datapath_type","stp_enable","rstp_enable",\
      "mcast_snooping_enable","controller","protocols"]}
      {"data":[%s],"headings":["_uuid","name","interfaces","fake_bridge","tag","trunks",\
      "vlan_mode","bond_mode","lacp"]}
      {"data":[%s],"headings":["_uuid","name","type","options","link_state","external_ids"]}
      {"data":[%s],"headings":["_uuid","target"]}
      """
          .formatted(
              String.join(",", references),
              failMode,
              controllers.isEmpty() ? "" : "[\"uuid\",\"c1\"]",
              String.join(",", ports),
              String.join(",", interfaces),
              controllers.isEmpty() ? "" : "[[\"uuid\",\"c1\"],\"" + controllers + "\"]");
    }
  }

  private static FakeHost host(String name, Switch ovs) {
    return FakeHost.named(name)
        .link("eno1", "")
        .link("eno2", "")
        .tap("vnet0")
        .output("ovs/tables", ovs.text());
  }

  private static Switch trunk(String trunks) {
    return new Switch().port("eno1", "", false, NONE, trunks);
  }

  private static Finding judge(FakeHost source, FakeHost destination) {
    return Judged.by("ovs-bridges", source, destination);
  }

  @Test
  void theSameBridgesPass() {
    Switch busy =
        trunk("[\"set\",[10,20]]")
            .port(
                "vnet0",
                "",
                false,
                "7",
                NONE,
                "up",
                "[\"map\",[[\"attached-mac\",\"52:54:00:aa:00:01\"],[\"vm-id\",\"x\"]]]");
    Finding finding = judge(host("a", busy), host("b", trunk("[\"set\",[10,20]]")));
    assertThat(finding.status()).isEqualTo(Status.PASS);
    assertThat(finding.observed().get(0).source()).isEqualTo("eno1, fail_mode standalone");
  }

  @Test
  void withoutOpenVSwitch() {
    assertThat(judge(FakeHost.named("a"), FakeHost.named("b")).status()).isEqualTo(Status.SKIPPED);
  }

  @Test
  void missingOnTheDestination() {
    Finding finding = judge(host("a", trunk(NONE)), FakeHost.named("b").link("eno1", ""));
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message()).isEqualTo("Open vSwitch bridge ovs0 of a does not exist on b");
    assertThat(finding.fix().command())
        .isEqualTo(
            "# on b\novs-vsctl --may-exist add-br ovs0 -- set Bridge ovs0 datapath_type=system"
                + " fail_mode=standalone stp_enable=false rstp_enable=false"
                + " mcast_snooping_enable=false -- --may-exist add-port ovs0 eno1 && ip link set"
                + " dev eno1 up && ip link set dev ovs0 up");
  }

  @Test
  void otherVlansOnTheUplink() {
    Finding finding = judge(host("a", trunk("[\"set\",[10,20]]")), host("b", trunk("10")));
    assertThat(finding.message())
        .isEqualTo("Uplink eno1 of Open vSwitch bridge ovs0: trunks is 10,20 on a, 10 on b");
    assertThat(finding.fix().command()).isEqualTo("# on b\novs-vsctl set Port eno1 trunks=10,20");
    assertThat(judge(host("a", trunk(NONE)), host("b", trunk("10"))).fix().command())
        .isEqualTo("# on b\novs-vsctl clear Port eno1 trunks");
  }

  @Test
  void noUplink() {
    Finding finding = judge(host("a", trunk(NONE)), host("b", new Switch()));
    assertThat(finding.fix().command())
        .isEqualTo("# on b\novs-vsctl --may-exist add-port ovs0 eno1 && ip link set dev eno1 up");
    assertThat(judge(host("a", new Switch()), host("b", trunk(NONE))).message())
        .isEqualTo("Open vSwitch bridge ovs0 has no uplink on a, but eno1 on b");
  }

  @Test
  void noCarrier() {
    Switch down = new Switch().port("eno1", "", false, NONE, NONE, "down", "[\"map\",[]]");
    assertThat(judge(host("a", trunk(NONE)), host("b", down)).message())
        .isEqualTo("Open vSwitch bridge ovs0 has no working uplink on b: eno1 is down");
  }

  @Test
  void failModeAndController() {
    Switch ours = trunk(NONE);
    ours.failMode = "\"secure\"";
    ours.controllers = "tcp:10.0.0.1:6653";
    Finding finding = judge(host("a", ours), host("b", trunk(NONE)));
    assertThat(finding.fix().commands())
        .extracting(Fix.Command::command)
        .containsExactly(
            "ovs-vsctl set-controller ovs0 tcp:10.0.0.1:6653",
            "ovs-vsctl set Bridge ovs0 fail_mode=secure");
    assertThat(judge(host("a", trunk(NONE)), host("b", ours)).fix().commands())
        .extracting(Fix.Command::command)
        .contains("ovs-vsctl del-controller ovs0");
  }

  @Test
  void vlanBridges() {
    Switch ours = trunk(NONE).port("ovs0.7", "internal", true, "7", NONE);
    assertThat(judge(host("a", ours), host("b", trunk(NONE))).fix().command())
        .isEqualTo("# on b\novs-vsctl --may-exist add-br ovs0.7 ovs0 7");
  }

  @Test
  void twoUplinksWithOtherVlans() {
    Switch ours = trunk("10").port("eno2", "", false, "5", NONE);
    Switch theirs = trunk("10").port("eno2", "", false, "6", NONE);
    assertThat(judge(host("a", ours), host("b", theirs)).message())
        .contains("has the uplinks eno1, eno2 on a, eno1, eno2 on b, with other VLANs or bonds");
  }

  @Test
  void aServiceThatIsDownIsAnError() {
    FakeHost destination = FakeHost.named("b");
    destination.output(
        "ovs/tables",
        1,
        "",
        "ovs-vsctl: unix:/run/openvswitch/db.sock: database connection failed (No such file or"
            + " directory)\n");
    Finding finding = judge(host("a", trunk(NONE)), destination);
    assertThat(finding.status()).isEqualTo(Status.ERROR);
    assertThat(finding.message()).startsWith("b: Open vSwitch does not answer: ovs-vsctl: unix:");
    assertThat(judge(FakeHost.named("a"), destination).status()).isEqualTo(Status.SKIPPED);
  }

  @Test
  void realOutputIsReadAndHalfOfItIsNot() {
    String text = FakeHost.sample("ovs/tables.txt");
    FakeHost real = FakeHost.named("a").output("ovs/tables", text);
    assertThat(judge(real, real).status()).isEqualTo(Status.PASS);
    FakeHost half = FakeHost.named("a").output("ovs/tables", text.substring(0, 900));
    assertThat(judge(real, half).status()).isEqualTo(Status.ERROR);
  }
}
