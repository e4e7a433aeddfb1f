package org.migratecheck.lab;

import static org.migratecheck.lab.Lab.A;
import static org.migratecheck.lab.Lab.B;
import static org.migratecheck.lab.Lab.SHARED;
import static org.migratecheck.lab.Outcome.damages;
import static org.migratecheck.lab.Outcome.notLookedAt;
import static org.migratecheck.lab.Outcome.refused;
import static org.migratecheck.lab.Requirement.STORAGE;

import java.util.List;
import java.util.stream.Stream;

/** What is wrong with a disk itself: its image, its chain, its secret, its locks, its place. */
final class DiskFaults {
  private static final String QCOW2 = SHARED + "/guest.qcow2";
  private static final String DATA = "/var/lib/libvirt/images/data.raw";
  private static final String SECRET = "11111111-2222-4333-8444-555555555555";
  private static final String COPY =
      "virsh blockcopy guest vda "
          + SHARED
          + "/copy.img --format raw --transient-job --pivot --wait";
  private static final String VOLUME =
      "<disk type=\"volume\" device=\"disk\"><driver name=\"qemu\" type=\"raw\""
          + " cache=\"none\"/><source pool=\"shared\" volume=\"disk.img\"/><target dev=\"vda\""
          + " bus=\"virtio\"/></disk>";

  private DiskFaults() {}

  static List<Fault> all() {
    return Stream.of(images(), volumes(), secrets(), locks(), places())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Fault> images() {
    return List.of(
        Fault.of("backing-format-vmdk", STORAGE, lab -> {})
            .prepare(
                lab ->
                    lab.must(
                        A,
                        "cd "
                            + SHARED
                            + " && qemu-img create -q -f vmdk base.vmdk 16M && qemu-img create -q"
                            + " -f qcow2 -b base.vmdk -F vmdk guest.qcow2"))
            .guest("--disk", QCOW2, "--format", "qcow2")
            .found("disk-migratable")
            .really(refused("The vmdk format used by node")),
        Fault.of("data-file-is-local", STORAGE, lab -> {})
            .prepare(DiskFaults::dataFile)
            .guest("--disk", QCOW2, "--format", "qcow2")
            .found("disk-chain")
            .really(refused("Could not open '" + DATA + "': No such file or directory"))
            .mendedBy(lab -> lab.must(A, COPY)),
        Fault.of(
                "data-file-copied",
                STORAGE,
                B,
                "truncate -s 16M " + DATA + " && chown qemu:qemu " + DATA)
            .prepare(DiskFaults::dataFile)
            .guest("--disk", QCOW2, "--format", "qcow2")
            .found("disk-chain")
            .really(
                damages(
                    "the guest writes to a private data file",
                    lab -> lab.on(B, "head -c 4 " + DATA + " | grep -q tick").ok()))
            .mendedBy(lab -> lab.must(A, COPY)));
  }

  /** A qcow2 image on shared storage whose data are in a raw file on hostA's own disk. */
  private static void dataFile(Lab lab) {
    lab.must(
        A,
        "qemu-img create -q -f qcow2 -o data_file="
            + DATA
            + ",data_file_raw=on "
            + QCOW2
            + " 16M && chown qemu:qemu "
            + DATA);
  }

  private static List<Fault> volumes() {
    String destroy = "virsh -q pool-destroy shared";
    return List.of(
        volume("volume-not-refreshed", "true", true)
            .found("storage-volumes")
            .really(refused("no storage vol with matching name 'disk.img'")),
        volume("volume-pool-inactive", destroy, false)
            .found("storage-volumes", "storage-pools")
            .really(refused("storage pool 'shared' containing volume 'disk.img' is not active")),
        volume("volume-pool-missing", destroy + " && virsh -q pool-undefine shared", false)
            .found("storage-volumes", "storage-pools")
            .really(refused("no storage pool with matching name 'shared'")),
        volume(
                "volume-pool-elsewhere",
                destroy
                    + " && virsh -q pool-undefine shared && mkdir -p /srv/pool && truncate -s 16M"
                    + " /srv/pool/disk.img && virsh -q pool-define-as shared dir --target /srv/pool"
                    + " && virsh -q pool-start shared",
                false)
            .found("storage-volumes", "storage-pools")
            .really(
                damages(
                    "the guest writes to another volume of that name",
                    lab -> lab.on(B, "head -c 4 /srv/pool/disk.img | grep -q tick").ok())));
  }

  /** A guest on a volume; hostB's pool is as old as the volume, or older. */
  private static Fault volume(String id, String onB, boolean stale) {
    String pool =
        "virsh -q pool-define-as shared dir --target "
            + SHARED
            + " && virsh -q pool-start shared && virsh -q pool-autostart shared";
    return Fault.of(id, STORAGE, B, onB)
        .prepare(
            lab -> {
              lab.must(B, pool);
              lab.must(A, pool + " && virsh -q vol-create-as shared disk.img 16M");
              if (!stale) {
                lab.must(B, "virsh -q pool-refresh shared");
              }
            })
        .guest("--no-disk", "--device", VOLUME);
  }

  private static List<Fault> secrets() {
    String define = "virsh -q secret-define /run/secret.xml";
    String value = "virsh -q secret-set-value " + SECRET + " --base64 c2VjcmV0";
    return List.of(
        encrypted("secret-missing", "true")
            .really(refused("no secret with matching uuid '" + SECRET + "'"))
            .mendedBy(lab -> lab.must(B, define + " && " + value)),
        encrypted("secret-without-value", define)
            .really(refused("secret '" + SECRET + "' does not have a value"))
            .mendedBy(lab -> lab.must(B, value)));
  }

  private static Fault encrypted(String id, String onB) {
    String xml =
        "printf '%s' '<secret ephemeral=\"no\" private=\"no\"><uuid>"
            + SECRET
            + "</uuid><usage type=\"volume\"><volume>disk</volume></usage></secret>'"
            + " >/run/secret.xml";
    return Fault.of(id, STORAGE, B, onB)
        .prepare(
            lab -> {
              lab.must(B, xml);
              lab.must(
                  A,
                  xml
                      + " && printf secret >/run/key && qemu-img create -q -f luks --object"
                      + " secret,id=s,file=/run/key -o key-secret=s,iter-time=100 "
                      + SHARED
                      + "/guest.luks 16M && virsh -q secret-define /run/secret.xml"
                      + " && virsh -q secret-set-value "
                      + SECRET
                      + " --base64 c2VjcmV0");
            })
        .guest(
            "--disk",
            SHARED + "/guest.luks",
            "--sed",
            "s|\\(<source file='[^']*'\\)/>|\\1><encryption format='luks'><secret type='passphrase'"
                + " uuid='"
                + SECRET
                + "'/></encryption></source>|")
        .found("disk-secrets");
  }

  private static List<Fault> locks() {
    String lockd =
        "echo 'lock_manager = \"lockd\"' >>/etc/libvirt/qemu.conf && virtlockd -d -p"
            + " /run/virtlockd.pid && systemctl restart libvirtd";
    // Nobody else may write; as a backup that has the image open on the other host.
    String lock =
        "printf '%s\\n' 'import fcntl,os,struct,time' 'fd=os.open(\""
            + SHARED
            + "/guest.img\",os.O_RDWR)' 'fcntl.fcntl(fd,37,struct.pack(\"hhqqi4x\",0,0,201,1,0))'"
            + " 'open(\"/run/backup.locked\",\"w\")' 'time.sleep(600)' >/run/backup.py && {"
            + " python3 /run/backup.py >/dev/null 2>&1 & echo $! >/run/backup.pid; timeout 20 sh -c"
            + " 'until [ -e /run/backup.locked ]; do sleep 0.1; done'; }";
    return List.of(
        Fault.of("image-locked", STORAGE, B, lock)
            .found("disk-locked")
            .really(refused("Failed to get \"write\" lock"))
            .mendedBy(
                lab -> {
                  lab.must(B, "kill $(cat /run/backup.pid); sleep 1");
                  // It is stopped on both hosts after such a failure.
                  lab.must(A, "virsh -q resume guest");
                }),
        Fault.of(
                "image-open-without-locks",
                STORAGE,
                B,
                "qemu-nbd --fork --pid-file /run/nbd.pid -k /run/nbd.sock -t --image-opts"
                    + " driver=raw,file.driver=file,file.locking=off,file.filename="
                    + SHARED
                    + "/guest.img")
            .found("disk-locked")
            .really(notLookedAt())
            .mendedBy(lab -> lab.must(B, "kill $(cat /run/nbd.pid); sleep 1")),
        Fault.of(
                "lock-daemon-down",
                STORAGE,
                B,
                "kill $(cat /run/virtlockd.pid); sleep 0.5; rm -f /run/virtlockd.pid"
                    + " /run/libvirt/virtlockd-sock")
            .onBoth(lockd)
            .found("lock-daemon")
            .really(refused("Failed to connect socket to '/run/libvirt/virtlockd-sock'")),
        Fault.of("lock-managers-differ", STORAGE, B, lockd)
            .found("lock-manager-equal")
            .warned()
            .really(notLookedAt())
            .mendedBy(
                lab ->
                    lab.must(
                        B,
                        "sed -i /lock_manager/d /etc/libvirt/qemu.conf && systemctl restart"
                            + " libvirtd")),
        Fault.of(
                "other-guest-starts-with-it",
                STORAGE,
                lab -> {
                  lab.must(B, "ln -s " + SHARED + "/guest.img /srv/other.img");
                  lab.guest(B, "other", List.of("--disk", "/srv/other.img", "--define"));
                  lab.must(B, "virsh -q autostart other");
                })
            .found("disk-in-use")
            .warned()
            .really(notLookedAt()));
  }

  private static List<Fault> places() {
    String images = SHARED + "/web";
    return List.of(
        Fault.of("directory-closed", STORAGE, B, "chmod 700 /var/lib/libvirt/images")
            .found("disk-access")
            .really(refused("Permission denied")),
        Fault.of(
                "symlink-elsewhere",
                STORAGE,
                B,
                "mkdir -p /srv/own && truncate -s 16M /srv/own/guest.img && ln -sfn /srv/own"
                    + " /srv/web")
            .prepare(
                lab -> {
                  lab.must(A, "mkdir -p " + images + " && ln -s " + images + " /srv/web");
                  lab.must(B, "ln -s " + images + " /srv/web");
                })
            .guest("--disk", "/srv/web/guest.img")
            .found("same-storage")
            .really(
                damages(
                    "the guest writes to a private copy",
                    lab -> lab.on(B, "head -c 4 /srv/own/guest.img | grep -q tick").ok()))
            .mendedBy(lab -> lab.must(B, "ln -sfn " + images + " /srv/web")),
        Fault.of(
                "other-directory-bound",
                STORAGE,
                B,
                "mkdir -p /srv/own && truncate -s 16M /srv/own/guest.img && mount --bind /srv/own "
                    + images)
            .prepare(lab -> lab.must(A, "mkdir -p " + images))
            .guest("--disk", images + "/guest.img")
            .found("same-storage")
            .really(
                damages(
                    "the guest writes to a private copy",
                    lab -> lab.on(B, "head -c 4 /srv/own/guest.img | grep -q tick").ok())));
  }
}
