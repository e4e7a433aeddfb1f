package org.migratecheck.check.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Status;

/** Processors, drivers, modules, hooks and states of the hosts. */
class PlatformHostChecksTest {
  private static Status status(Scene scene, String id) {
    return scene.judge(id).status();
  }

  private static Scene kvm(String from, String to) {
    return Scene.healthy().guestXml("<domain type='qemu'", "<domain type='kvm'").guestXml(from, to);
  }

  private static Scene nested(Scene scene, String source, String destination) {
    return scene
        .source("capacity/processors", "online 0-1\nnested " + source + "\nend\n")
        .destination("capacity/processors", "online 0-1\nnested " + destination + "\nend\n");
  }

  @Test
  void nestedGuests() {
    Scene scene = kvm("</cpu>", "<feature policy='require' name='vmx'/></cpu>");
    Finding off = nested(scene, "Y", "N").judge("nested-virtualization");
    assertThat(off.status()).isEqualTo(Status.FAIL);
    assertThat(Scene.commands(off)).contains("nested=1");
    assertThat(status(nested(scene, "Y", "1"), "nested-virtualization")).isEqualTo(Status.PASS);
    assertThat(status(nested(scene, "Y", "0"), "nested-virtualization")).isEqualTo(Status.FAIL);
    assertThat(status(Scene.healthy(), "nested-virtualization")).isEqualTo(Status.SKIPPED);
    scene.destination("capacity/processors", "online 0-1\nnested N");
    assertThat(status(scene, "nested-virtualization")).isEqualTo(Status.ERROR);
  }

  private static Scene counter(long hertz, String scaling) {
    return kvm(
            "<clock offset='utc'/>",
            "<clock offset='utc'><timer name='tsc' frequency='2500000000'/></clock>")
        .editDestination(
            "libvirt/capabilities",
            c ->
                c.replaceFirst(
                    "</cpu>",
                    "<counter name='tsc' frequency='"
                        + hertz
                        + "' scaling='"
                        + scaling
                        + "'/></cpu>"));
  }

  @Test
  void timeStampCounter() {
    Finding outside = counter(2_600_000_000L, "no").judge("tsc-frequency");
    assertThat(outside.status()).isEqualTo(Status.FAIL);
    assertThat(outside.errors().get(0)).contains("Requested TSC frequency 2500000000 Hz");
    assertThat(status(counter(2_600_000_000L, "yes"), "tsc-frequency")).isEqualTo(Status.PASS);
    assertThat(status(counter(2_500_600_000L, "no"), "tsc-frequency")).isEqualTo(Status.PASS);
    assertThat(status(counter(2_500_700_000L, "no"), "tsc-frequency")).isEqualTo(Status.FAIL);
    assertThat(
            status(
                counter(1, "no").destination("libvirt/capabilities", "<capabilities>"),
                "tsc-frequency"))
        .isEqualTo(Status.ERROR);
  }

  private static Scene hyperv(String features) {
    return kvm("<features>", "<features><hyperv mode='custom'>" + features + "</hyperv>")
        .editLinkDestination(
            "guest-host/capabilities.1", d -> d.replace("<domain>qemu<", "<domain>kvm<"));
  }

  @Test
  void hyperVFeatures() {
    assertThat(status(hyperv("<spinlocks state='on' retries='4096'/>"), "hyperv-features"))
        .isEqualTo(Status.PASS);
    Finding missing = hyperv("<evmcs state='on'/>").judge("hyperv-features");
    assertThat(missing.status()).isEqualTo(Status.FAIL);
    assertThat(missing.errors())
        .containsExactly("unsupported configuration: host doesn't support hyperv 'evmcs' feature");
    assertThat(status(hyperv("<evmcs state='off'/>"), "hyperv-features")).isEqualTo(Status.PASS);
    assertThat(
            status(kvm("<features>", "<features><hyperv mode='passthrough'/>"), "hyperv-features"))
        .isEqualTo(Status.FAIL);
    assertThat(
            status(
                hyperv("<evmcs state='on'/>")
                    .linkDestinationPart("guest-host/capabilities.1", "<domainCapabilities>"),
                "hyperv-features"))
        .isEqualTo(Status.ERROR);
  }

  private static String bits(String cpuinfo, int bits) {
    return cpuinfo.replaceFirst("(?m)^address sizes.*\n", "")
        + "address sizes\t: "
        + bits
        + " bits physical, 48 bits virtual\n";
  }

  @Test
  void addressBits() {
    Scene scene =
        kvm("<cpu mode='custom' match='exact' check='full'>", "<cpu mode='host-passthrough'>")
            .editSource("cpu/cpuinfo", c -> bits(c, 46))
            .editDestination("cpu/cpuinfo", c -> bits(c, 39));
    assertThat(scene.judge("physical-address-bits").message())
        .isEqualTo("guest was told of 46 address bits, hostB.lab has 39");
    scene.guestXml(
        "<cpu mode='host-passthrough'>",
        "<cpu mode='host-passthrough'><maxphysaddr mode='emulate' bits='39'/>");
    assertThat(status(scene, "physical-address-bits")).isEqualTo(Status.PASS);
  }

  @Test
  void mitigations() {
    assertThat(status(Scene.healthy(), "cpu-mitigations-same")).isEqualTo(Status.PASS);
    Scene scene =
        Scene.healthy()
            .editDestination(
                "capacity/mitigations",
                m ->
                    m.replace("spec_store_bypass Vulnerable", "spec_store_bypass Mitigation")
                        .replace("\nend", "\ncmdline tsx=off\nend"));
    Finding finding = scene.judge("cpu-mitigations-same");
    assertThat(finding.status()).isEqualTo(Status.WARN);
    assertThat(finding.message())
        .contains("spec_store_bypass: 'Vulnerable' on hostA.lab, 'Mitigation' on hostB.lab")
        .contains("Kernel option tsx: absent on hostA.lab, off on hostB.lab");
    assertThat(
            status(scene.destination("capacity/mitigations", "x\nend\n"), "cpu-mitigations-same"))
        .isEqualTo(Status.ERROR);
  }

  @Test
  void drivers() {
    Scene scene =
        Scene.healthy()
            .guestXml("<interface type='bridge'>", "<interface type='network'>")
            .destination(
                "platform/drivers",
                "network failed error: no connection driver available for network:///system\n"
                    + "end\n");
    Finding missing = scene.judge("libvirt-drivers");
    assertThat(missing.status()).isEqualTo(Status.FAIL);
    assertThat(Scene.commands(missing))
        .isEqualTo(
            "hostB.lab: dnf -y install libvirt-daemon-driver-network && systemctl restart"
                + " libvirtd\n");
    scene.editDestination(
        "libvirt/version", v -> v.replaceAll("libvirt [0-9.]+|daemon: [0-9.]+", "daemon: 4.5.0"));
    assertThat(status(scene, "libvirt-drivers")).isEqualTo(Status.PASS);
    Finding silent =
        scene
            .destination("libvirt/sockets", "virtqemud-sock\n")
            .destination(
                "platform/drivers",
                "network failed error: Failed to connect socket to"
                    + " '/var/run/libvirt/virtnetworkd-sock': No such file or directory\nend\n")
            .judge("libvirt-drivers");
    assertThat(Scene.commands(silent))
        .isEqualTo("hostB.lab: systemctl enable --now virtnetworkd.socket\n");
    assertThat(
            status(scene.destination("platform/drivers", "network ok\nend\n"), "libvirt-drivers"))
        .isEqualTo(Status.PASS);
    assertThat(status(scene.destination("platform/drivers", "network ok\n"), "libvirt-drivers"))
        .isEqualTo(Status.ERROR);
    assertThat(status(Scene.healthy(), "libvirt-drivers")).isEqualTo(Status.SKIPPED);
    // A running card on a network that stands for a bridge.
    assertThat(
            status(
                Scene.healthy()
                    .guestXml(
                        "<interface type='bridge'>",
                        "<interface type='bridge'><source network='guests' bridge='br1'/>")
                    .destination(
                        "platform/drivers",
                        "network failed error: no connection driver available for"
                            + " network:///system\nend\n"),
                "libvirt-drivers"))
        .isEqualTo(Status.FAIL);
  }

  @Test
  void modules() {
    Scene scene =
        Scene.healthy()
            .guestXml(
                "<devices>",
                "<devices><disk type='network'><source protocol='rbd' name='p/i'/></disk>")
            .editDestination("platform/modules", m -> m.replace("block-rbd.so\n", ""));
    Finding missing = scene.judge("qemu-modules");
    assertThat(missing.status()).isEqualTo(Status.FAIL);
    assertThat(missing.errors()).containsExactly("Unknown driver 'rbd'");
    assertThat(Scene.commands(missing)).isEqualTo("hostB.lab: dnf -y install qemu-kvm-block-rbd\n");
    scene.editDestination(
        "libvirt/version",
        v -> v.replaceFirst("hypervisor: QEMU [0-9.]+", "hypervisor: QEMU 10.0.0"));
    assertThat(status(scene, "qemu-modules")).isEqualTo(Status.WARN);
    scene.editDestination("platform/modules", m -> "block-rbd.so\n" + m);
    assertThat(status(scene, "qemu-modules")).isEqualTo(Status.PASS);
    assertThat(status(scene.destination("platform/modules", "block-rbd.so"), "qemu-modules"))
        .isEqualTo(Status.ERROR);
  }

  @Test
  void machineTypes() {
    assertThat(status(Scene.healthy(), "machine-type-deprecated")).isEqualTo(Status.PASS);
    Scene old =
        Scene.healthy()
            .guestXml("pc-q35-rhel9.2.0", "pc-q35-7.2")
            .editDestination(
                "libvirt/capabilities",
                c ->
                    c.replace(
                        "<machine maxCpus='288'>pc-q35-7.2<",
                        "<machine maxCpus='288' deprecated='yes'>pc-q35-7.2<"));
    assertThat(old.judge("machine-type-deprecated").status()).isEqualTo(Status.WARN);
    assertThat(status(Scene.healthy(), "machine-type-next-start")).isEqualTo(Status.SKIPPED);
    Scene next =
        Scene.healthy()
            .editSource(
                "guests/inactive." + Scene.GUEST,
                x -> x.replace("pc-q35-rhel9.2.0", "pc-q35-rhel9.6.0"));
    next.linkDestinationFailure(
        "guest-host/capabilities.2",
        "error: failed to get emulator capabilities\n"
            + "error: invalid argument: the machine 'pc-q35-rhel9.6.0' is not supported by emulator"
            + " '/usr/libexec/qemu-kvm'\n");
    assertThat(next.judge("machine-type-next-start").message())
        .contains("will start with machine type pc-q35-rhel9.6.0, which hostB.lab does not have");
    next.linkDestinationFailure(
        "guest-host/capabilities.2", "error: failed to connect to the hypervisor\n");
    assertThat(status(next, "machine-type-next-start")).isEqualTo(Status.ERROR);
    next.linkDestinationPart(
        "guest-host/capabilities.2",
        "<domainCapabilities>\n  <path>/usr/libexec/qemu-kvm</path>\n  <domain>qemu</domain>\n  <arch>x86_64</arch>\n"
            + "  <machine>pc-q35-rhel9.6.0</machine>\n</domainCapabilities>\n");
    assertThat(status(next, "machine-type-next-start")).isEqualTo(Status.PASS);
  }

  @Test
  void hooks() {
    String refuses = "yes\tmaybe\t1-2\tqemu\nend\n";
    Scene scene = Scene.healthy().destination("platform/hooks", refuses);
    Finding only = scene.judge("libvirt-hooks");
    assertThat(only.status()).isEqualTo(Status.FAIL);
    assertThat(Scene.commands(only)).contains("chmod a-x /etc/libvirt/hooks/qemu");
    assertThat(status(scene.source("platform/hooks", refuses), "libvirt-hooks"))
        .isEqualTo(Status.PASS);
    scene.source("platform/hooks", "yes\tno\t3-4\tqemu\nend\n");
    assertThat(scene.judge("libvirt-hooks").message()).contains("is not that of hostA.lab");
    scene.destination("platform/hooks", "yes\tno\t1-2\tqemu\nend\n");
    assertThat(status(scene, "libvirt-hooks")).isEqualTo(Status.WARN);
    scene.destination("platform/hooks", "no\tmaybe\t1-2\tqemu\nend\n");
    assertThat(status(scene, "libvirt-hooks")).isEqualTo(Status.PASS);
    scene.destination("platform/hooks", "no\nend\n");
    assertThat(status(scene, "libvirt-hooks")).isEqualTo(Status.ERROR);
  }

  @Test
  void states() {
    assertThat(status(Scene.healthy(), "no-shutdown-scheduled")).isEqualTo(Status.PASS);
    Scene scene =
        Scene.healthy()
            .destination(
                "platform/going-down", "at 1795803600000000\nmode reboot\nnow 1795803000\nend\n");
    Finding down = scene.judge("no-shutdown-scheduled");
    assertThat(down.status()).isEqualTo(Status.FAIL);
    assertThat(down.message()).isEqualTo("A reboot of hostB.lab is scheduled in 10 minutes");
    assertThat(status(scene.destination("platform/going-down", "end\n"), "no-shutdown-scheduled"))
        .isEqualTo(Status.ERROR);

    scene.source(
        "platform/failed-units",
        "\u25cf chronyd.service loaded failed failed NTP client/server\n"
            + "x.mount not-found failed\n");
    assertThat(scene.judge("units-failed").message())
        .isEqualTo("Failed on hostA.lab: chronyd.service, x.mount");
    assertThat(status(Scene.healthy(), "units-failed")).isEqualTo(Status.PASS);

    assertThat(status(Scene.healthy(), "memory-errors")).isEqualTo(Status.PASS);
    scene.source("platform/memory-errors", "guest\nend\n");
    assertThat(scene.judge("memory-errors").message())
        .isEqualTo("The log of guest tells of damaged memory");
    assertThat(status(scene.source("platform/memory-errors", "guest\n"), "memory-errors"))
        .isEqualTo(Status.ERROR);

    assertThat(status(Scene.healthy(), "moves-under-way")).isEqualTo(Status.PASS);
    Scene moving =
        Scene.healthy()
            .guestThere("other", "4c4c4544-1000-4000-8000-0000000000ff", "paused (migrating)");
    assertThat(moving.judge("moves-under-way").status()).isEqualTo(Status.WARN);
  }

  @Test
  void windowsClock() {
    Scene windows = kvm("<features>", "<features><hyperv mode='custom'/>");
    assertThat(windows.judge("windows-clock").status()).isEqualTo(Status.WARN);
    windows.guestXml(
        "<clock offset='utc'/>",
        "<clock offset='localtime'><timer name='hypervclock' present='yes'/></clock>");
    assertThat(status(windows, "windows-clock")).isEqualTo(Status.PASS);
    assertThat(status(Scene.healthy(), "windows-clock")).isEqualTo(Status.SKIPPED);
  }

  private static Scene releases(String source, String destination) {
    String release = "ID=\"rhel\"\nVERSION_ID=\"%s\"\nPRETTY_NAME=\"RHEL\"\n";
    return Scene.healthy()
        .source("system/os-release", release.formatted(source))
        .destination("system/os-release", release.formatted(destination))
        .source("system/redhat-release", "Red Hat Enterprise Linux release " + source + " (X)\n")
        .destination(
            "system/redhat-release", "Red Hat Enterprise Linux release " + destination + " (X)\n");
  }

  @Test
  void releasesBetweenWhichMovesAreSupported() {
    assertThat(status(Scene.healthy(), "release-pair-supported")).isEqualTo(Status.PASS);
    assertThat(status(releases("9.2", "9.4"), "release-pair-supported")).isEqualTo(Status.PASS);
    assertThat(status(releases("8.8", "9.2"), "release-pair-supported")).isEqualTo(Status.PASS);
    assertThat(releases("8.4", "9.2").judge("release-pair-supported").message())
        .isEqualTo("Moves from release 8.4 to 9.2 are not supported");
    assertThat(releases("9.4", "9.2").judge("release-pair-supported").message())
        .contains("known problems");
    assertThat(releases("9.2", "8.8").judge("release-pair-supported").message())
        .contains("not supported");
  }
}
