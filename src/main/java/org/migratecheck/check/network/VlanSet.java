package org.migratecheck.check.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The VLANs that a port of a VLAN-filtering bridge lets through.
 *
 * @param modes for each VLAN how it passes: {@code ""} tagged, {@code untagged}, {@code pvid
 *     untagged} (also what comes in without a tag), {@code pvid}
 */
record VlanSet(TreeMap<Integer, String> modes) {

  /** Neighbouring VLANs that pass in the same way. */
  record Range(int first, int last, String mode) {
    /** Returns it as bridge(8) takes it. */
    String ids() {
      return first == last ? Integer.toString(first) : first + "-" + last;
    }
  }

  /** Reads entries such as {@code 10-20} and {@code 30 PVID Egress Untagged}. */
  static VlanSet of(List<String> entries) {
    TreeMap<Integer, String> modes = new TreeMap<>();
    for (String entry : entries) {
      String[] words = entry.split(" ", 2);
      String mode =
          words.length > 1 ? words[1].replace("Egress ", "").toLowerCase(Locale.ROOT) : "";
      String[] range = words[0].split("-");
      int last = Integer.parseInt(range[range.length - 1]);
      for (int id = Integer.parseInt(range[0]); id <= last; id++) {
        modes.put(id, mode);
      }
    }
    return new VlanSet(modes);
  }

  /** Returns what passes in one set or the other. */
  VlanSet and(VlanSet other) {
    TreeMap<Integer, String> both = new TreeMap<>(other.modes);
    both.putAll(modes);
    return new VlanSet(both);
  }

  /** Returns what passes here, but not there or there in another way. */
  List<Range> notIn(VlanSet other) {
    TreeMap<Integer, String> rest = new TreeMap<>(modes);
    rest.entrySet().removeIf(e -> e.getValue().equals(other.modes.get(e.getKey())));
    return ranges(rest);
  }

  /** Returns what passes here and in no way there. */
  List<Range> beyond(VlanSet other) {
    TreeMap<Integer, String> rest = new TreeMap<>(modes);
    rest.keySet().removeAll(other.modes.keySet());
    return ranges(rest);
  }

  private static List<Range> ranges(TreeMap<Integer, String> modes) {
    List<Range> ranges = new ArrayList<>();
    for (Map.Entry<Integer, String> entry : modes.entrySet()) {
      Range last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
      int id = entry.getKey();
      if (last != null && last.last() == id - 1 && last.mode().equals(entry.getValue())) {
        ranges.set(ranges.size() - 1, new Range(last.first(), id, last.mode()));
      } else {
        ranges.add(new Range(id, id, entry.getValue()));
      }
    }
    return ranges;
  }

  /** Returns it for people, such as {@code 1 untagged, 10-20}. */
  String describe() {
    return modes.isEmpty()
        ? "none"
        : String.join(
            ", ", ranges(modes).stream().map(r -> (r.ids() + " " + r.mode()).strip()).toList());
  }
}
