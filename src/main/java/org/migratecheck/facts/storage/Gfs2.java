package org.migratecheck.facts.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.FactSource;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;

/**
 * The mounted GFS2 file systems of a host, its lock manager and its cluster.
 *
 * @param mounted the file systems, from {@code /sys/fs/gfs2}
 * @param lockspaces the lock manager's lock spaces by name; empty when there is no lock manager
 * @param quorum what the cluster says; empty when the host is in none
 */
public record Gfs2(
    List<Mounted> mounted, Optional<Map<String, Lockspace>> lockspaces, Optional<Quorum> quorum) {
  /** The GFS2 file systems of a host. */
  public static final Fact<Gfs2> FACT = Fact.host("gfs2", "gfs2", Gfs2::parse);

  /** Copies the list. */
  public Gfs2 {
    mounted = List.copyOf(mounted);
  }

  /**
   * A mounted file system.
   *
   * @param table cluster and file system name, such as {@code cluster:data}
   * @param device major and minor number of its block device
   * @param uuid its UUID; empty where the kernel does not tell
   * @param protocol {@code lock_dlm}, or {@code lock_nolock} for one host alone
   * @param withdrawn whether the kernel gave it up after an error
   * @param blocked whether it waits for the lock manager
   */
  public record Mounted(
      String table,
      String device,
      String uuid,
      String protocol,
      boolean withdrawn,
      boolean blocked) {
    /** Returns the name of its lock space. */
    public String lockspace() {
      return table.substring(table.indexOf(':') + 1);
    }
  }

  /**
   * A lock space as {@code dlm_tool ls} shows it.
   *
   * @param flags such as {@code 0x00000004 kern_stop}
   * @param members the node numbers of its members, such as {@code 1 2}
   * @param status what it waits for, such as {@code wait quorum}; empty when nothing
   */
  public record Lockspace(String flags, String members, String status) {
    /** Returns whether locks are granted. */
    public boolean working() {
      return !flags.contains("kern_stop") && status.isEmpty();
    }
  }

  /**
   * The cluster's quorum as {@code corosync-quorumtool -s} shows it.
   *
   * @param quorate whether the host is in the part of the cluster that may work
   * @param nodes how many nodes this part has
   */
  public record Quorum(boolean quorate, long nodes) {}

  /** Announces the fact. */
  public static final class Source implements FactSource {
    @Override
    public List<Fact<?>> facts() {
      return List.of(FACT);
    }
  }

  /** Returns the file system on the block device of that number. */
  public Optional<Mounted> on(String device) {
    return mounted.stream().filter(m -> m.device().equals(device)).findFirst();
  }

  private static Gfs2 parse(Outputs outputs) {
    List<Mounted> mounted = new ArrayList<>();
    Evidence.attributes(outputs, "gfs2/mounted", "/sys/fs/gfs2")
        .forEach(
            (table, values) ->
                mounted.add(
                    new Mounted(
                        table,
                        required(outputs, table, values, "id"),
                        values.getOrDefault("uuid", ""),
                        required(outputs, table, values, "lock_module/proto_name"),
                        values.getOrDefault("withdraw", "0").startsWith("1"),
                        values.getOrDefault("lock_module/block", "0").startsWith("1"))));
    return new Gfs2(
        mounted,
        answered(outputs, "gfs2/lockspaces").map(lines -> lockspaces(outputs.host(), lines)),
        answered(outputs, "gfs2/quorum").map(lines -> quorum(outputs.host(), lines)));
  }

  /** Without a running daemon these commands fail; a host with local GFS2 alone has none. */
  private static Optional<List<String>> answered(Outputs outputs, String name) {
    return outputs.has(name) && outputs.complete(name).exitStatus() == 0
        ? Optional.of(Evidence.lines(outputs, name))
        : Optional.empty();
  }

  private static Map<String, Lockspace> lockspaces(String host, List<String> lines) {
    Map<String, Lockspace> result = new TreeMap<>();
    Map<String, String> current = new TreeMap<>();
    for (String line : lines) {
      // "name          gfsdata", "new status    wait quorum"
      String key = line.length() > 14 ? line.substring(0, 14).strip() : line.strip();
      String value = line.length() > 14 ? line.substring(14).strip() : "";
      if (key.equals("name")) {
        put(host, current, result);
        current.clear();
      }
      current.put(key, value);
    }
    put(host, current, result);
    return result;
  }

  private static void put(String host, Map<String, String> values, Map<String, Lockspace> result) {
    if (!values.containsKey("name")) {
      return;
    }
    if (!values.containsKey("flags") || !values.containsKey("members")) {
      throw new Undetermined(host + ": dlm_tool does not tell the state of a lock space");
    }
    result.put(
        values.get("name"),
        new Lockspace(
            values.get("flags"), values.get("members"), values.getOrDefault("new status", "")));
  }

  private static Quorum quorum(String host, List<String> lines) {
    Map<String, String> values = new TreeMap<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        values.putIfAbsent(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
      }
    }
    String quorate = values.getOrDefault("Quorate", "");
    if (!quorate.equals("Yes") && !quorate.equals("No")) {
      throw new Undetermined(host + ": corosync-quorumtool does not tell whether it is quorate");
    }
    return new Quorum(
        quorate.equals("Yes"),
        Evidence.number(host, "corosync-quorumtool", values.getOrDefault("Nodes", "")));
  }

  private static String required(
      Outputs outputs, String table, Map<String, String> values, String attribute) {
    return Optional.ofNullable(values.get(attribute))
        .orElseThrow(
            () ->
                new Undetermined(
                    outputs.host() + ": nothing is known of '" + attribute + "' of GFS2 " + table));
  }
}
