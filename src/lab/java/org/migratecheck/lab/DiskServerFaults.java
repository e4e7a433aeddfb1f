package org.migratecheck.lab;

import static org.migratecheck.lab.Lab.A;
import static org.migratecheck.lab.Lab.B;
import static org.migratecheck.lab.Lab.SHARED;
import static org.migratecheck.lab.Lab.STORE;
import static org.migratecheck.lab.Outcome.damages;
import static org.migratecheck.lab.Outcome.hangs;
import static org.migratecheck.lab.Outcome.refused;
import static org.migratecheck.lab.Requirement.STORAGE;

import java.util.List;

/**
 * What is wrong with disks that QEMU reaches over the network, or through a process of its host.
 */
final class DiskServerFaults {
  private static final String SOCKET = "/run/disk.sock";
  private static final String ISCSI =
      "<disk type=\"network\" device=\"disk\"><driver name=\"qemu\" type=\"raw\""
          + " cache=\"none\"/><source protocol=\"iscsi\""
          + " name=\"iqn.2026-01.lab.store:disks/1\"><host name=\"store.lab\""
          + " port=\"3260\"/></source><target dev=\"vda\" bus=\"virtio\"/></disk>";
  private static final String VHOST_USER =
      "<disk type=\"vhostuser\" device=\"disk\"><driver name=\"qemu\" type=\"raw\"/><source"
          + " type=\"unix\" path=\""
          + SOCKET
          + "\"/><target dev=\"vda\" bus=\"virtio\"/></disk>";

  private DiskServerFaults() {}

  static List<Fault> all() {
    String own =
        "truncate -s 8M /srv/own.img && qemu-nbd --fork -f raw -t -x disk --shared=0 -p 10809"
            + " /srv/own.img && sed -i '/nbd.lab/d' /etc/hosts && echo '10.77.0.12 nbd.lab'"
            + " >>/etc/hosts";
    return List.of(
        Fault.of(
                "iscsi-not-allowed",
                STORAGE,
                STORE,
                tgt("unbind", "ALL") + " && " + tgt("bind", "10.77.0.11"))
            .prepare(DiskServerFaults::target)
            .guest("--no-disk", "--device", ISCSI)
            .found("disk-opens")
            .really(refused("iSCSI: Failed to connect to LUN"))
            .mendedBy(lab -> lab.must(STORE, tgt("bind", "ALL"))),
        Fault.of("nbd-serves-one-client", STORAGE, lab -> {})
            .prepare(lab -> export(lab, "--shared=1"))
            .guest("--no-disk", "--device", nbd())
            .found("disk-opens")
            .really(hangs())
            .mendedBy(
                lab -> {
                  lab.must(A, "virsh -q destroy guest");
                  export(lab, "--shared=0");
                  lab.must(A, "virsh -q start guest");
                }),
        Fault.of("nbd-other-server", STORAGE, B, own)
            .prepare(lab -> export(lab, "--shared=0"))
            .guest("--no-disk", "--device", nbd())
            .found("disk-opens")
            .really(
                damages(
                    "the guest writes to another server",
                    lab -> lab.on(B, "head -c 4 /srv/own.img | grep -q tick").ok()))
            .mendedBy(
                lab ->
                    lab.must(
                        B,
                        "sed -i '/nbd.lab/d' /etc/hosts && echo '10.77.0.19 nbd.lab'"
                            + " >>/etc/hosts")),
        Fault.of("nbd-export-missing", STORAGE, B, own.replace("-x disk", "-x other"))
            .prepare(lab -> export(lab, "--shared=0"))
            .guest("--no-disk", "--device", nbd())
            .found("disk-opens")
            .really(refused("export 'disk' not"))
            .mendedBy(
                lab ->
                    lab.must(
                        B,
                        "sed -i '/nbd.lab/d' /etc/hosts && echo '10.77.0.19 nbd.lab'"
                            + " >>/etc/hosts")),
        Fault.of("vhost-user-socket-missing", STORAGE, lab -> {})
            .prepare(lab -> serve(lab, A))
            .guest(
                "--no-disk",
                "--device",
                VHOST_USER,
                "--sed",
                "s|<features>|<memoryBacking><source type='memfd'/><access"
                    + " mode='shared'/></memoryBacking>&|")
            .found("storage-network-disks")
            .really(refused("Failed to connect to '" + SOCKET + "'"))
            .mendedBy(lab -> serve(lab, B)));
  }

  private static String nbd() {
    return "<disk type=\"network\" device=\"disk\"><driver name=\"qemu\" type=\"raw\""
        + " cache=\"none\"/><source protocol=\"nbd\" name=\"disk\"><host name=\"nbd.lab\""
        + " port=\"10809\"/></source><target dev=\"vda\" bus=\"virtio\"/></disk>";
  }

  private static void export(Lab lab, String shared) {
    for (String host : List.of(A, B)) {
      lab.must(host, "grep -q nbd.lab /etc/hosts || echo '10.77.0.19 nbd.lab' >>/etc/hosts");
    }
    lab.must(
        STORE,
        "! [ -e /run/nbd.pid ] || { kill $(cat /run/nbd.pid); sleep 0.5; rm -f /run/nbd.pid; };"
            + " truncate -s 16M /srv/nbd.img && qemu-nbd --fork --pid-file /run/nbd.pid -f raw -t"
            + " -x disk -p 10809 "
            + shared
            + " /srv/nbd.img");
  }

  private static void serve(Lab lab, String host) {
    lab.must(
        host,
        "truncate -s 16M "
            + SHARED
            + "/vhost.img && qemu-storage-daemon --daemonize --blockdev"
            + " file,node-name=f,locking=off,filename="
            + SHARED
            + "/vhost.img --export"
            + " vhost-user-blk,id=e,node-name=f,writable=on,addr.type=unix,addr.path="
            + SOCKET
            + " && chmod 777 "
            + SOCKET);
  }

  private static void target(Lab lab) {
    lab.must(
        STORE,
        "[ -e /run/tgtd.pid ] || { truncate -s 16M /srv/iscsi.img; tgtd --pid-file /run/tgtd.pid"
            + " >/dev/null 2>&1; sleep 1; tgtadm --lld iscsi --mode target --op new --tid 1 -T"
            + " iqn.2026-01.lab.store:disks && tgtadm --lld iscsi --mode logicalunit --op new --tid"
            + " 1 --lun 1 -b /srv/iscsi.img; }; for address in ALL 10.77.0.11; do tgtadm --lld"
            + " iscsi --mode target --op unbind --tid 1 -I $address 2>/dev/null; done; "
            + tgt("bind", "ALL"));
  }

  private static String tgt(String verb, String address) {
    return "tgtadm --lld iscsi --mode target --op " + verb + " --tid 1 -I " + address;
  }
}
