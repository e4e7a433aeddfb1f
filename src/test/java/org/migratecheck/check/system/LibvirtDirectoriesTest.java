package org.migratecheck.check.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Status;

/** The destination's libvirt cannot use its own directories; outputs are those of lab hosts. */
class LibvirtDirectoriesTest {
  private static final String ETC = "directory\t/etc/libvirt/qemu\n";
  private static final String LIB = "directory\t/var/lib/libvirt/qemu\n";

  private static Finding judge(String lines) {
    return Scene.healthy()
        .linkDestinationPart("libvirt-directories/directories", lines)
        .judge("libvirt-directories");
  }

  @Test
  void usable() {
    assertThat(judge(ETC + LIB + "end\n").status()).isEqualTo(Status.PASS);
    assertThat(judge("not-root\nend\n").status()).isEqualTo(Status.SKIPPED);
  }

  @Test
  void readOnly() {
    Finding mount = judge(ETC + "read-only\tmount\t/etc\n" + LIB + "end\n");
    assertThat(mount.status()).isEqualTo(Status.FAIL);
    assertThat(Scene.commands(mount)).isEqualTo("hostB.lab: mount -o remount,bind,rw /etc\n");
    assertThat(Scene.commands(judge(ETC + "read-only\timmutable\t/\nend\n")))
        .isEqualTo("hostB.lab: chattr -i /etc/libvirt/qemu\n");
    assertThat(Scene.commands(judge("missing\t/var/log/libvirt/qemu\n" + LIB + "end\n")))
        .isEqualTo("hostB.lab: mkdir -p -m 0700 /var/log/libvirt/qemu\n");
    Finding whole = judge(ETC + LIB + "read-only\tfs\t/var\nend\n");
    assertThat(whole.status()).isEqualTo(Status.FAIL);
    assertThat(whole.message()).contains("/var/lib/libvirt/qemu").contains("at /var is read-only");
    assertThat(Scene.commands(whole)).isEqualTo("hostB.lab: mount -o remount,rw /var\n");
  }

  @Test
  void closedToTheUserOfQemu() {
    Finding own = judge(LIB + "closed\t/var/lib/libvirt/qemu\t107\t36\nend\n");
    assertThat(own.status()).isEqualTo(Status.FAIL);
    assertThat(Scene.commands(own))
        .isEqualTo(
            "hostB.lab: chown 107:36 /var/lib/libvirt/qemu && chmod u+rwx /var/lib/libvirt/qemu\n");
    assertThat(Scene.commands(judge(LIB + "closed\t/var/lib\t107\t107\nend\n")))
        .isEqualTo("hostB.lab: chmod o+x /var/lib\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "end\n",
        ETC,
        "read-only\tfs\t/\nend\n",
        ETC + "read-only\tfs\nend\n",
        ETC + "closed\t/x\t0\tme\nend\n",
        "<html>\nend\n"
      })
  void whatCannotBeReadIsAnError(String lines) {
    assertThat(judge(lines).status()).isEqualTo(Status.ERROR);
  }
}
