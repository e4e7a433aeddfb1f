package org.migratecheck.check.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Status;

class CpuChecksTest {
  private static final String MISSING =
      """
      error: Failed to compare hypervisor CPU with /proc/self/fd/0
      error: the CPU is incompatible with host CPU: Host CPU does not provide required features: avx512f, pku
      """;

  private static Scene passthrough() {
    return Scene.healthy()
        .guestXml("<domain type='qemu'", "<domain type='kvm'")
        .editSource(
            "guests/xml." + Scene.GUEST,
            x ->
                x.replaceAll(
                    "(?s)<cpu .*?</cpu>",
                    "<cpu mode='host-passthrough' check='none' migratable='on'/>"));
  }

  @Test
  void vendorsDiffer() {
    Finding finding =
        Scene.healthy()
            .editDestination("cpu/cpuinfo", c -> c.replace("AuthenticAMD", "GenuineIntel"))
            .judge("cpu-vendor-same");
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message())
        .isEqualTo(
            "The processor is from AuthenticAMD on hostA.lab and from GenuineIntel on hostB.lab");
  }

  @Test
  void modelFeaturesAndMicrocodeDiffer() {
    Finding finding =
        Scene.healthy()
            .editDestination(
                "cpu/cpuinfo",
                c ->
                    c.replace(" avx2 ", " ")
                        .replace("flags\t\t: fpu", "flags\t\t: amx_tile fpu")
                        .replace("AMD EPYC", "AMD EPYC 2")
                        .replaceFirst("microcode\\s*: \\S+", "microcode\t: 0x1"))
            .judge("cpu-same");
    assertThat(finding.status()).isEqualTo(Status.WARN);
    assertThat(finding.message())
        .contains("hostB.lab has AMD EPYC 2")
        .contains("hostB.lab lacks processor features of hostA.lab: avx2")
        .contains("hostA.lab lacks processor features of hostB.lab: amx_tile")
        .contains("Microcode is 0x1000065 on hostA.lab and 0x1 on hostB.lab");
  }

  @Test
  void noProcessorListedIsNoPass() {
    Scene scene = Scene.healthy().destination("cpu/cpuinfo", "\n");
    for (String id : new String[] {"cpu-vendor-same", "cpu-same"}) {
      assertThat(scene.judge(id).status()).isEqualTo(Status.ERROR);
    }
  }

  @Test
  void passthroughGuestNeedsEveryFeature() {
    assertThat(passthrough().judge("guest-cpu-passthrough").status()).isEqualTo(Status.PASS);
    Finding missing =
        passthrough()
            .editDestination("cpu/cpuinfo", c -> c.replace(" avx2 ", " "))
            .judge("guest-cpu-passthrough");
    assertThat(missing.status()).isEqualTo(Status.FAIL);
    assertThat(missing.message()).endsWith("hostB.lab lacks features of hostA.lab: avx2");
    Finding microcode =
        passthrough()
            .editDestination(
                "cpu/cpuinfo", c -> c.replaceFirst("microcode\\s*: \\S+", "microcode\t: 0x1"))
            .judge("guest-cpu-passthrough");
    assertThat(microcode.status()).isEqualTo(Status.WARN);
  }

  @Test
  void emulatedOrNamedProcessorsArePassedOver() {
    assertThat(Scene.healthy().judge("guest-cpu-passthrough").message())
        .isEqualTo("guest has a named CPU model (see guest-cpu-on-destination)");
    Scene emulated = passthrough().guestXml("<domain type='kvm'", "<domain type='qemu'");
    assertThat(emulated.judge("guest-cpu-passthrough").message())
        .isEqualTo("The processor of guest is emulated by QEMU");
  }

  @Test
  void featuresOfTheGuestAreMissing() {
    Finding finding =
        Scene.healthy()
            .linkDestination("guest-fit/cpu", 1, "", MISSING)
            .judge("guest-cpu-on-destination");
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message())
        .isEqualTo("hostB.lab lacks CPU features that guest (qemu64) uses: avx512f, pku");
    assertThat(finding.errors())
        .containsExactly("guest CPU doesn't match specification: missing features: avx512f, pku");
  }

  /** The guest runs on the source with them, so libvirt's list of features is what is wrong. */
  @Test
  void whatTheSourceAlsoCallsMissingDoesNotCount() {
    Scene scene =
        Scene.healthy()
            .linkDestination("guest-fit/cpu", 1, "", MISSING)
            .linkSource("guest-fit/cpu", 1, "", MISSING);
    assertThat(scene.judge("guest-cpu-on-destination").status()).isEqualTo(Status.PASS);
    scene.linkSource("guest-fit/cpu", 1, "", MISSING.replace(", pku", ""));
    assertThat(scene.judge("guest-cpu-on-destination").message()).endsWith("uses: pku");
  }

  @Test
  void otherRefusalsOfTheCpu() {
    String refused = "error: unsupported configuration: unknown CPU model EPYC-Turin\n";
    Scene scene = Scene.healthy().linkDestination("guest-fit/cpu", 1, "", refused);
    assertThat(scene.judge("guest-cpu-on-destination").status()).isEqualTo(Status.FAIL);
    scene.linkSource("guest-fit/cpu", 1, "", refused);
    assertThat(scene.judge("guest-cpu-on-destination").status()).isEqualTo(Status.SKIPPED);
    Scene old =
        Scene.healthy()
            .linkDestination(
                "guest-fit/cpu",
                1,
                "CPU described in /proc/self/fd/0 is incompatible with the CPU provided by"
                    + " hypervisor on the host\n",
                "");
    assertThat(old.judge("guest-cpu-on-destination").status()).isEqualTo(Status.FAIL);
  }

  @Test
  void notAskedIsNoPass() {
    for (String id :
        new String[] {
          "guest-cpu-on-destination",
          "machine-type-on-destination",
          "emulator-on-destination",
          "destination-accepts-guest",
          "guest-snapshots",
          "guest-jobs"
        }) {
      assertThat(Scene.healthy().withoutLink().judge(id).status()).as(id).isEqualTo(Status.ERROR);
    }
  }

  @Test
  void kvmGuestNeedsKvm() {
    Scene scene = Scene.healthy().guestXml("<domain type='qemu'", "<domain type='kvm'");
    Finding absent = scene.judge("kvm-available");
    assertThat(absent.status()).isEqualTo(Status.FAIL);
    assertThat(Scene.commands(absent))
        .isEqualTo("hostB.lab: modprobe kvm_amd && echo kvm_amd > /etc/modules-load.d/kvm.conf\n");
    scene.destination("cpu/kvm-device", "yes\n");
    assertThat(scene.judge("kvm-available").message()).contains("does not offer KVM for x86_64");
    scene.editDestination(
        "libvirt/capabilities",
        c -> c.replace("<domain type='qemu'/>", "<domain type='qemu'/><domain type='kvm'/>"));
    assertThat(scene.judge("kvm-available").status()).isEqualTo(Status.PASS);
  }
}
