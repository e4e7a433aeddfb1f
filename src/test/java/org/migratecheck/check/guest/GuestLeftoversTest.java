package org.migratecheck.check.guest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Status;

class GuestLeftoversTest {
  private static final String UUID = GuestScene.UUID;

  private static GuestScene plain() {
    return GuestScene.with("");
  }

  @ParameterizedTest
  @CsvSource({
    "guest-managed-save, PASS",
    "guest-checkpoints, PASS",
    "guest-definition-there, SKIPPED",
    "guest-pending-change, PASS",
    "guest-autostart, PASS",
    "guest-restart, PASS",
    "guest-transient, PASS",
    "guest-owner, PASS",
    "guest-speed, PASS",
    "guest-agent, SKIPPED",
  })
  void nothingIsLeftOfAPlainGuest(String id, Status expected) {
    Finding finding = plain().judge(id);
    assertThat(finding.status()).as(finding.message()).isEqualTo(expected);
    assertThat(finding.message()).isNotBlank().doesNotContain("{");
  }

  @Test
  void savedMemory() {
    Finding there =
        plain().destination("guest-services/managed-save", UUID + "\n").judge("guest-managed-save");
    assertThat(there.status()).isEqualTo(Status.WARN);
    assertThat(GuestScene.commands(there))
        .isEqualTo("hostB: virsh -q -c qemu:///system managedsave-remove " + UUID);
    Finding here =
        plain().source("guest-services/managed-save", UUID + "\n").judge("guest-managed-save");
    assertThat(GuestScene.commands(here)).startsWith("hostA: ");
    GuestScene old =
        plain()
            .fails(
                "guest-services/managed-save",
                1,
                "error: command 'list' doesn't support option --with-managed-save\n");
    assertThat(old.judge("guest-managed-save").status()).isEqualTo(Status.PASS);
    GuestScene gone =
        plain()
            .fails(
                "guest-services/managed-save", 1, "error: failed to connect to the hypervisor\n");
    assertThat(gone.judge("guest-managed-save").status()).isEqualTo(Status.ERROR);
    GuestScene hostile = plain().source("guest-services/managed-save", "$(reboot)\n");
    assertThat(hostile.judge("guest-managed-save").status()).isEqualTo(Status.ERROR);
  }

  @Test
  void listOfGuestsToStart() {
    Finding listed =
        plain()
            .source("guest-services/managers", "restart " + UUID + "\nend\n")
            .judge("guest-restart");
    assertThat(listed.status()).isEqualTo(Status.WARN);
    assertThat(GuestScene.commands(listed))
        .isEqualTo("hostA: sed -i 's/ *'" + UUID + "'//' /var/lib/libvirt/libvirt-guests");
    Finding ignored =
        plain()
            .source("guest-services/managers", "on-boot ignore\nrestart " + UUID + "\nend\n")
            .judge("guest-restart");
    assertThat(ignored.status()).isEqualTo(Status.PASS);
    Finding there =
        plain()
            .destination("guest-services/managers", "restart " + UUID + "\nend\n")
            .judge("guest-restart");
    assertThat(there.status()).isEqualTo(Status.PASS);
  }

  @Test
  void checkpoints() {
    GuestScene scene = plain().source("guest-services/checkpoints", UUID + "\n");
    Finding older = scene.judge("guest-checkpoints");
    assertThat(older.status()).isEqualTo(Status.FAIL);
    assertThat(older.message()).contains("QEMU 7.2.0 of hostB");
    GuestScene newer =
        plain()
            .source("guest-services/checkpoints", UUID + "\n")
            .destination(
                "libvirt/version",
                "Using library: libvirt 11.3.0\n"
                    + "Running hypervisor: QEMU 10.0.2\n"
                    + "Running against daemon: 11.3.0\n");
    assertThat(newer.judge("guest-checkpoints").status()).isEqualTo(Status.WARN);
    assertThat(scene.cut("guest-services/checkpoints").judge("guest-checkpoints").status())
        .isEqualTo(Status.ERROR);
  }

  @Test
  void definitions() {
    GuestScene same = plain().defined("<alias name='net0'/>", "");
    assertThat(same.judge("guest-definition-there").status()).isEqualTo(Status.PASS);
    Finding old = plain().defined(">2<", ">4<").judge("guest-definition-there");
    assertThat(old.status()).isEqualTo(Status.WARN);
    assertThat(old.message()).contains("virtual CPUs: 2, 4");
    Finding pending = plain().inactive("br0", "br1").judge("guest-pending-change");
    assertThat(pending.status()).isEqualTo(Status.WARN);
    assertThat(pending.message())
        .contains("network card 52:54:00:4c:00:32: bridge br0 virtio, bridge br1 virtio");
    GuestScene expanded =
        plain()
            .inactive(
                "<cpu mode='custom'><model>Cascadelake-Server</model></cpu>",
                "<cpu mode='host-model'/>");
    assertThat(expanded.judge("guest-pending-change").status()).isEqualTo(Status.PASS);
    GuestScene cut = plain().cut("guests/inactive." + UUID);
    assertThat(cut.source("guests/list", UUID + "\n")).isNotNull();
  }

  @Test
  void autostartAndTransientGuests() {
    GuestScene autostart = plain().source("guests/autostart", UUID + "\n");
    Finding finding = autostart.judge("guest-autostart");
    assertThat(finding.status()).isEqualTo(Status.WARN);
    assertThat(GuestScene.commands(finding)).contains("autostart --disable " + UUID);
    GuestScene transientGuest = plain().source("guests/persistent", "");
    assertThat(transientGuest.judge("guest-transient").status()).isEqualTo(Status.WARN);
    assertThat(transientGuest.judge("guest-pending-change").status()).isEqualTo(Status.SKIPPED);
    assertThat(transientGuest.judge("guest-autostart").status()).isEqualTo(Status.SKIPPED);
  }

  @Test
  void whoOwnsTheGuest() {
    GuestScene pacemaker =
        plain().source("guest-services/managers", "resource /etc/libvirt/qemu/web1.xml\nend\n");
    assertThat(pacemaker.judge("guest-owner").message()).contains("Pacemaker");
    GuestScene other =
        plain().source("guest-services/managers", "resource /etc/libvirt/qemu/db1.xml\nend\n");
    assertThat(other.judge("guest-owner").status()).isEqualTo(Status.PASS);
    String nova =
        "<metadata><nova:instance xmlns:nova='http://openstack.org/xmlns/libvirt/nova/1.1'>"
            + "<nova:flavor name='m1'/></nova:instance></metadata>";
    GuestScene cloud =
        GuestScene.ending(nova).source("guest-services/managers", "program nova-compute\nend\n");
    assertThat(cloud.judge("guest-owner").message()).contains("OpenStack");
    assertThat(GuestScene.ending(nova).judge("guest-owner").status()).isEqualTo(Status.PASS);
    assertThat(plain().source("guest-services/managers", "boo").judge("guest-owner").status())
        .isEqualTo(Status.ERROR);
  }

  @Test
  void agentAndSpeed() {
    String channel =
        "<channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'"
            + " state='%s'/></channel>";
    assertThat(GuestScene.with(channel.formatted("connected")).judge("guest-agent").status())
        .isEqualTo(Status.PASS);
    assertThat(GuestScene.with(channel.formatted("disconnected")).judge("guest-agent").status())
        .isEqualTo(Status.WARN);
    GuestScene slow = plain().onSource("guest-speed/speed." + UUID, "1\n");
    Finding finding = slow.judge("guest-speed");
    assertThat(finding.status()).isEqualTo(Status.WARN);
    assertThat(finding.message()).contains("1 MiB/s").contains("2048 s");
    GuestScene unknown = plain().onSource("guest-speed/speed." + UUID, "many\n");
    assertThat(unknown.judge("guest-speed").status()).isEqualTo(Status.ERROR);
  }
}
