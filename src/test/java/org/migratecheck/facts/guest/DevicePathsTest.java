package org.migratecheck.facts.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.Xml;

/** The paths of the host that a guest's devices name. */
final class DevicePathsTest {
  @Test
  void aDeviceIsCalledWhatItIsCalledNowThoughItIsSentWithoutName() {
    String device =
        "<domain><devices><rng model='virtio'><backend"
            + " model='random'>/dev/hwrng</backend>%s</rng></devices></domain>";
    Guest guest =
        new Guest(
            "4c4c4544-1000-4000-8000-000000000032",
            "web1",
            "running",
            false,
            true,
            Xml.parse("guest", device.formatted("<alias name='rng0'/>")),
            Optional.empty(),
            Optional.of(Xml.parse("guest", device.formatted(""))));
    assertThat(DevicePaths.of(guest))
        .containsExactly(
            new DevicePath(DevicePath.Need.READ, "random number generator", "rng0", "/dev/hwrng"));
  }
}
