package org.migratecheck.check.storage;

import static org.migratecheck.check.storage.StorageScene.IMAGE;
import static org.migratecheck.check.storage.StorageScene.SHARED;

import org.junit.jupiter.api.Test;

/** NFS, disks that QEMU reaches over the network by itself, and the secrets that these need. */
final class NetworkStorageTest {
  private static final String SECRET = "9c4e5b1a-7d22-4f0e-9a0b-3d6f2c1e8a55";
  private static final String SERVERS = "storage-servers/0";
  private static final String MISSING =
      "path "
          + SHARED
          + "/web1.img\nreal "
          + SHARED
          + "/web1.img\nmount "
          + StorageScene.ROOT_MOUNT;

  @Test
  void nfsIsTheSame() {
    Expect.pass(
        StorageScene.nfs().judge("storage-nfs"),
        "All 1 images of web1 on NFS are the same on hostA and hostB");
  }

  @Test
  void noNfs() {
    Expect.skipped(StorageScene.healthy().judge("storage-nfs"), "web1 has no image on NFS");
  }

  @Test
  void nfsIsNotMounted() {
    Expect.fail(
        StorageScene.nfs().destination(IMAGE, MISSING + "missing\nend\n").judge("storage-nfs"),
        "10.76.0.29:/images is not mounted at " + SHARED + " on hostB",
        "mkdir -p " + SHARED + " && mount -t nfs4 -o rw,vers=4.2,hard,proto=tcp");
  }

  @Test
  void nfsServerDoesNotAnswer() {
    Expect.fail(
        StorageScene.nfs()
            .destination(IMAGE, MISSING + "missing\nend\n")
            .destination(SERVERS, "server 10.76.0.29 2049\naddress 10.76.0.29\nclosed\nend\n")
            .judge("storage-nfs"),
        "hostB cannot connect to the NFS server 10.76.0.29, port 2049",
        "hostB: mountpoint -q " + SHARED);
  }

  @Test
  void anotherExport() {
    Expect.fail(
        StorageScene.nfs()
            .editDestination(IMAGE, "10.76.0.29:/images", "10.76.0.29:/other")
            .editDestination(IMAGE, "|9884053568060744738|", "|14|")
            .judge("storage-nfs"),
        "hostB has another export at " + SHARED + ": 10.76.0.29:/other",
        "hostB: umount " + SHARED + " && mount -t nfs4");
  }

  @Test
  void anotherFileSystemUnderTheSameExport() {
    Expect.fail(
        StorageScene.nfs()
            .editSource(IMAGE, "0:16         0:0 ", "0:16         1c2ad71b8e0f4a55:0 ")
            .editDestination(IMAGE, "0:16         0:0 ", "0:16         3fb3a7c9d7a54d8c:0 ")
            .judge("storage-nfs"),
        "web1.img is another file on hostB, though both hosts name the export",
        "hostB: umount " + SHARED);
  }

  @Test
  void anotherNameOfTheServer() {
    Expect.warn(
        StorageScene.nfs()
            .editDestination(IMAGE, "10.76.0.29:/images", "store.lab:/images")
            .judge("storage-nfs"),
        "The same export has two names: 10.76.0.29:/images on hostA, store.lab:/images on hostB");
    Expect.warn(
        StorageScene.nfs()
            .editDestination(IMAGE, ",addr=10.76.0.29", ",addr=10.77.0.29")
            .judge("storage-nfs"),
        "All but the server's address agrees");
  }

  @Test
  void cutEvidenceOfNfsIsNoPass() {
    Expect.error(StorageScene.nfs().cutDestination(IMAGE).judge("storage-nfs"), "hostB");
    Expect.error(StorageScene.nfs().cutSource(IMAGE).judge("storage-nfs"), "hostA");
  }

  @Test
  void serverReached() {
    Expect.pass(
        rbd()
            .both(SERVERS, "server mon1.lab 6789\naddress 10.77.0.31\nopen\nend\n")
            .judge("storage-network-disks"),
        "hostB reaches the servers of all 1 network disks of web1");
  }

  @Test
  void serverNotReached() {
    Expect.fail(
        rbd()
            .source(SERVERS, "server mon1.lab 6789\naddress 10.77.0.31\nopen\nend\n")
            .destination(SERVERS, "server mon1.lab 6789\naddress 10.77.0.31\nclosed\nend\n")
            .judge("storage-network-disks"),
        "hostB cannot connect to any server of vda rbd:guests/web1: mon1.lab:6789");
  }

  @Test
  void serverIsAnotherOne() {
    Expect.warn(
        rbd()
            .source(SERVERS, "server mon1.lab 6789\naddress 10.77.0.31\nopen\nend\n")
            .destination(SERVERS, "server mon1.lab 6789\naddress 10.99.0.31\nopen\nend\n")
            .judge("storage-network-disks"),
        "mon1.lab is 10.77.0.31 on hostA and 10.99.0.31 on hostB");
    Expect.fail(
        rbd()
            .editSource(StorageScene.LIVE_XML, "name='mon1.lab'", "name='localhost'")
            .judge("storage-network-disks"),
        "vda rbd:guests/web1 is served by localhost, which means another machine on hostB");
  }

  @Test
  void oneOfTwoServersNotReached() {
    Expect.warn(
        rbd()
            .editSource(
                StorageScene.LIVE_XML,
                "<host name='mon1.lab' port='6789'/>",
                "<host name='mon1.lab' port='6789'/><host name='mon2.lab'/>")
            .destination(SERVERS, "server mon1.lab 6789\naddress 10.77.0.31\nopen\nend\n")
            .destination(
                "storage-servers/1", "server mon2.lab 6789\naddress 10.77.0.32\nclosed\nend\n")
            .judge("storage-network-disks"),
        "hostB cannot connect to mon2.lab:6789, one of the servers of vda rbd:guests/web1");
  }

  @Test
  void serverNotTriedIsNoPass() {
    Expect.error(rbd().judge("storage-network-disks"), "it could not be tried whether hostB");
    Expect.error(
        rbd()
            .both(SERVERS, "server mon1.lab 6789\naddress 10.77.0.31\nopen\nend\n")
            .cutDestination(SERVERS)
            .judge("storage-network-disks"),
        "hostB");
  }

  @Test
  void noNetworkDisk() {
    Expect.skipped(
        StorageScene.healthy().judge("storage-network-disks"), "web1 has no network disk");
  }

  @Test
  void secretKnown() {
    Expect.pass(
        rbd()
            .destination("secrets/list", " " + SECRET + "   ceph client.libvirt secret\nend\n")
            .destination("qemu-storage/secret-values", SECRET + "\nend\n")
            .judge("disk-secrets"),
        "hostB knows the secrets of all 1 disks of web1 that need one");
  }

  @Test
  void secretWithoutValue() {
    StorageScene scene =
        rbd().destination("secrets/list", " " + SECRET + "   ceph client.libvirt secret\nend\n");
    Expect.fail(scene.judge("disk-secrets"), "of disk vda has no value on hostB");
    Expect.warn(
        scene
            .destination(
                "secrets/definitions",
                "<secret ephemeral='yes' private='yes'>\n  <uuid>" + SECRET + "</uuid>\nend\n")
            .judge("disk-secrets"),
        "is ephemeral on hostB");
    Expect.error(
        rbd()
            .destination("secrets/list", " " + SECRET + "   ceph client.libvirt secret\nend\n")
            .cutDestination("qemu-storage/secret-values")
            .judge("disk-secrets"),
        "hostB");
  }

  @Test
  void secretUnknown() {
    Expect.fail(
        rbd()
            .source("secrets/list", " " + SECRET + "   ceph client.libvirt secret\nend\n")
            .judge("disk-secrets"),
        "Secret 'uuid " + SECRET + "' of disk vda is not known on hostB");
    Expect.error(rbd().cutDestination("secrets/list").judge("disk-secrets"), "hostB");
  }

  @Test
  void noSecret() {
    Expect.skipped(StorageScene.healthy().judge("disk-secrets"), "no disk of web1 needs a secret");
  }

  private static StorageScene rbd() {
    return StorageScene.healthy()
        .disk(
            "<disk type='network' device='disk'><driver name='qemu' type='raw'/>"
                + "<auth username='libvirt'><secret type='ceph' uuid='"
                + SECRET
                + "'/></auth><source protocol='rbd' name='guests/web1'>"
                + "<host name='mon1.lab' port='6789'/></source>"
                + "<target dev='vda' bus='virtio'/></disk>");
  }
}
