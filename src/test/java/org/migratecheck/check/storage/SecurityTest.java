package org.migratecheck.check.storage;

import static org.migratecheck.check.storage.StorageScene.LIVE_XML;
import static org.migratecheck.check.storage.StorageScene.SHARED;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.migratecheck.model.Finding;

/**
 * Confinement: what SELinux, AppArmor, libvirt and the kernel tell on RHEL 9, Ubuntu and others.
 */
final class SecurityTest {
  private static final String NONE = "<model>none</model>";
  private static final String TEMPLATE =
      "file /etc/apparmor.d/libvirt/TEMPLATE.qemu " + "a".repeat(64);

  @Test
  void modelsOfTheGuest() {
    Expect.pass(
        labelled("<seclabel type='dynamic' model='dac' relabel='yes'/>").judge("security-model"),
        "hostB has all security models of web1");
    Expect.fail(
        labelled("<seclabel type='dynamic' model='selinux' relabel='yes'/>")
            .judge("security-model"),
        "web1 has a label of the security model selinux; libvirt on hostB has");
    Expect.pass(
        labelled("<seclabel type='dynamic' model='selinux' relabel='yes'/>")
            .editDestination("qemu-access/security", NONE, "<model>selinux</model>")
            .judge("security-model"),
        "hostB has all security models");
    Expect.error(labelled("").cutDestination("security/selinux").judge("security-model"), "hostB");
    Expect.error(
        labelled("").destination("security/selinux", "mode odd\nend\n").judge("security-model"),
        "the mode of SELinux is not known");
  }

  @Test
  void unconfinedGuestWhereAllMustBe() {
    StorageScene scene = labelled("<seclabel type='none' model='dac'/>");
    Expect.pass(scene.judge("security-model"), "hostB has all");
    Expect.fail(
        scene
            .editDestination(
                "qemu-access/configuration", "end\n", "security_require_confined = 1\nend\n")
            .judge("security-model"),
        "web1 runs without confinement, which hostB forbids");
  }

  @Test
  void ownersThatLabelsName() {
    Expect.skipped(
        labelled(
                "<seclabel type='dynamic' model='dac' relabel='yes'><label>+107:12</label>"
                    + "</seclabel>")
            .judge("label-owners"),
        "No label of web1 names");
    String known = "group vms 993\nuser bob 994\nend\n";
    StorageScene scene =
        labelled(
                "<seclabel type='static' model='dac' relabel='yes'><label>bob:vms</label>"
                    + "</seclabel>")
            .both("owners/list", known);
    Expect.pass(scene.judge("label-owners"), "hostB has the same numbers for group vms, user bob");
    Finding missing =
        scene
            .destination("owners/list", "group vms missing\nuser bob missing\nend\n")
            .judge("label-owners");
    Expect.fail(
        missing,
        "A label of web1 names the group vms, which hostB does not know",
        "hostB: groupadd --system --gid 993 vms\n"
            + "hostB: useradd --system --no-user-group --no-create-home --shell /sbin/nologin --uid"
            + " 994 bob");
    Expect.warn(
        scene.destination("owners/list", known.replace("994", "1000")).judge("label-owners"),
        "The user bob in a label of web1 has the number 994 on hostA and 1000 on hostB");
    for (String odd :
        List.of("user bob 994\nend\n", known.replace("994", "unknown"), "user\nend\n")) {
      Expect.error(scene.destination("owners/list", odd).judge("label-owners"), "hostB");
    }
    Expect.error(
        scene.both("owners/list", known).cutSource("owners/list").judge("label-owners"), "");
  }

  @Test
  void modeOfSelinux() {
    Expect.skipped(StorageScene.healthy().judge("selinux-mode"), "disabled on both hosts");
    String enforcing = "mode enforcing\nconfigured enforcing\npolicy targeted\nend\n";
    Expect.pass(
        StorageScene.healthy().both("security/selinux", enforcing).judge("selinux-mode"),
        "SELinux is enforcing on both hosts");
    Expect.warn(
        StorageScene.healthy().source("security/selinux", enforcing).judge("selinux-mode"),
        "SELinux is enforcing on hostA and disabled on hostB");
    Expect.warn(
        StorageScene.healthy()
            .source("security/selinux", enforcing)
            .destination("security/selinux", enforcing.replace("targeted", "mls"))
            .judge("selinux-mode"),
        "SELinux has the policy targeted on hostA and mls on hostB");
    Expect.error(
        StorageScene.healthy().cutSource("security/selinux").judge("selinux-mode"), "hostA");
  }

  @Test
  void labelsOfDirectories() {
    Expect.skipped(
        StorageScene.healthy().judge("selinux-labels"), "does not confine QEMU on hostB");
    String good = "system_u:object_r:virt_image_t:s0 " + SHARED + "\n";
    Expect.pass(labels(good).judge("selinux-labels"), "No directory of the 1 images of web1");
    Expect.warn(
        labels(good.replace("virt_image_t", "default_t")).judge("selinux-labels"),
        SHARED + ", with disk vda of web1, has the SELinux type default_t on hostB",
        "hostB: ");
    Expect.error(labels(good).cutDestination("labels/list").judge("selinux-labels"), "hostB");
  }

  @Test
  void booleansThatAreNotNeeded() {
    Expect.skipped(
        enforcing(StorageScene.nfs())
            .editSource(
                "paths/3",
                "rw,vers=4.2",
                "rw,context=\"system_u:object_r:svirt_image_t:s0\",vers=4.2")
            .judge("storage-selinux"),
        "has no image on a file system that needs an SELinux boolean");
    Expect.skipped(
        enforcing(StorageScene.nfs())
            .editSource(LIVE_XML, "</devices>", "</devices><seclabel type='none' model='selinux'/>")
            .judge("storage-selinux"),
        "SELinux does not confine web1");
  }

  @Test
  void apparmor() {
    Expect.skipped(StorageScene.healthy().judge("apparmor-files"), "does not use AppArmor");
    Expect.pass(apparmor(TEMPLATE).judge("apparmor-files"), "the same AppArmor rules");
    Expect.fail(
        apparmor("enabled Y").judge("apparmor-files"),
        "hostB uses AppArmor, but /etc/apparmor.d/libvirt/TEMPLATE.qemu is missing");
    Expect.warn(
        apparmor(
                TEMPLATE
                    + "\nfile /etc/apparmor.d/local/abstractions/libvirt-qemu "
                    + "b".repeat(64))
            .judge("apparmor-files"),
        "/etc/apparmor.d/local/abstractions/libvirt-qemu differs");
    Expect.error(apparmor("file x").judge("apparmor-files"), "hostB");
  }

  @Test
  void cryptography() {
    Expect.pass(StorageScene.healthy().judge("crypto-policy"), "are the same on both hosts");
    Expect.warn(
        StorageScene.healthy()
            .source("security/crypto", "policy DEFAULT\nfips 0\nend\n")
            .destination("security/crypto", "policy FUTURE\nfips 0\nend\n")
            .judge("crypto-policy"),
        "The cryptographic policy is DEFAULT on hostA and FUTURE on hostB");
    Expect.warn(
        StorageScene.healthy()
            .destination("security/crypto", "fips 1\nend\n")
            .judge("crypto-policy"),
        "FIPS mode is off on hostA and on on hostB");
    Expect.error(
        StorageScene.healthy().destination("security/crypto", "fips\nend\n").judge("crypto-policy"),
        "hostB");
  }

  @Test
  void settingsOfQemu() {
    Expect.pass(StorageScene.healthy().judge("qemu-conf"), "are the same on both hosts");
    Expect.pass(
        conf("vnc_listen = \"10.0.0.2\"\nmigration_port_min = 50000\nuser = \"root\"\n")
            .judge("qemu-conf"),
        "are the same");
    Expect.warn(
        conf("seccomp_sandbox = 0\n").judge("qemu-conf"),
        "seccomp_sandbox in /etc/libvirt/qemu.conf is not set on hostA and 0 on hostB");
    Expect.error(
        StorageScene.healthy().cutDestination("qemu-access/configuration").judge("qemu-conf"),
        "hostB");
  }

  @Test
  void devicesThatQemuMayOpen() {
    Expect.skipped(StorageScene.healthy().judge("cgroup-devices"), "hostB uses libvirt's own list");
    String list =
        "cgroup_device_acl = [\n"
            + "\"/dev/null\", \"/dev/full\", \"/dev/zero\",\n"
            + "\"/dev/random\", \"/dev/urandom\",\n"
            + "\"/dev/ptmx\", \"/dev/kvm\"\n"
            + "]\n"
            + "cgroup_controllers = [ \"cpu\", \"devices\" ]\n";
    Expect.pass(kvm(list).judge("cgroup-devices"), "has all that QEMU needs for web1");
    Expect.fail(
        kvm(list.replace(", \"/dev/kvm\"", "")).judge("cgroup-devices"), "of hostB lacks /dev/kvm");
    Expect.warn(
        kvm(list.replace("\"/dev/random\",", "")).judge("cgroup-devices"), "lacks /dev/random");
    Expect.skipped(
        kvm(list.replace("\"devices\"", "\"memory\"")).judge("cgroup-devices"),
        "does not use the cgroup");
    Expect.error(
        kvm(list).cutDestination("qemu-access/configuration").judge("cgroup-devices"), "hostB");
  }

  private static StorageScene kvm(String settings) {
    return StorageScene.healthy()
        .editSource(LIVE_XML, "<domain type='qemu'", "<domain type='kvm'")
        .destination("qemu-access/configuration", settings + "end\n");
  }

  private static StorageScene conf(String settings) {
    return StorageScene.healthy()
        .editDestination("qemu-access/configuration", "end\n", settings + "end\n");
  }

  private static StorageScene apparmor(String there) {
    return StorageScene.healthy()
        .editBoth("qemu-access/security", NONE, "<model>apparmor</model>")
        .source("security/apparmor", TEMPLATE + "\nend\n")
        .destination("security/apparmor", there + "\nend\n");
  }

  private static StorageScene labels(String list) {
    return enforcing(StorageScene.healthy()).destination("labels/list", list + "end\n");
  }

  private static StorageScene enforcing(StorageScene scene) {
    return scene
        .editDestination("qemu-access/security", NONE, "<model>selinux</model>")
        .destination("qemu-access/selinux", "enforce=1\nbooleans/virt_use_nfs=0\nend\n")
        .destination("security/selinux", "mode enforcing\npolicy targeted\nend\n");
  }

  private static StorageScene labelled(String label) {
    String migratable = LIVE_XML.replace("guests/xml.", "guests/migratable.");
    return StorageScene.healthy()
        .source(migratable, "<domain type='qemu'><name>web1</name>" + label + "</domain>\n");
  }
}
