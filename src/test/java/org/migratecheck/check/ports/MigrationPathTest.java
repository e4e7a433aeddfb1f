package org.migratecheck.check.ports;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Status;

/** What the way between the hosts loses, delays or cuts. */
class MigrationPathTest {
  private static Finding quality(String pings) {
    return new TwoHosts().fromA("link-quality/pings", pings).find("link-quality");
  }

  @Test
  void aLinkThatLosesPacketsOrIsLongWarns() {
    String times = "0.1/0.2/0.3/0.1 ms";
    Finding good = quality(TwoHosts.pings(39, times));
    assertThat(good.status()).isEqualTo(Status.PASS);
    assertThat(good.message()).isEqualTo("39 of 40 pings answered, round trip 0.2 ms");
    Finding lossy = quality(TwoHosts.pings(38, times));
    assertThat(lossy.status()).isEqualTo(Status.WARN);
    assertThat(lossy.message()).isEqualTo("2 of 40 pings from hostA to hostB were lost");
    Finding slow = quality(TwoHosts.pings(40, "79.5/80.25/90/1 ms"));
    assertThat(slow.status()).isEqualTo(Status.WARN);
    assertThat(slow.message()).contains("takes 80.3 ms");
    assertThat(
            quality(
                    "--- hostB ping statistics ---\n40 packets transmitted, 20 packets received, 50%"
                        + " packet loss\nround-trip min/avg/max = 0.122/0.153/0.200 ms\n")
                .message())
        .contains("20 of 40 pings");
  }

  @Test
  void withoutAnAnswerOrPingNothingIsKnownOfTheLink() {
    Finding silent = quality(TwoHosts.pings(0, ""));
    assertThat(silent.status()).isEqualTo(Status.SKIPPED);
    assertThat(silent.message()).isEqualTo("hostB answers no ping");
    assertThat(quality("ping: hostB.lab: Temporary failure in name resolution\n").status())
        .isEqualTo(Status.ERROR);
    assertThat(new TwoHosts().withoutFromA("link-quality/pings").find("link-quality").message())
        .isEqualTo("hostA has no ping");
  }

  @Test
  void fullSizePacketsThatVanish() {
    String echoes =
        "echo 10.77.0.12 9000 0 - -\n"
            + "echo 10.77.0.12 1500 2 0.1 -\n"
            + "echo 10.77.0.12 1400 2 0.1 -\n"
            + "echo 10.77.0.12 8900 0 - -\n";
    Finding byData =
        new TwoHosts()
            .fromA("destination-path/echoes", echoes)
            .fromA(
                "migration-connect/ports",
                TwoHosts.round("10.77.0.12", "49152-49215", "proven")
                    .replace("65536 ok", "65536 stalled"))
            .find("path-mtu");
    assertThat(byData.status()).isEqualTo(Status.FAIL);
    assertThat(byData.fix().commands())
        .extracting(c -> c.host() + ": " + c.command())
        .containsExactly(
            "hostA: ip link set dev br0 mtu 1500", "hostB: ip link set dev br0 mtu 1500");
    TwoHosts byPing =
        new TwoHosts()
            .fromA("destination-path/echoes", echoes)
            .listener("off\n")
            .attempts("49152-49215", "refused");
    assertThat(byPing.find("path-mtu").status()).isEqualTo(Status.FAIL);
  }

  @Test
  void dataThatIsLostThoughPingsOfItsSizeArrive() {
    TwoHosts hosts =
        new TwoHosts()
            .fromA("destination-path/echoes", "echo 10.77.0.12 1500 2 0.1 -\n")
            .fromA(
                "migration-connect/ports",
                TwoHosts.round("10.77.0.12", "49152-49215", "proven")
                    .replace("65536 ok", "65536 stalled"));
    assertThat(hosts.find("path-mtu").message()).contains("64 KiB of data to port 49152");
    Finding rule =
        hosts
            .b(
                "firewall/nft",
                "table inet lab {\n\tchain c {\n\t\ttype filter hook input priority filter; policy"
                    + " accept;\n\t\ttcp dport 49152-49215 meta length > 1400 drop\n\t}\n}\n")
            .find("path-mtu");
    assertThat(rule.message())
        .contains("meta length > 1400 drop", "may block packets that carry the data");
    assertThat(rule.fix().commands())
        .extracting(c -> c.host() + ": " + c.command())
        .containsExactly("hostB: nft insert rule inet lab c tcp dport 49152-49215 accept");
  }

  @Test
  void aReportedSmallerMtuOnlyCostsSpeed() {
    TwoHosts hosts =
        new TwoHosts()
            .fromA(
                "destination-path/echoes",
                "echo 10.77.0.12 9000 0 - 1500\necho 10.77.0.12 1500 2 0.1 -\n");
    assertThat(hosts.find("path-mtu").status()).isEqualTo(Status.WARN);
  }

  @Test
  void dataThatArrivesCountsMoreThanPingsThatDoNot() {
    TwoHosts hosts =
        new TwoHosts()
            .fromA(
                "destination-path/echoes",
                "echo 10.77.0.12 9000 0 - -\necho 10.77.0.12 1500 2 0.1 -\n");
    assertThat(hosts.find("path-mtu").status()).isEqualTo(Status.PASS);
  }

  @Test
  void noPingAndNoPort() {
    TwoHosts hosts =
        new TwoHosts()
            .fromA("destination-path/echoes", "none\n")
            .listener("off\n")
            .attempts("49152-49215", "refused");
    assertThat(hosts.find("path-mtu").status()).isEqualTo(Status.WARN);
    assertThat(new TwoHosts().fromA("destination-path/echoes", "none\n").find("path-mtu").status())
        .isEqualTo(Status.PASS);
  }
}
