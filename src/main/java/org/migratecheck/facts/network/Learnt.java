package org.migratecheck.facts.network;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.model.ProbeOutput;

/**
 * A hardware address that a Linux bridge has heard of within the last half minute. What was heard
 * earlier tells where a cable led before somebody moved it: a bridge keeps an address for 300 s
 * (bridge(8), {@code ageing_time}).
 *
 * @param mac the address in small letters
 * @param port the port that the frame came in by
 */
public record Learnt(String mac, String port) {
  /** Read from the probe {@code bridge-learnt}; none where the host cannot tell. */
  public static final Fact<List<Learnt>> FACT = Fact.host("learnt", "bridge-learnt", Learnt::parse);

  private static final Pattern LINE =
      Pattern.compile(
          "((?:[0-9a-f]{2}:){5}[0-9a-f]{2}) dev (\\S+) .*?used \\d{1,9}/(\\d{1,9}) .*master \\S+.*");

  private static final int RECENT_SECONDS = 30;

  private static List<Learnt> parse(Outputs outputs) {
    ProbeOutput output = outputs.complete("bridge-learnt/fdb");
    if (output.exitStatus() == 127) {
      return List.of();
    }
    List<Learnt> all = new ArrayList<>();
    boolean whole = false;
    for (String line : outputs.ok("bridge-learnt/fdb").lines().toList()) {
      Matcher entry = LINE.matcher(line + " ");
      if (line.equals("end")) {
        whole = true;
      } else if (entry.matches() && Integer.parseInt(entry.group(3)) <= RECENT_SECONDS) {
        all.add(new Learnt(entry.group(1), entry.group(2)));
      }
    }
    if (!whole) {
      throw new Undetermined(outputs.host() + ": what its bridges have learnt was told in part");
    }
    return List.copyOf(all);
  }
}
