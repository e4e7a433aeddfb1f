package org.migratecheck.lab;

import static org.migratecheck.lab.Lab.A;
import static org.migratecheck.lab.Lab.B;
import static org.migratecheck.lab.Outcome.refused;
import static org.migratecheck.lab.Requirement.GUEST;

import java.util.List;

/** The guest itself cannot be moved, or its name is taken. */
final class GuestFaults {
  private GuestFaults() {}

  static List<Fault> all() {
    return List.of(
        Fault.of("guest-not-running", GUEST, A, "virsh destroy guest")
            .check("--guest", "guest")
            .found("guest-running")
            .really(refused("domain is not running")),
        Fault.of(
                "guest-name-taken",
                GUEST,
                B,
                "printf '%s' '<domain type=\"qemu\"><name>guest</name><memory>65536</memory><os><type>hvm</type></os></domain>' >/run/other.xml && virsh -q define /run/other.xml")
            .found("guest-name-free")
            .really(refused("domain 'guest' already exists with uuid")));
  }
}
