package org.migratecheck.check.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Status;

class GuestScreensTest {
  private static Status status(GuestScene scene, String id) {
    Finding finding = scene.judge(id);
    assertThat(finding.message()).isNotBlank().doesNotContain("{");
    return finding.status();
  }

  @ParameterizedTest
  @CsvSource({
    "listen='10.77.0.12', PASS",
    "listen='0.0.0.0', PASS",
    "listen='127.0.0.1', PASS",
    "listen='::', PASS",
    "listen='hostname.lab', PASS",
    "listen='10.77.0.11', FAIL",
    "listen='fd00::11', FAIL",
    "'', PASS",
  })
  void screensNeedAnAddressOfTheDestination(String listen, Status expected) {
    GuestScene scene =
        GuestScene.with("<graphics type='vnc' port='-1' autoport='yes' " + listen + "/>");
    assertThat(status(scene, "guest-graphics")).isEqualTo(expected);
  }

  @Test
  void screenFollowsTheDestinationsConfiguration() {
    GuestScene scene =
        GuestScene.with("<graphics type='vnc' autoport='yes'/>")
            .destination("guest-services/screens", "set vnc_listen \"10.77.0.11\"\nend\n");
    Finding finding = scene.judge("guest-graphics");
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message()).contains("qemu.conf on hostB");
    assertThat(status(scene.cut("guest-services/screens"), "guest-graphics"))
        .isEqualTo(Status.ERROR);
  }

  @ParameterizedTest
  @CsvSource({"5900, no, FAIL", "5901, no, PASS", "5900, yes, PASS"})
  void fixedPortsMustBeFree(String port, String auto, Status expected) {
    GuestScene scene =
        GuestScene.with(
            "<graphics type='vnc' port='" + port + "' autoport='" + auto + "' listen='0.0.0.0'/>");
    Finding finding = scene.judge("guest-graphics");
    assertThat(finding.status()).isEqualTo(expected);
    if (expected == Status.FAIL) {
      assertThat(GuestScene.commands(finding)).contains("autoport='\\''yes'\\''");
    }
  }

  @Test
  void aPortOfAnotherAddressIsFree() {
    GuestScene scene =
        GuestScene.with("<graphics type='vnc' port='5900' autoport='no' listen='10.77.0.12'/>");
    assertThat(status(scene, "guest-graphics")).isEqualTo(Status.PASS);
  }

  @ParameterizedTest
  @CsvSource({
    "display, 5900, 5900, FAIL",
    "display, 5900, 5901, PASS",
    "display, 5950, 5940, FAIL",
    "websocket, 5900, 5900, FAIL",
    "websocket, 5900, 5901, PASS",
  })
  void automaticPortsComeFromARange(String use, String first, String last, Status expected) {
    GuestScene scene =
        GuestScene.with("<graphics type='vnc' port='-1' autoport='yes' websocket='-1'/>")
            .destination(
                "guest-services/screens",
                "set remote_%1$s_port_min %2$s\nset remote_%1$s_port_max %3$s # few\nend\n"
                    .formatted(use, first, last));
    Finding finding = scene.judge("guest-graphics");
    assertThat(finding.status()).isEqualTo(expected);
    if (expected == Status.FAIL) {
      assertThat(finding.message()).contains("0 of them are free");
      assertThat(GuestScene.commands(finding)).contains("remote_" + use + "_port_m");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "missing, FAIL",
    "stat directory|40|0:0~rights x, FAIL",
    "stat directory|40|0:0~rights xw, PASS",
  })
  void screenSocketsNeedTheirDirectory(String there, Status expected) {
    // As libvirt shows it, and as it sends it.
    for (String screen :
        List.of(
            "<graphics type='vnc'><listen type='socket' socket='/run/screens/g'/></graphics>",
            "<graphics type='vnc' socket='/run/screens/g'/>")) {
      GuestScene scene =
          GuestScene.with(screen)
              .path("/run/screens", "stat directory|40|0:0", there.replace('~', '\n'));
      assertThat(status(scene, "guest-graphics")).as(screen).isEqualTo(expected);
    }
  }

  @Test
  void screensOnNetworksAndWithoutCertificates() {
    GuestScene network =
        GuestScene.with(
            "<graphics type='spice' autoport='yes'><listen type='network'"
                + " network='admin'/></graphics>");
    assertThat(network.judge("guest-graphics").message()).contains("network admin");
    GuestScene tls =
        GuestScene.with("<graphics type='vnc' autoport='yes'/>")
            .destination(
                "guest-services/screens",
                "set vnc_tls 1\nfile /etc/pki/qemu/ca-cert.pem\ndirectory /etc/pki/qemu\nend\n");
    Finding finding = tls.judge("guest-graphics");
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message())
        .contains("/etc/pki/qemu/server-cert.pem, /etc/pki/qemu/server-key.pem");
    GuestScene lost =
        GuestScene.with("<graphics type='vnc' autoport='yes'/>")
            .source("guest-services/screens", "set vnc_tls 1\nend\n");
    assertThat(status(lost, "guest-graphics")).isEqualTo(Status.WARN);
  }
}
