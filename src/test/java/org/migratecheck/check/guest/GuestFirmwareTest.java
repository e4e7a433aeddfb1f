package org.migratecheck.check.guest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Status;

class GuestFirmwareTest {
  private static final String CODE = "/usr/share/edk2/ovmf/OVMF_CODE.fd";
  private static final String VARS = "/usr/share/edk2/ovmf/OVMF_VARS.fd";
  private static final String NVRAM = "/var/lib/libvirt/qemu/nvram";
  private static final String FILE = "stat regular file|%d|0:0";
  private static final String HERE = FILE.formatted(3653632);

  private static GuestScene uefi(String loaderThere, String nvramThere, String templateThere) {
    return GuestScene.booting(
            "<loader readonly='yes' type='pflash'>"
                + CODE
                + "</loader><nvram template='"
                + VARS
                + "'>"
                + NVRAM
                + "/web1_VARS.fd</nvram>")
        .path(CODE, HERE, loaderThere)
        .path(VARS, FILE.formatted(540672), templateThere)
        .path(NVRAM + "/web1_VARS.fd", FILE.formatted(540672), nvramThere)
        .path(NVRAM, "stat directory|40|0:0", "stat directory|40|0:0");
  }

  @ParameterizedTest
  @CsvSource({
    "stat regular file|3653632|0:0, missing, stat regular file|540672|0:0, PASS, can hold",
    "stat regular file|3653632|0:0, stat regular file|540672|0:0, missing, PASS, can hold",
    "stat regular file|1966080|0:0, missing, stat regular file|540672|0:0, FAIL, 1966080",
    "missing, missing, stat regular file|540672|0:0, FAIL, is missing",
    "stat regular file|3653632|0:0, missing, missing, FAIL, OVMF_VARS.fd",
    "stat regular file|3653632|0:0, stat regular file|131072|0:0, missing, FAIL, old file",
    "error Input/output error, missing, stat regular file|540672|0:0, ERROR, cannot be looked at",
  })
  void firmwareAndVariables(
      String loader, String nvram, String template, Status expected, String words) {
    Finding finding = uefi(loader, nvram, template).judge("guest-firmware");
    assertThat(finding.status()).as(finding.message()).isEqualTo(expected);
    assertThat(finding.message()).contains(words);
  }

  @ParameterizedTest
  @CsvSource({
    "missing, FAIL",
    "stat directory|40|0:0~rights w, FAIL",
    "stat directory|40|0:0~rights x, PASS",
  })
  void variablesInADirectoryOfTheirOwn(String directory, Status expected) {
    GuestScene scene =
        GuestScene.booting("<nvram>/srv/nvram/web1.fd</nvram>")
            .path("/srv/nvram/web1.fd", FILE.formatted(540672), "missing")
            .path("/srv/nvram", "stat directory|40|0:0", directory.replace('~', '\n'));
    Finding finding = scene.judge("guest-firmware");
    assertThat(finding.status()).as(finding.message()).isEqualTo(expected);
  }

  @Test
  void kernelsOfTheHost() {
    String kernel = "<kernel>/boot/guest</kernel>";
    String one = "stat regular file|9|0:0\nsha256 " + "ab".repeat(32);
    String two = "stat regular file|9|0:0\nsha256 " + "cd".repeat(32);
    GuestScene same = GuestScene.booting(kernel).path("/boot/guest", one, one);
    assertThat(same.judge("guest-boot-files").status()).isEqualTo(Status.PASS);
    GuestScene differs = GuestScene.booting(kernel).path("/boot/guest", one, two);
    assertThat(differs.judge("guest-boot-files").status()).isEqualTo(Status.WARN);
    GuestScene notLookedAt = GuestScene.booting(kernel);
    assertThat(notLookedAt.judge("guest-boot-files").status()).isEqualTo(Status.ERROR);
  }

  @Test
  void romsAreComparedAsMemory() {
    assertThat(GuestScene.with("").judge("guest-roms").status()).isEqualTo(Status.PASS);
    GuestScene fits =
        GuestScene.with("").romsThere("rom 247296 /usr/share/ipxe/qemu/efi-virtio.rom");
    assertThat(fits.judge("guest-roms").status()).isEqualTo(Status.PASS);
    Finding smaller =
        GuestScene.with("")
            .romsThere("rom 75264 /usr/share/ipxe/qemu/efi-virtio.rom")
            .judge("guest-roms");
    assertThat(smaller.status()).isEqualTo(Status.FAIL);
    assertThat(smaller.message()).contains("75264 bytes");
    Finding missing = GuestScene.with("").romsThere().judge("guest-roms");
    assertThat(missing.status()).isEqualTo(Status.ERROR); // an empty line is no ROM
    Finding other = GuestScene.with("").romsThere("rom 1 /usr/share/other.rom").judge("guest-roms");
    assertThat(other.message()).contains("efi-virtio.rom").contains("is missing");
    assertThat(GuestScene.with("").cut("guest-files/roms.1").judge("guest-roms").status())
        .isEqualTo(Status.ERROR);
  }

  @Test
  void romsOfTheDefinition() {
    String card =
        "<interface type='bridge'><model type='virtio'/><rom file='/srv/x.rom'/></interface>";
    String large = "stat regular file|65536|0:0";
    GuestScene fits =
        GuestScene.with(card).path("/srv/x.rom", large, "stat regular file|65000|0:0");
    assertThat(fits.judge("guest-roms").status()).isEqualTo(Status.PASS);
    GuestScene small =
        GuestScene.with(card).path("/srv/x.rom", large, "stat regular file|4096|0:0");
    Finding finding = small.judge("guest-roms");
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message()).contains("/srv/x.rom").contains("4096 bytes");
    assertThat(GuestScene.with(card).judge("guest-roms").status()).isEqualTo(Status.ERROR);
  }

  @Test
  void keyMapsOfVncScreens() {
    String card = "rom 250368 /usr/share/ipxe/qemu/efi-virtio.rom";
    String map = "rom 729 /usr/share/qemu/keymaps/en-us";
    GuestScene scene = GuestScene.with("<graphics type='vnc'/>").romsHere(card, map);
    assertThat(scene.romsThere(card, map).judge("guest-roms").status()).isEqualTo(Status.PASS);
    // Not of the same size, for it is no memory of the guest.
    assertThat(scene.romsThere(card, map.replace("729", "9")).judge("guest-roms").status())
        .isEqualTo(Status.PASS);
    Finding missing = scene.romsThere(card).judge("guest-roms");
    assertThat(missing.status()).isEqualTo(Status.FAIL);
    assertThat(missing.message()).contains("key maps, such as en-us");
  }

  @Test
  void cardsWithoutOrWithTheirOwnRom() {
    GuestScene scene =
        GuestScene.with(
                "<interface type='bridge'><model type='e1000'/><rom bar='off'/></interface>"
                    + "<video><model type='vga'/><rom file='/srv/v.rom'/></video>")
            .path("/srv/v.rom", FILE.formatted(9), FILE.formatted(9))
            .romsThere("rom 250368 /usr/share/ipxe/qemu/efi-virtio.rom");
    assertThat(scene.judge("guest-roms").status()).isEqualTo(Status.PASS);
  }
}
