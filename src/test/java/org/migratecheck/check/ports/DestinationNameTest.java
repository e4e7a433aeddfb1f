package org.migratecheck.check.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.migratecheck.check.ports.TwoHosts.command;

import org.junit.jupiter.api.Test;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Status;

/** Whether the source finds the destination by its name, and not another machine. */
class DestinationNameTest {
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
}
