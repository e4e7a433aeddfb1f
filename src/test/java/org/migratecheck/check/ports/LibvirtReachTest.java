package org.migratecheck.check.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.migratecheck.check.ports.TwoHosts.command;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Fix;
import org.migratecheck.model.Status;

/** Whether the source's libvirt reaches the destination's over SSH, and why not. */
class LibvirtReachTest {
  private static final String FAILED = "error: failed to connect to the hypervisor\nerror: ";

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

  @Test
  void sshThatFallsSilentAfterItsBanner() {
    TwoHosts hosts =
        new TwoHosts()
            .fails("libvirt-reach/libvirt", 124, "")
            .fromA("libvirt-reach/ssh-scan", "# hostB:22 SSH-2.0-OpenSSH_9.2\n");
    assertThat(hosts.find("ssh-port").status()).isEqualTo(Status.PASS);
    assertThat(reach(hosts).fix().text()).contains("path-mtu");
  }

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
}
