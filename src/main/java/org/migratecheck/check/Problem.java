package org.migratecheck.check;

import java.util.Map;
import java.util.TreeMap;

/**
 * One thing that is wrong. Its words, fix and commands are those of {@code problems.KIND} in the
 * check file, with {@code {name}} replaced by the values.
 *
 * @param kind the key below {@code problems} in the check file
 * @param fixOn the host to mend, for commands that do not say {@code on}
 * @param values what replaces {@code {name}} in texts and (shell-quoted) in commands; {@code
 *     {source}}, {@code {destination}}, {@code {host}}, {@code {guest}} are always there
 * @param advisory whether it only warns, though its check and its kind block
 */
public record Problem(String kind, Side fixOn, Map<String, String> values, boolean advisory) {
  /** Copies the map. */
  public Problem {
    values = java.util.Collections.unmodifiableMap(new TreeMap<>(values));
  }

  /**
   * Creates a problem to be mended on the destination; {@code pairs} are names and values in turn.
   */
  public static Problem of(String kind, String... pairs) {
    return on(Side.DESTINATION, kind, pairs);
  }

  /** Creates a problem to be mended on {@code side}; {@code pairs} are names and values in turn. */
  public static Problem on(Side side, String kind, String... pairs) {
    if (pairs.length % 2 != 0) {
      throw new IllegalArgumentException("names and values must come in pairs");
    }
    Map<String, String> values = new TreeMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      values.put(pairs[i], pairs[i + 1]);
    }
    return new Problem(kind, side, values, false);
  }

  /** Returns the same problem, which only warns: such as one on a bridge that no guest uses. */
  public Problem asWarning() {
    return new Problem(kind, fixOn, values, true);
  }
}
