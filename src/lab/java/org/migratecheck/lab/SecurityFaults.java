package org.migratecheck.lab;

import static org.migratecheck.lab.Lab.A;
import static org.migratecheck.lab.Lab.B;
import static org.migratecheck.lab.Lab.SHARED;
import static org.migratecheck.lab.Outcome.notLookedAt;
import static org.migratecheck.lab.Outcome.refused;
import static org.migratecheck.lab.Requirement.STORAGE;

import java.util.List;

/** Users, rights and libvirt's own settings differ. SELinux and AppArmor this lab cannot have. */
final class SecurityFaults {
  private static final String CONF = "/etc/libvirt/qemu.conf";
  private static final String RESTART = " && systemctl restart libvirtd";

  /** Makes the user and the group that {@link #LABELLED} names. */
  static final String LABEL_OWNER =
      "groupadd --gid 993 vm-group && useradd --uid 994 --no-user-group --no-create-home vm-user";

  /** Lets QEMU run as a user of the guest's own. */
  static final String LABELLED =
      "s|</domain>|<seclabel type='static' model='dac' relabel='yes'>"
          + "<label>vm-user:vm-group</label></seclabel></domain>|";

  private SecurityFaults() {}

  static List<Fault> all() {
    return List.of(
        Fault.of(
                "qemu-user-cannot-read",
                STORAGE,
                B,
                "sed -i -e 's/^user = .*/user = \"+1234\"/' -e 's/^group = .*/group = \"+1234\"/' "
                    + CONF
                    + " && echo 'dynamic_ownership = 0' >>"
                    + CONF
                    + RESTART
                    + " && chmod 600 "
                    + SHARED
                    + "/guest.img")
            .found("disk-access")
            .really(refused("Permission denied"))
            .mendedBy(
                lab ->
                    lab.must(
                        B,
                        "sed -i -e 's/^user = .*/user = \"qemu\"/' -e 's/^group = .*/group ="
                            + " \"qemu\"/' -e /dynamic_ownership/d "
                            + CONF
                            + RESTART)),
        Fault.of(
                "qemu-user-differs",
                STORAGE,
                B,
                "sed -i -e 's/^user = .*/user = \"+1234\"/' " + CONF + RESTART)
            .found("qemu-user-equal")
            .warned()
            .really(notLookedAt())
            .mendedBy(
                lab -> lab.must(B, "sed -i -e 's/^user = .*/user = \"qemu\"/' " + CONF + RESTART)),
        Fault.of("label-owner-missing", STORAGE, B, "userdel vm-user && groupdel vm-group")
            .onBoth(LABEL_OWNER)
            .guest("--sed", LABELLED)
            .found("label-owners")
            .really(refused("Failed to parse")),
        Fault.of(
                "owner-is-not-changed",
                STORAGE,
                B,
                "echo 'dynamic_ownership = 0' >>"
                    + CONF
                    + RESTART
                    + " && chown 0:0 "
                    + SHARED
                    + "/guest.img && chmod 600 "
                    + SHARED
                    + "/guest.img")
            .found("disk-access")
            .really(refused("Permission denied"))
            .mendedBy(lab -> lab.must(A, "chown qemu:qemu " + SHARED + "/guest.img")),
        Fault.of("qemu-conf-differs", STORAGE, B, "echo 'max_files = 4096' >>" + CONF)
            .found("qemu-conf")
            .warned()
            .really(notLookedAt())
            .mendedBy(lab -> lab.must(B, "sed -i /max_files/d " + CONF)),
        Fault.of("crypto-policy-differs", STORAGE, B, policy("FUTURE"))
            .onBoth(policy("DEFAULT"))
            .found("crypto-policy")
            .warned()
            .really(notLookedAt())
            .mendedBy(lab -> lab.must(B, policy("DEFAULT"))));
  }

  private static String policy(String name) {
    return "mkdir -p /etc/crypto-policies/state && echo "
        + name
        + " >/etc/crypto-policies/state/current";
  }
}
