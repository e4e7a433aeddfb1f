package org.migratecheck.facts.system;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;

/**
 * What an active guest is busy with on the source.
 *
 * @param snapshots the names of its snapshots, as far as libvirt knows them
 * @param job the operation of its running job, such as {@code Backup}; empty when it has none
 * @param blockJobs its running block jobs, each {@code TARGET: what}
 * @param unknown why this guest's answers are no use; empty when they are
 */
public record GuestState(
    List<String> snapshots, String job, List<String> blockJobs, String unknown) {
  private static final Pattern TYPE = Pattern.compile("(?m)^Job type:\\s*(\\S.*?)\\s*$");
  private static final Pattern OPERATION = Pattern.compile("(?m)^Operation:\\s*(\\S.*?)\\s*$");

  /** The state of all active guests that are judged, by UUID. */
  public static final Fact<Map<String, GuestState>> FACT =
      new Fact<>(
          "guestState", Fact.Place.LINK_SOURCE, List.of("guest-state"), GuestState::parseAll);

  /** Copies the lists. */
  public GuestState {
    snapshots = List.copyOf(snapshots);
    blockJobs = List.copyOf(blockJobs);
  }

  /** Returns the state of one guest. */
  public static GuestState of(Map<String, GuestState> all, String uuid, String name) {
    GuestState state = all.get(uuid);
    if (state == null) {
      throw new Undetermined("what " + name + " is busy with was not asked");
    }
    if (!state.unknown.isEmpty()) {
      throw new Undetermined(state.unknown);
    }
    return state;
  }

  private static Map<String, GuestState> parseAll(Outputs outputs) {
    Map<String, GuestState> result = new TreeMap<>();
    outputs.complete("guest-state");
    for (String uuid : outputs.withPrefix("guest-state/snapshots.").keySet()) {
      result.put(uuid, parseOne(outputs, uuid));
    }
    return java.util.Collections.unmodifiableMap(result);
  }

  /** One guest that cannot be asked says nothing about the others. */
  private static GuestState parseOne(Outputs outputs, String uuid) {
    try {
      return parse(outputs, uuid);
    } catch (Undetermined e) {
      return new GuestState(List.of(), "", List.of(), e.getMessage());
    }
  }

  private static GuestState parse(Outputs outputs, String uuid) {
    List<String> snapshots =
        outputs.ok("guest-state/snapshots." + uuid).lines().filter(l -> !l.isBlank()).toList();
    String job = outputs.ok("guest-state/job." + uuid);
    Matcher type = TYPE.matcher(job);
    if (!type.find()) {
      throw new Undetermined(outputs.host() + ": virsh domjobinfo tells no type of job");
    }
    Matcher operation = OPERATION.matcher(job);
    String running =
        type.group(1).equals("None") ? "" : operation.find() ? operation.group(1) : type.group(1);
    return new GuestState(
        snapshots, running, blockJobs(outputs.ok("guest-state/block-jobs." + uuid)), "");
  }

  /** After each line {@code disk TARGET} virsh prints lines only when a job runs. */
  private static List<String> blockJobs(String text) {
    List<String> jobs = new ArrayList<>();
    String disk = "";
    for (String line : Arrays.stream(text.split("\n")).map(String::strip).toList()) {
      if (line.startsWith("disk ")) {
        disk = line.substring("disk ".length());
      } else if (line.startsWith("type=")) {
        jobs.add(disk + ": " + line.substring("type=".length()));
      }
    }
    return jobs;
  }
}
