package org.migratecheck.check.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.migratecheck.check.ports.TwoHosts.command;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Status;

/** The checks of the ports in a sound pair, and the settings of the migration's ports. */
class PortChecksTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ssh-port",
        "libvirt-reachable-from-source",
        "destination-name-resolves",
        "destination-is-expected-machine",
        "migration-ports",
        "migration-ports-free",
        "migration-range-valid",
        "migration-range-same",
        "link-quality",
        "path-mtu"
      })
  void aSoundPairPasses(String id) {
    Finding finding = new TwoHosts().find(id);
    assertThat(finding.status()).as(finding.message()).isEqualTo(Status.PASS);
    assertThat(finding.message()).doesNotContain("{");
  }

  @Test
  void noFreePort() {
    Finding finding =
        new TwoHosts()
            .b(
                "migration-config/qemu-conf",
                "migration_port_min = 50000\nmigration_port_max = 50001\n")
            .listener("listening \nbusy 50000-50001\nheard \n")
            .find("migration-ports-free");
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(command(finding)).contains("50002 50003");
  }

  @Test
  void listeningSocketsTellWhereNothingListened() {
    TwoHosts hosts =
        new TwoHosts().listener("off\n").b("migration-config/listening", "4 00000000:C000\n");
    assertThat(hosts.find("migration-ports-free").message()).startsWith("63 ports of");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "migration_port_min = 50000|migration_port_max = 49999; no valid range",
        "migration_port_min = 50000|migration_port_max = 50000; no valid range",
        "migration_port_max = 65536; no valid range",
        "migration_port_min = 0; no valid range",
        "migration_port_min = \"49152\"; must be a number without quotes",
        "migration_port_min = many; not readable"
      })
  void wrongRanges(String lines, String message) {
    Finding finding =
        new TwoHosts()
            .b("migration-config/qemu-conf", lines.replace('|', '\n') + "\n")
            .find("migration-range-valid");
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message()).contains(message);
  }

  @Test
  void aFileThatIsNewerThanTheDaemon() {
    assertThat(
            new TwoHosts()
                .b("migration-config/ages", "file 10\nlibvirtd 157\n")
                .find("migration-range-valid")
                .status())
        .isEqualTo(Status.WARN);
  }

  @Test
  void portsThatOnlyRootMayListenAt() {
    TwoHosts hosts =
        new TwoHosts()
            .b("migration-config/unprivileged", "60000\n")
            .b("qemu-access/configuration", "user = \"qemu\"\nend\n")
            .b("qemu-access/selinux", "end\n")
            .b(
                "qemu-access/security",
                "<secmodel><model>dac</model><baselabel"
                    + " type='kvm'>+107:+107</baselabel></secmodel>\nend\n");
    Finding finding = hosts.find("migration-range-valid");
    assertThat(finding.status()).as(finding.message()).isEqualTo(Status.FAIL);
    assertThat(finding.message()).contains("QEMU (107:107)", "below 60000", "49152-49215");
  }

  @Test
  void rangesThatDiffer() {
    Finding finding =
        new TwoHosts()
            .b(
                "migration-config/qemu-conf",
                "migration_port_min = 50000\nmigration_port_max = 50100\n")
            .find("migration-range-same");
    assertThat(finding.status()).isEqualTo(Status.WARN);
    assertThat(finding.message()).contains("49152-49215", "50000-50100");
  }

  @Test
  void theAddressToListenAt() {
    assertThat(new TwoHosts().find("migration-address").status()).isEqualTo(Status.SKIPPED);
    for (String[] example :
        new String[][] {
          {"10.77.0.12", "10.77.0.12\n", "PASS"},
          {"::", "::\n", "PASS"},
          {"10.77.0.11", "10.77.0.11\n", "FAIL"},
          {"127.0.0.1", "127.0.0.1\n", "FAIL"},
          {"nowhere.lab", "", "FAIL"}
        }) {
      Finding finding =
          new TwoHosts()
              .b("migration-config/qemu-conf", "migration_address = \"" + example[0] + "\"\n")
              .b("migration-config/listens", example[1])
              .find("migration-address");
      assertThat(finding.status().name()).as(example[0]).isEqualTo(example[2]);
    }
  }

  @Test
  void rulesThatCountLetOneMigrationThrough() {
    String rule = "tcp dport 49152-49215 ct state new ct count over 4 reject with tcp reset";
    Finding finding =
        new TwoHosts()
            .attempts("49152-49179", "proven", "49180-49215", "refused")
            .input(rule)
            .find("migration-ports");
    assertThat(finding.status()).isEqualTo(Status.WARN);
    assertThat(finding.message()).contains("its rules count packets or connections");
    Finding all =
        new TwoHosts().attempts("49152-49215", "refused").input(rule).find("migration-ports");
    assertThat(all.status()).as("nothing was proven").isEqualTo(Status.FAIL);
  }

  @Test
  void aRangeThatIsNotInForceYet() {
    TwoHosts changed = new TwoHosts().b("migration-config/ages", "file 100\nlibvirtd 157\n");
    assertThat(changed.find("migration-ports").status()).isEqualTo(Status.PASS);
    changed.b(
        "migration-config/qemu-conf", "migration_port_min = 49152\nmigration_port_max = 49300\n");
    Finding finding = changed.find("migration-ports");
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message()).contains("may not be in force");
  }

  @Test
  void theOlderIptablesIsOpenedByItsOwnCommand() {
    String rules =
        "*filter\n"
            + ":INPUT ACCEPT [0:0]\n"
            + "-A INPUT -p tcp -m tcp --dport 49152:49215 -j DROP\n"
            + "COMMIT\n";
    Finding finding =
        new TwoHosts()
            .attempts("49152-49215", "timeout")
            .b("firewall/iptables-legacy", rules)
            .find("migration-ports");
    assertThat(command(finding)).startsWith("hostB: iptables-legacy -t filter -I INPUT");
  }
}
