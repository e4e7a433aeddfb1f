package org.migratecheck.check.ports;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Fix;
import org.migratecheck.model.Status;

/** The other checks of the ports, each in a sound pair and in broken ones. */
class PortChecksTest {
  private static final String FAILED = "error: failed to connect to the hypervisor\nerror: ";

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

  private static String command(Finding finding) {
    assertThat(finding.fix().commands()).as(finding.message()).isNotEmpty();
    return finding.fix().commands().get(0).host()
        + ": "
        + finding.fix().commands().get(0).command();
  }

  // ---- destination-name-resolves

  private static Finding name(TwoHosts hosts) {
    Finding finding = hosts.find("destination-name-resolves");
    assertThat(finding.message()).doesNotContain("{");
    return finding;
  }

  @Test
  void aNameThatTheSourceDoesNotKnow() {
    Finding finding =
        name(
            new TwoHosts()
                .fromA(
                    "destination-path/names",
                    "name hostB.lab\n"
                        + "name hostB\n"
                        + "address 10.77.0.12\n"
                        + "name 10.77.0.12\n"
                        + "address 10.77.0.12\n"));
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(command(finding)).isEqualTo("hostA: echo 10.77.0.12 hostB.lab >>/etc/hosts");
    assertThat(finding.errors().get(0)).contains("Unable to resolve address 'hostB.lab'");
  }

  @Test
  void aNameThatLeadsBackToTheSource() {
    Finding finding =
        name(new TwoHosts().fromA("destination-path/names", "name hostB.lab\naddress 127.0.1.1\n"));
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message()).contains("127.0.1.1", "to itself");
    assertThat(command(finding)).startsWith("hostA: awk -v n=hostB.lab ");
  }

  @Test
  void aNameThatLeadsToAnotherMachine() {
    TwoHosts hosts =
        new TwoHosts()
            .fromA("destination-path/names", "name hostB.lab\naddress 10.77.0.99\n")
            .fromA(
                "migration-connect/ports", TwoHosts.round("10.77.0.99", "49152-49215", "timeout"));
    assertThat(name(hosts).status()).isEqualTo(Status.FAIL);
    // The word of this run proves that the address is translated to the destination.
    hosts.fromA("migration-connect/ports", TwoHosts.round("10.77.0.99", "49152-49215", "proven"));
    assertThat(name(hosts).status()).isEqualTo(Status.PASS);
  }

  @Test
  void aStaleAddressOnlyWarns() {
    Finding finding =
        name(
            new TwoHosts()
                .fromA(
                    "destination-path/names",
                    "name hostB.lab\naddress 10.77.0.12\naddress 10.77.0.99\n"));
    assertThat(finding.status()).isEqualTo(Status.WARN);
    assertThat(finding.message()).contains("10.77.0.99");
  }

  @Test
  void localhostIsNoNameForAMigration() {
    TwoHosts hosts = new TwoHosts().b("libvirt/hostname", "localhost.localdomain\n");
    Finding finding = name(hosts);
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(command(finding))
        .isEqualTo(
            "hostB: hostnamectl set-hostname hostB.lab 2>/dev/null || { hostname hostB.lab && echo"
                + " hostB.lab >/etc/hostname; }");
    Finding configured =
        name(new TwoHosts().b("migration-config/qemu-conf", "migration_host = \"localhost\"\n"));
    assertThat(command(configured)).contains("'migration_host = \"%s\"\\n' 10.77.0.12");
  }

  @Test
  void migrationHostIsTakenInsteadOfTheHostName() {
    TwoHosts hosts =
        new TwoHosts()
            .b("migration-config/qemu-conf", "migration_host = \"10.77.0.99\"  # fast net\n")
            .fromA("destination-path/names", "name 10.77.0.99\naddress 10.77.0.99\n")
            .fromA(
                "migration-connect/ports", TwoHosts.round("10.77.0.99", "49152-49215", "timeout"));
    Finding finding = name(hosts);
    assertThat(finding.message())
        .isEqualTo("hostB announces 10.77.0.99, which is none of its addresses");
    assertThat(
            name(new TwoHosts()
                    .b("migration-config/qemu-conf", "migration_host = \"10.77.0.12\"\n")
                    .fromA("destination-path/names", "name 10.77.0.12\naddress 10.77.0.12\n"))
                .status())
        .isEqualTo(Status.PASS);
  }

  @Test
  void aNameThatWasNotAskedForIsUndetermined() {
    assertThat(name(new TwoHosts().b("libvirt/hostname", "other.lab\n")).status())
        .isEqualTo(Status.ERROR);
  }

  // ---- libvirt-reachable-from-source and ssh-port

  private static Finding reach(TwoHosts hosts) {
    Finding finding = hosts.find("libvirt-reachable-from-source");
    assertThat(finding.message()).doesNotContain("{");
    return finding;
  }

  private static TwoHosts failing(String error) {
    return new TwoHosts().fails("libvirt-reach/libvirt", 1, FAILED + error + "\n");
  }

  @Test
  void aKeyThatTheDestinationDoesNotAccept() {
    Finding finding =
        reach(
            failing(
                "Cannot recv data: root@hostb: Permission denied (publickey,password).: Connection"
                    + " reset by peer"));
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(command(finding))
        .startsWith(
            "hostB: install -d -m 700 ~root/.ssh && printf '%s\\n' '" + TwoHosts.ROOT_KEY + "' >>");
  }

  @Test
  void aSourceWithoutAKeyAndADestinationWithoutRoot() {
    String denied = "Cannot recv data: root@hostb: Permission denied (publickey).";
    assertThat(command(reach(failing(denied).a("ssh-server/root-keys", ""))))
        .contains("ssh-keygen -q -t ed25519");
    Finding refused =
        reach(failing(denied).b("ssh-server/settings", "port 22\npermitrootlogin no\n"));
    assertThat(refused.message()).contains("PermitRootLogin no");
  }

  @Test
  void anUnknownHostKeyIsTakenFromTheDestinationItself() {
    String unknown = "Cannot recv data: Host key verification failed.: Connection reset by peer";
    Finding finding =
        reach(failing(unknown).fromA("libvirt-reach/ssh-scan", "hostB " + TwoHosts.KEY + "\n"));
    assertThat(command(finding))
        .isEqualTo(
            "hostA: install -d -m 700 ~root/.ssh && printf '%s\\n' 'hostB "
                + TwoHosts.KEY
                + "' >>~root/.ssh/known_hosts");
    Finding other =
        reach(
            failing(unknown).fromA("libvirt-reach/ssh-scan", "hostB " + TwoHosts.OTHER_KEY + "\n"));
    assertThat(other.message()).contains("it is another machine");
    assertThat(other.fix().commands()).isEmpty();
    Finding changed =
        reach(
            failing(
                "WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! Host key verification failed."));
    assertThat(command(changed)).contains("ssh-keygen -R hostB -f ~root/.ssh/known_hosts; printf");
    Finding port =
        reach(
            failing(unknown)
                .fromA("libvirt-reach/target", "name hostB\nuri qemu+ssh://hostB:2222/system\n"));
    assertThat(command(port)).contains("'[hostB]:2222 " + TwoHosts.KEY + "'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Cannot recv data: ssh: Could not resolve hostname hostB: Name or service not known |"
            + " cannot resolve hostB",
        "End of file while reading data: virt-ssh-helper: cannot connect to"
            + " '/var/run/libvirt/libvirt-sock': Failed to connect socket to"
            + " '/var/run/libvirt/libvirt-sock': No such file or directory: Input/output error |"
            + " libvirt on hostB does not answer",
        "End of file while reading data: virt-ssh-helper: cannot connect to"
            + " '/var/run/libvirt/libvirt-sock': Failed to connect socket to"
            + " '/var/run/libvirt/libvirt-sock': Permission denied | may not open libvirt's socket",
        "End of file while reading data: sh: nc: not found: Input/output error | neither"
            + " virt-ssh-helper nor nc",
        "authentication unavailable: no polkit agent available to authenticate action"
            + " 'org.libvirt.unix.manage' | may not open libvirt's socket",
        "packet 1751477356 bytes received from server too large, want 33554432 | prints something"
            + " when nobody looks",
        "something that nobody has seen yet | something that nobody has seen yet"
      })
  void everyFailureIsNamed(String error, String message) {
    Finding finding = reach(failing(error));
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message()).contains(message);
    assertThat(failing(error).find("destination-is-expected-machine").status())
        .isEqualTo(Status.SKIPPED);
  }

  @Test
  void aNameThatOnlyTheAuditKnowsIsSaid() {
    Finding finding =
        reach(
            new TwoHosts()
                .typed("alias")
                .fromA("destination-path/names", "name hostB.lab\naddress 10.77.0.12\nname alias\n")
                .fromA(
                    "libvirt-reach/target", "name hostB.lab\nuri qemu+ssh://hostB.lab/system\n"));
    assertThat(finding.status()).isEqualTo(Status.WARN);
    assertThat(finding.message()).contains("alias", "qemu+ssh://hostB.lab/system");
    assertThat(command(finding)).isEqualTo("hostA: echo 10.77.0.12 alias >>/etc/hosts");
  }

  @Test
  void aDestinationNotKnownByItsOwnNameBlocks() {
    Finding finding =
        reach(
            new TwoHosts()
                .fromA("destination-path/names", "name hostB.lab\naddress 10.77.0.12\nname hostB\n")
                .fromA(
                    "libvirt-reach/target", "name hostB.lab\nuri qemu+ssh://hostB.lab/system\n"));
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(command(finding)).isEqualTo("hostA: echo 10.77.0.12 hostB >>/etc/hosts");
  }

  @Test
  void aMissingClientIsUndetermined() {
    assertThat(
            reach(
                    new TwoHosts()
                        .fails(
                            "libvirt-reach/libvirt", 127, "timeout: failed to run command 'virsh'"))
                .status())
        .isEqualTo(Status.ERROR);
    assertThat(reach(new TwoHosts().cut("libvirt-reach/libvirt")).status()).isEqualTo(Status.ERROR);
  }

  @Test
  void theAuditingUserMayBeLetInWhereRootIsNot() {
    Finding finding =
        reach(
            failing("Cannot recv data: root@hostb: Permission denied (publickey).")
                .fromA(
                    "libvirt-reach/user-target", "name hostB\nuri qemu+ssh://admin@hostB/system\n")
                .fromA(
                    "libvirt-reach/user-libvirt",
                    "hostB.lab\n<uuid>" + TwoHosts.UUID_B + "</uuid>\n"));
    assertThat(finding.status()).isEqualTo(Status.PASS);
    assertThat(finding.message()).isEqualTo("qemu+ssh://admin@hostB/system answers");
  }

  @Test
  void sshThatIsFiltered() {
    TwoHosts hosts = new TwoHosts().fails("libvirt-reach/libvirt", 124, "");
    hosts.input("ip saddr 10.77.0.11 tcp dport 22 drop");
    Finding finding = hosts.find("ssh-port");
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(command(finding))
        .isEqualTo("hostB: nft insert rule inet filter input tcp dport 22 accept");
    assertThat(reach(hosts).message()).contains("no answer within 9 seconds");
    hosts.fromA("libvirt-reach/target", "name hostB\nwait 200\nuri qemu+ssh://hostB/system\n");
    assertThat(reach(hosts).message()).contains("no answer within 200 seconds");
    Finding unexplained = new TwoHosts().fails("libvirt-reach/libvirt", 124, "").find("ssh-port");
    assertThat(unexplained.fix().text()).contains("between the hosts");
  }

  @Test
  void sshThatDoesNotListen() {
    TwoHosts hosts =
        failing(
                "Cannot recv data: ssh: connect to host hostb port 22: Connection refused:"
                    + " Connection reset by peer")
            .b("migration-config/listening", "4 00000000:08AE\n");
    Finding finding = hosts.find("ssh-port");
    assertThat(finding.message()).isEqualTo("Nothing listens on SSH port 22 of hostB");
    assertThat(finding.fix().commands())
        .extracting(Fix.Command::command)
        .first()
        .asString()
        .contains("enable --now sshd");
  }

  @Test
  void sshThatAnswersIsNotToBlameForWhatComesAfter() {
    assertThat(
            failing("Cannot recv data: root@hostb: Permission denied (publickey).")
                .find("ssh-port")
                .status())
        .isEqualTo(Status.PASS);
    assertThat(failing("kex_exchange_identification: Connection closed").find("ssh-port").status())
        .isEqualTo(Status.ERROR);
  }

  // ---- destination-is-expected-machine

  @Test
  void anotherMachineAnswers() {
    String other = "12345678-0000-4000-8000-000000000012";
    Finding finding =
        new TwoHosts()
            .fromA("libvirt-reach/libvirt", "x\n<uuid>" + other + "</uuid>\n")
            .find("destination-is-expected-machine");
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message()).contains(other, TwoHosts.UUID_B);
    Finding self =
        new TwoHosts()
            .fromA("libvirt-reach/libvirt", "x\n<uuid>" + TwoHosts.UUID_A + "</uuid>\n")
            .find("destination-is-expected-machine");
    assertThat(self.message()).contains("to itself");
    assertThat(command(self)).startsWith("hostA: awk -v n=hostB ");
  }

  // ---- migration-ports-free

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

  // ---- the settings of qemu.conf

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

  // ---- link-quality

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

  // ---- path-mtu

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
  void sshThatFallsSilentAfterItsBanner() {
    TwoHosts hosts =
        new TwoHosts()
            .fails("libvirt-reach/libvirt", 124, "")
            .fromA("libvirt-reach/ssh-scan", "# hostB:22 SSH-2.0-OpenSSH_9.2\n");
    assertThat(hosts.find("ssh-port").status()).isEqualTo(Status.PASS);
    assertThat(reach(hosts).fix().text()).contains("path-mtu");
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

  // ---- why the destination does not let root in

  @ParameterizedTest
  @CsvSource({
    "'pubkeyauthentication no','', PubkeyAuthentication no",
    "'denyusers root','', lists users or groups",
    "'','mode 777 0 /root/.ssh', others can write there",
    "'','mode 700 1000 /root/.ssh', others can write there",
  })
  void aKeyThatIsRefusedForAReason(String setting, String account, String words) {
    Finding finding =
        new TwoHosts()
            .fails(
                "libvirt-reach/libvirt",
                1,
                FAILED
                    + "Cannot recv data: root@hostb: Permission denied (publickey).: Connection"
                    + " reset by peer\n")
            .b(
                "ssh-server/settings",
                "port 22\npermitrootlogin yes\nstrictmodes yes\n" + setting + "\n")
            .b("ssh-server/root-account", account + "\nshell /bin/bash\n")
            .find("libvirt-reachable-from-source");
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message()).contains(words);
  }

  @ParameterizedTest
  @CsvSource({
    "'forcecommand /bin/false', /bin/bash, forces a command",
    "'forcecommand none', /usr/sbin/nologin, login shell on hostB lets nobody in",
    "'forcecommand none', /bin/bash, ends before libvirt answers"
  })
  void aLoginThatDoesNotComeToLibvirt(String setting, String shell, String words) {
    Finding finding =
        new TwoHosts()
            .fails(
                "libvirt-reach/libvirt",
                1,
                FAILED + "End of file while reading data: : Input/output error\n")
            .b("ssh-server/settings", "port 22\n" + setting + "\n")
            .b("ssh-server/root-account", "shell " + shell + "\n")
            .find("libvirt-reachable-from-source");
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message()).contains(words);
  }

  // ---- migration-ports: rules that count, and settings that are not in force

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
