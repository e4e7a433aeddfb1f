package org.migratecheck.lab;

import static org.migratecheck.lab.Lab.A;
import static org.migratecheck.lab.Lab.B;
import static org.migratecheck.lab.Outcome.damages;
import static org.migratecheck.lab.Outcome.hangs;
import static org.migratecheck.lab.Outcome.mayDie;
import static org.migratecheck.lab.Outcome.moves;
import static org.migratecheck.lab.Outcome.notLookedAt;
import static org.migratecheck.lab.Outcome.refused;
import static org.migratecheck.lab.Requirement.GUEST;

import java.util.List;
import java.util.stream.Stream;

/** The guest's state, and what is left of it on the hosts before and after the move. */
final class LeftoverFaults {
  private static final String DEFINE_THERE =
      "virsh dumpxml --inactive guest | %s ssh root@hostB 'cat >/run/g.xml && virsh -q define"
          + " /run/g.xml'";
  private static final String QCOW = "/var/lib/libvirt/images/shared/guest.qcow2";

  private LeftoverFaults() {}

  static List<Fault> all() {
    return Stream.of(states(), leftovers()).flatMap(List::stream).toList();
  }

  private static List<Fault> states() {
    return List.of(
        Fault.of("snapshot", GUEST, A, "virsh -q snapshot-create-as guest before")
            .guest("--disk", QCOW, "--format", "qcow2")
            .prepare(LeftoverFaults::qcow)
            .found("guest-snapshots")
            .really(refused("cannot migrate domain with 1 snapshots")),
        Fault.of(
                "block-job",
                GUEST,
                A,
                "virsh -q blockcopy guest vda /var/lib/libvirt/images/shared/copy.img --format raw"
                    + " --transient-job")
            .found("guest-jobs")
            .really(refused("domain has active block job")),
        Fault.of(
                "same-uuid-other-name",
                GUEST,
                A,
                DEFINE_THERE.formatted("sed 's|<name>guest<|<name>twin<|' |"))
            .found("guest-name-free")
            .really(refused("is already defined with uuid")),
        Fault.of(
                "same-name-running",
                GUEST,
                B,
                "printf '%s' '<domain"
                    + " type=\"qemu\"><name>guest</name><memory>65536</memory><os><type>hvm</type></os></domain>'"
                    + " >/run/o.xml && virsh -q create /run/o.xml")
            .found("guest-name-free")
            .really(refused("already exists with uuid"))
            .mendedBy(lab -> lab.must(B, "virsh -q destroy guest")),
        Fault.of("speed-limit-left", GUEST, A, "virsh migrate-setspeed guest 1")
            .guest("--linux")
            .found("guest-speed")
            .warned()
            .really(hangs()),
        Fault.of("pause-limit-left", GUEST, A, "virsh migrate-setmaxdowntime guest 30000")
            .found("guest-pause-limit")
            .warned()
            .really(moves()));
  }

  private static void qcow(Lab lab) {
    lab.must(A, "qemu-img create -q -f qcow2 " + QCOW + " 16M");
  }

  private static List<Fault> leftovers() {
    return List.of(
        Fault.of("managed-save-there", GUEST, LeftoverFaults::savedThere)
            .found("guest-managed-save")
            .warned()
            .really(
                damages(
                    "the old memory is still there for the next start",
                    lab ->
                        lab.on(A, "virsh -q list --all --name | grep -qx guest").ok()
                            && lab.on(B, "virsh -q domstate guest | grep -q running").ok()
                            && lab.on(B, "test -e /var/lib/libvirt/qemu/save/guest.save").ok())),
        Fault.of("checkpoint", GUEST, A, "virsh -q checkpoint-create-as guest monday")
            .guest("--disk", QCOW, "--format", "qcow2")
            .prepare(LeftoverFaults::qcow)
            .found("guest-checkpoints")
            .really(mayDie("Could not reopen qcow2 layer")),
        Fault.of(
                "old-definition-there",
                GUEST,
                A,
                DEFINE_THERE.formatted("sed 's|<vcpu[^>]*>1<|<vcpu>2<|' |"))
            .found("guest-definition-there")
            .warned()
            .really(
                damages(
                    "the old definition is used at the next start",
                    lab ->
                        lab.on(B, "virsh -q domstate guest | grep -q running").ok()
                            && lab.on(B, "virsh dumpxml --inactive guest | grep -q '>2</vcpu>'")
                                .ok())),
        Fault.of(
                "changed-definition",
                GUEST,
                A,
                "virsh -q setmem guest 24M --config && virsh -q setmaxmem guest 24M --config")
            .found("guest-pending-change")
            .warned()
            .really(notLookedAt()),
        Fault.of("autostart-left", GUEST, A, "virsh -q autostart guest")
            .found("guest-autostart")
            .warned()
            .really(
                damages(
                    "the source would start it again",
                    lab ->
                        lab.on(B, "virsh -q dominfo guest | grep -q 'Autostart:.*disable'").ok()
                            && lab.on(A, "virsh -q dominfo guest | grep -q 'Autostart:.*enable'")
                                .ok())),
        Fault.of(
                "restart-list-left",
                GUEST,
                A,
                "mkdir -p /etc/default && echo ON_BOOT=start >/etc/default/libvirt-guests && echo"
                    + " default $(virsh domuuid guest) >/var/lib/libvirt/libvirt-guests")
            .guest("--no-disk")
            .found("guest-restart")
            .warned()
            .really(
                damages(
                    "libvirt-guests starts it a second time",
                    lab -> {
                      lab.on(
                          A,
                          "virsh -q domstate guest | grep -q 'shut off' && LC_ALL=C"
                              + " /usr/lib/libvirt/libvirt-guests.sh start");
                      return lab.on(A, "virsh -q domstate guest | grep -q running").ok()
                          && lab.on(B, "virsh -q domstate guest | grep -q running").ok();
                    })),
        Fault.of("transient-guest", GUEST, A, "virsh -q undefine guest")
            .found("guest-transient")
            .warned()
            .really(
                damages(
                    "nothing is left when it shuts down",
                    lab -> lab.on(B, "virsh -q dominfo guest | grep -q 'Persistent:.*no'").ok())),
        Fault.of(
                "owned-by-pacemaker",
                GUEST,
                A,
                "mkdir -p /var/lib/pacemaker/cib && printf '%s\\n"
                    + "' '<cib><configuration><resources><primitive id=\"vm\" class=\"ocf\""
                    + " provider=\"heartbeat\" type=\"VirtualDomain\"><instance_attributes"
                    + " id=\"a\"><nvpair id=\"c\" name=\"config\""
                    + " value=\"/etc/libvirt/qemu/guest.xml\"/></instance_attributes></primitive></resources></configuration></cib>'"
                    + " >/var/lib/pacemaker/cib/cib.xml")
            .found("guest-owner")
            .warned()
            .really(notLookedAt())
            .mendedBy(lab -> lab.must(A, "rm /var/lib/pacemaker/cib/cib.xml")));
  }

  /** The guest ran on the destination once, was saved there, and was started on the source. */
  private static void savedThere(Lab lab) {
    lab.must(A, "virsh -q destroy guest");
    lab.must(A, DEFINE_THERE.formatted(""));
    lab.must(B, "virsh -q start guest && virsh -q managedsave guest");
    lab.must(A, "virsh -q start guest");
  }
}
