package org.migratecheck.check.storage;

import static org.migratecheck.check.storage.StorageScene.LIVE_XML;
import static org.migratecheck.check.storage.StorageScene.SHARED;

import org.junit.jupiter.api.Test;

/** What the headers of qcow2 images name, as qemu-img 7.2 printed it. */
final class DiskChainTest {
  private static final String IMAGE = SHARED + "/web1.img";
  private static final String DATA = "/var/lib/libvirt/images/web1.raw";

  @Test
  void nothingBeyondTheImage() {
    Expect.pass(
        qcow2(header("")).judge("disk-chain"),
        "The headers of all 1 qcow2 images of web1 name nothing that hostB lacks");
    Expect.skipped(
        StorageScene.healthy().judge("disk-chain"), "web1 has no disk in the format qcow2");
  }

  @Test
  void dataFileOfTheSourceAlone() {
    Expect.fail(
        with("data-file").destination("paths/9", missing()).judge("disk-chain"),
        "The header of " + IMAGE + " (disk vda) names the data file " + DATA
            + ", which is missing on hostB");
  }

  @Test
  void dataFileThatEachHostHas() {
    Expect.fail(
        with("data-file").destination("paths/9", local()).judge("disk-chain"),
        "which is another file on hostB");
  }

  @Test
  void backingImageThatOnlyTheHeaderNames() {
    Expect.fail(
        with("full-backing-filename").destination("paths/9", missing()).judge("disk-chain"),
        "names the backing image " + DATA);
    Expect.warn(
        with("full-backing-filename").destination("paths/9", local()).judge("disk-chain"),
        "The backing image " + DATA + " of " + IMAGE + " (disk vda) is a copy on hostB");
  }

  @Test
  void withoutQemuImg() {
    Expect.skipped(qcow2("no-qemu-img\nend\n").judge("disk-chain"), "hostA has no qemu-img");
  }

  @Test
  void headersThatAreNotKnownAreNoPass() {
    Expect.error(qcow2("end\n").judge("disk-chain"), "the header of vda");
    Expect.error(
        qcow2("image " + IMAGE + "\nfailed qemu-img: permission denied\nend\n").judge("disk-chain"),
        "permission denied");
    Expect.error(
        qcow2("image " + IMAGE + "\n{\n    \"virtual-size\": \nend\n").judge("disk-chain"),
        "makes no sense");
    Expect.error(qcow2(header("")).cutSource("images/chains").judge("disk-chain"), "hostA");
  }

  private static StorageScene qcow2(String headers) {
    return StorageScene.healthy()
        .editSource(LIVE_XML, "type='raw' cache", "type='qcow2' cache")
        .source("images/chains", headers);
  }

  private static StorageScene with(String field) {
    String value =
        field.equals("data-file")
            ? "    \"format-specific\": {\n        \"type\": \"qcow2\",\n        \"data\": {\n"
                + "            \"data-file\": \""
                + DATA
                + "\",\n            \"data-file-raw\": true\n        }\n    },\n"
            : "    \"backing-filename-format\": \"raw\",\n    \"full-backing-filename\": \""
                + DATA
                + "\",\n";
    return qcow2(header(value)).source("paths/9", local());
  }

  private static String header(String more) {
    return "image "
        + IMAGE
        + "\n{\n    \"virtual-size\": 16777216,\n    \"filename\": \""
        + IMAGE
        + "\",\n    \"format\": \"qcow2\",\n"
        + more
        + "    \"dirty-flag\": false\n}\nend\n";
  }

  private static String missing() {
    return "path " + DATA + "\nreal " + DATA + "\nmount " + StorageScene.ROOT_MOUNT + "missing\nend\n";
  }

  private static String local() {
    return "path "
        + DATA
        + "\nreal "
        + DATA
        + "\nmount "
        + StorageScene.ROOT_MOUNT
        + "stat regular file|77|16777216|107|107|644|307|0:0|1795000000\nfs 794c7630|overlay|0\n"
        + "root erw\nqemu erw\nsha256 "
        + "a".repeat(64)
        + "\nend\n";
  }
}
