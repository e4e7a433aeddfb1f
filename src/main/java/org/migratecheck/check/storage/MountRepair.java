package org.migratecheck.check.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.storage.FileSystem;
import org.migratecheck.facts.storage.Mount;
import org.migratecheck.facts.storage.Mounts;

/** The values with which a check file writes the command that mounts what another host has. */
final class MountRepair {
  /** Options that make sense on another host; addresses and negotiated sizes do not. */
  private static final Set<String> KEPT =
      Set.of(
          "hard",
          "soft",
          "softerr",
          "nolock",
          "noac",
          "sync",
          "noatime",
          "nodiratime",
          "nosuid",
          "nodev",
          "noexec",
          "acl",
          "noacl",
          "nordirplus",
          "nosharecache",
          "rgrplvb",
          "loccookie",
          "acdirmin",
          "acdirmax",
          "acregmin",
          "acregmax",
          "vers",
          "nfsvers",
          "proto",
          "port",
          "timeo",
          "retrans",
          "sec",
          "nconnect",
          "name",
          "locktable",
          "lockproto");

  private MountRepair() {}

  /** Returns {@code target}, {@code fs-source}, {@code type}, {@code options}, {@code fstab}. */
  static Map<String, String> values(Mount mount) {
    Map<String, String> values = new TreeMap<>();
    String options = options(mount);
    String type = type(mount);
    values.put("target", mount.target());
    values.put("fs-source", mount.source());
    values.put("type", type);
    values.put("options", options);
    values.put(
        "fstab",
        String.join(
            " ",
            escaped(mount.source()),
            escaped(mount.target()),
            type,
            escaped(network(mount) ? options + ",_netdev" : options),
            "0",
            "0"));
    return values;
  }

  /** Adds to a problem what a mount command needs and what is mounted there now. */
  static Problem add(Problem problem, Mount here, Mount there) {
    Map<String, String> more = values(here);
    more.put("other", there.source());
    more.put("other-type", there.type());
    more.put("other-target", there.target());
    return add(problem, more);
  }

  /**
   * Returns what is wrong with the mount {@code there} that holds a path which the mount {@code
   * here} should hold: {@code not-mounted}, {@code other-mount} at the same place, or {@code
   * covered} by one below that place.
   */
  static String kind(Mount here, Mount there) {
    if (there.target().equals(here.target())) {
      return here.target().equals("/") ? "not-mounted" : "other-mount";
    }
    return Mounts.under(there.target(), here.target()) ? "covered" : "not-mounted";
  }

  /** Returns the values to mount again, writable, what is mounted read-only. */
  static Map<String, String> writable(Mount mount) {
    Map<String, String> values = values(mount);
    values.put("options", values.get("options").replaceFirst("^ro", "rw"));
    return values;
  }

  /** Returns the same problem with more values. */
  static Problem add(Problem problem, Map<String, String> more) {
    Map<String, String> values = new TreeMap<>(problem.values());
    values.putAll(more);
    return new Problem(problem.kind(), problem.fixOn(), values, problem.advisory());
  }

  private static boolean network(Mount mount) {
    return mount.fileSystem().shared();
  }

  private static String type(Mount mount) {
    return mount.type().startsWith("fuse.") ? mount.type().substring(5) : mount.type();
  }

  private static String options(Mount mount) {
    List<String> kept = new ArrayList<>(List.of(mount.readOnly() ? "ro" : "rw"));
    boolean fuse = mount.type().startsWith("fuse.");
    for (String option : mount.allOptions()) {
      String name = option.contains("=") ? option.substring(0, option.indexOf('=')) : option;
      boolean known = KEPT.contains(name);
      boolean masked = option.contains("<hidden>");
      if (known && !masked && !fuse && !kept.contains(option)) {
        kept.add(option);
      }
    }
    if (mount.fileSystem() == FileSystem.NFS) {
      mount
          .value("local_lock")
          .filter(l -> l.equals("all"))
          .filter(l -> !kept.contains("nolock"))
          .ifPresent(l -> kept.add("local_lock=all"));
    }
    return String.join(",", kept);
  }

  /** As getmntent(3) reads it. */
  private static String escaped(String field) {
    return field
        .replace("\\", "\\134")
        .replace(" ", "\\040")
        .replace("\t", "\\011")
        .replace("\n", "\\012");
  }
}
