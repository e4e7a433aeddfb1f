package org.migratecheck.check.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.migratecheck.facts.network.FakeHost;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Status;

/** The check card-needs: scripts, sockets, addresses and bandwidths that cards ask for. */
class CardNeedsTest {
  private static final String UUID = "11111111-2222-4333-8444-555555555555";
  private static final String MAC = "<mac address='52:54:00:aa:00:01'/>";
  private static final String NET = "4e0d0000-0000-4000-8000-000000000001";
  private static final String RATE =
      "<interface type='network'>"
          + MAC
          + "<source network='n'/><bandwidth><inbound average='100'"
          + " floor='50'/></bandwidth></interface>";

  private static Finding judge(String card, FakeHost destination, String files) {
    FakeHost source = FakeHost.named("a").guest("web", UUID, card);
    return new Pair(source, destination)
        .onDestination("card-paths/files", files)
        .find("card-needs");
  }

  @Test
  void aPlainCardNeedsNothing() {
    String plain = "<interface type='bridge'>" + MAC + "<source bridge='br0'/></interface>";
    assertThat(judge(plain, FakeHost.named("b"), "end\n").status()).isEqualTo(Status.SKIPPED);
  }

  @ParameterizedTest
  @CsvSource({"program,PASS", "file,FAIL", "missing,FAIL"})
  void aScript(String kind, Status status) {
    String card = "<interface type='ethernet'>" + MAC + "<script path='/etc/up me'/></interface>";
    Finding finding = judge(card, FakeHost.named("b"), kind + " /etc/up me\nend\n");
    assertThat(finding.status()).isEqualTo(status);
    if (status == Status.FAIL) {
      assertThat(finding.fix().command())
          .isEqualTo("# on a\nscp -p '/etc/up me' root@b:'/etc/up me'");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "client,socket,PASS,/run/vhost/web",
    "client,missing,FAIL,/run/vhost/web",
    "client,file,FAIL,/run/vhost/web",
    "server,directory,PASS,/run/vhost",
    "server,missing,FAIL,/run/vhost"
  })
  void aSocketOfVhostUser(String mode, String kind, Status status, String path) {
    String card =
        "<interface type='vhostuser'>%s<source type='unix' path='/run/vhost/web' mode='%s'/></interface>"
            .formatted(MAC, mode);
    assertThat(judge(card, FakeHost.named("b"), kind + " " + path + "\nend\n").status())
        .isEqualTo(status);
  }

  @Test
  void anAddressToBindTo() {
    String card =
        "<interface type='udp'>"
            + MAC
            + "<source address='10.0.0.1' port='1'><local address='10.0.0.2'"
            + " port='2'/></source></interface>";
    Finding finding = judge(card, FakeHost.named("b"), "end\n");
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message()).contains("does not have the address 10.0.0.2");
    FakeHost there = FakeHost.named("b").link("eno1", "").address("eno1", "10.0.0.2/24");
    assertThat(judge(card, there, "end\n").status()).isEqualTo(Status.PASS);
    assertThat(judge(card.replace("10.0.0.2", "0.0.0.0"), there, "end\n").status())
        .isEqualTo(Status.SKIPPED);
  }

  @Test
  void aBandwidthThatNobodyCanSetOrPromise() {
    FakeHost none = FakeHost.named("b").output("tools", "ip\ndnf\n");
    assertThat(judge(RATE, none, "end\n").fix().command())
        .isEqualTo("# on b\ndnf install -y iproute-tc");
    FakeHost unlimited =
        FakeHost.named("b")
            .output("tools", "ip\ntc\n")
            .network(NET, "<network>\n  <name>n</name>\n<bridge name='v'/>\n</network>");
    assertThat(judge(RATE, unlimited, "end\n").message()).contains("has no bandwidth of its own");
    FakeHost limited =
        FakeHost.named("b")
            .output("tools", "ip\ntc\n")
            .network(
                NET,
                "<network>\n"
                    + "  <name>n</name>\n"
                    + "<bandwidth><inbound average='1000'/></bandwidth>\n"
                    + "</network>");
    assertThat(judge(RATE, limited, "end\n").status()).isEqualTo(Status.PASS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "program /etc/up\n", "program\nend\n", "end\n"})
  void filesThatNobodyLookedForAreAnError(String files) {
    String card = "<interface type='ethernet'>" + MAC + "<script path='/etc/up'/></interface>";
    assertThat(judge(card, FakeHost.named("b"), files).status()).isEqualTo(Status.ERROR);
  }
}
