package org.migratecheck.check.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.migratecheck.check.Catalogue;
import org.migratecheck.check.CatalogueException;
import org.migratecheck.collect.EvidenceException;
import org.migratecheck.collect.EvidenceStore;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Fix;
import org.migratecheck.model.HostEvidence;
import org.migratecheck.model.LinkEvidence;
import org.migratecheck.model.ProbeOutput;
import org.migratecheck.model.ProbeOutput.Completeness;
import org.migratecheck.testing.Reports;

/**
 * The two recorded hosts of the demonstration with the guest web1 and its disk on Gluster, NFS or
 * GFS2, to be changed output by output and judged by one check of the shipped catalogue. Outputs of
 * {@code paths} and {@code storage-servers} are those of the direction from hostA to hostB.
 */
final class StorageScene {
  static final String GUEST = "4c4c4544-1000-4000-8000-0000000000e3";
  static final String SHARED = "/var/lib/libvirt/images/shared";
  static final String LIVE_XML = "guests/xml." + GUEST;

  /** The part that tells of the image of web1. */
  static final String IMAGE = "paths/3";

  private static final Set<String> LINK =
      Set.of(
          "paths",
          "storage-servers",
          "volumes",
          "network-images",
          "open-files",
          "other-disks",
          "labels",
          "owners");

  static final String ROOT_MOUNT = "1335 92 0:307 / / rw,relatime - overlay overlay rw\n";
  private static final String GLUSTER =
      " 0:335 / "
          + SHARED
          + " rw,relatime - fuse.glusterfs store.lab:/vol0 rw,user_id=0,group_id=0,"
          + "default_permissions,allow_other,max_read=131072\n";
  private static final Catalogue CATALOGUE = catalogue();
  private static final HostEvidence A = recorded("hostA");
  private static final HostEvidence B = recorded("hostB");

  private final SortedMap<String, ProbeOutput> source = new TreeMap<>(A.probes());
  private final SortedMap<String, ProbeOutput> destination = new TreeMap<>(B.probes());
  private final SortedMap<String, ProbeOutput> onSource =
      new TreeMap<>(A.links().get(0).onSource());
  private final SortedMap<String, ProbeOutput> onDestination =
      new TreeMap<>(A.links().get(0).onDestination());

  private StorageScene() {
    source("guests/list", GUEST + "\n");
    source("guests/persistent", GUEST + "\n");
    // As hosts print them that have nothing to tell.
    for (String part :
        List.of(
            "images/chains",
            "drbd/status",
            "drbd/proc",
            "drbd/show",
            "security/apparmor",
            "qemu-storage/io-uring",
            "qemu-storage/lock-managers",
            "qemu-storage/secret-values",
            "qemu-storage/locks")) {
      both(part, "end\n");
    }
    both("qemu-storage/drivers", "program /usr/bin/qemu-system-x86_64 uring\nend\n");
    both("security/selinux", "mode disabled\nend\n");
    both("security/crypto", "fips 0\nend\n");
    for (String part :
        List.of("volumes/paths", "open-files/list", "other-disks/list", "labels/list")) {
      destination(part, "end\n");
    }
    both("network-images", "");
  }

  /** The hosts as they were recorded: hostB lacks the shared file system. */
  static StorageScene recorded() {
    return new StorageScene();
  }

  /** Both hosts have the Gluster volume mounted. */
  static StorageScene healthy() {
    StorageScene scene = new StorageScene();
    scene.editDestination("mounts/mountinfo", "end\n", "91 1335" + GLUSTER + "end\n");
    for (String part : List.of("paths/2", IMAGE)) {
      String here = scene.onSource.get(part).stdout();
      scene.destination(
          part,
          here.replaceFirst("mount 701 .*\n", "mount " + ROOT_MOUNT).replace("91 701", "91 1335"));
    }
    return scene;
  }

  /** Both hosts have the same NFS version 4 export mounted instead, as recorded on two hosts. */
  static StorageScene nfs() {
    StorageScene scene = healthy();
    for (String mounts : List.of("mounts/mountinfo", IMAGE)) {
      scene.sharedMount(mounts, true, nfsMount("10.76.0.29:/images", "21"));
      scene.sharedMount(mounts, false, nfsMount("10.76.0.29:/images", "22"));
    }
    String volume =
        "nfs v4 0a4c001d  801 0:16         0:0                               no \nstat ";
    return scene
        .editBoth(IMAGE, "stat ", volume)
        .editBoth(IMAGE, "|1048655|", "|16|")
        .editBoth(IMAGE, "fs 65735546|fuseblk|0", "fs 6969|nfs|0");
  }

  /** Both hosts have one GFS2 on a multipath map mounted instead. */
  static StorageScene gfs2() {
    return Gfs2Scene.on(healthy());
  }

  static String nfsMount(String export, String client) {
    return " 0:16 / "
        + SHARED
        + " rw,relatime - nfs4 "
        + export
        + " rw,vers=4.2,rsize=131072,wsize=131072,namlen=255,hard,proto=tcp,timeo=600,retrans=2,"
        + "sec=sys,clientaddr=10.76.0."
        + client
        + ",local_lock=none,addr=10.76.0.29\n";
  }

  StorageScene source(String part, String stdout) {
    at(part, true).put(part, output(Completeness.COMPLETE, stdout));
    return this;
  }

  StorageScene destination(String part, String stdout) {
    at(part, false).put(part, output(Completeness.COMPLETE, stdout));
    return this;
  }

  StorageScene both(String part, String stdout) {
    return source(part, stdout).destination(part, stdout);
  }

  StorageScene editSource(String part, String from, String to) {
    return source(part, edited(part, true, from, to));
  }

  StorageScene editDestination(String part, String from, String to) {
    return destination(part, edited(part, false, from, to));
  }

  StorageScene editBoth(String part, String from, String to) {
    return editSource(part, from, to).editDestination(part, from, to);
  }

  /** Lets a part of the source be cut: the host sent more than the limit. */
  StorageScene cutSource(String part) {
    return broken(part, true, Completeness.TRUNCATED);
  }

  /** Lets a part of the destination be cut. */
  StorageScene cutDestination(String part) {
    return broken(part, false, Completeness.TRUNCATED);
  }

  /** Lets the destination's look at web1's image hang after its first line. */
  StorageScene hangDestination() {
    destination(IMAGE, "path " + SHARED + "/web1.img\n");
    return broken(IMAGE, false, Completeness.TIMED_OUT)
        .broken("paths", false, Completeness.TIMED_OUT);
  }

  /** Takes away what the destination said of a part, as if its probe had not come to it. */
  StorageScene withoutOnDestination(String part) {
    at(part, false).remove(part);
    return this;
  }

  /** Gives web1 another disk vda in its live XML. */
  StorageScene disk(String xml) {
    String before = source.get(LIVE_XML).stdout();
    int from = before.indexOf("<disk ");
    int to = before.indexOf("</disk>") + "</disk>".length();
    return source(LIVE_XML, before.substring(0, from) + xml + before.substring(to));
  }

  /** Lets web1 write to a file on the hosts' own root file system, which hostB has, too. */
  StorageScene localDisk() {
    String path = "/var/lib/libvirt/images/web1.img";
    String kernel = onSource.get("paths/1").stdout();
    String copy = onDestination.get("paths/1").stdout();
    String old = "/var/lib/libvirt/boot/vmlinuz";
    return editSource(LIVE_XML, SHARED + "/web1.img", path)
        .source("paths/4", kernel.replace(old, path))
        .destination("paths/4", copy.replace(old, path));
  }

  /** Returns what the check says of the pair hostA, hostB or of web1 on it. */
  Finding judge(String id) {
    LinkEvidence link = new LinkEvidence("hostA", "hostB", onSource, onDestination);
    List<HostEvidence> hosts =
        List.of(with(A, source, List.of(link)), with(B, destination, B.links()));
    try {
      List<Finding> found =
          Reports.assess(CATALOGUE.select(List.of(id), List.of()), hosts, "web1")
              .findings()
              .stream()
              .filter(f -> f.id().equals(id) && f.source().filter("hostA"::equals).isPresent())
              .toList();
      if (found.size() != 1) {
        throw new IllegalStateException("not one finding: " + found);
      }
      return found.get(0);
    } catch (CatalogueException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the commands of a fix, one a line, each after its host. */
  static String commands(Finding finding) {
    return finding.fix().commands().stream()
        .map((Fix.Command c) -> c.host() + ": " + c.command())
        .collect(Collectors.joining("\n"));
  }

  /** Lets web1's image have a line {@code key value} on one side, in the place of any other. */
  StorageScene imageLine(boolean here, String key, String value) {
    String text = at(IMAGE, here).get(IMAGE).stdout();
    String after =
        text.replaceAll("(?m)^" + key + " .*\n", "")
            .replaceFirst("(?m)^root ", key + " " + value + "\nroot ");
    return here ? source(IMAGE, after) : destination(IMAGE, after);
  }

  /** Returns what the destination printed. */
  String text(String part) {
    return at(part, false).get(part).stdout();
  }

  /** Puts another file system in the place of the Gluster volume. */
  StorageScene sharedMount(String part, boolean here, String mount) {
    String text = edited(part, here, "91 ", "91 ");
    String after = text.replaceFirst("(91 [0-9]+) 0:335 .*\n", "$1" + mount);
    return here ? source(part, after) : destination(part, after);
  }

  private StorageScene broken(String part, boolean here, Completeness completeness) {
    SortedMap<String, ProbeOutput> outputs = at(part, here);
    outputs.put(part, output(completeness, outputs.get(part).stdout()));
    return this;
  }

  private SortedMap<String, ProbeOutput> at(String part, boolean here) {
    boolean link = LINK.contains(part.split("/", 2)[0]);
    if (here) {
      return link ? onSource : source;
    }
    return link ? onDestination : destination;
  }

  private String edited(String part, boolean here, String from, String to) {
    String before = at(part, here).get(part).stdout();
    if (!before.contains(from)) {
      throw new IllegalArgumentException(part + " does not contain " + from + ":\n" + before);
    }
    return before.replace(from, to);
  }

  private static ProbeOutput output(Completeness completeness, String stdout) {
    int status = completeness == Completeness.COMPLETE ? 0 : -1;
    return new ProbeOutput(completeness, status, stdout, "", 1);
  }

  private static HostEvidence with(
      HostEvidence host, SortedMap<String, ProbeOutput> probes, List<LinkEvidence> links) {
    return new HostEvidence(
        host.schemaVersion(),
        host.host(),
        host.identity(),
        host.collectedAt(),
        host.millis(),
        host.clock(),
        probes,
        links,
        host.failure());
  }

  private static HostEvidence recorded(String name) {
    try (InputStream in =
        StorageScene.class.getResourceAsStream("/samples/pair/" + name + ".json")) {
      return EvidenceStore.read(name, in);
    } catch (IOException | EvidenceException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Catalogue catalogue() {
    try {
      return Reports.load(List.of(Path.of("checks")));
    } catch (CatalogueException e) {
      throw new IllegalStateException(String.join("\n", e.mistakes()));
    }
  }
}
