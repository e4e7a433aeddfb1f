package org.migratecheck.remote;

import java.util.List;
import java.util.Locale;

/** The patterns of ssh_config(5) and known_hosts: {@code *}, {@code ?}, and {@code !} to negate. */
final class WildcardPattern {
  private WildcardPattern() {}

  /**
   * Returns whether {@code name} matches one of {@code patterns} and none of the negated ones; case
   * does not matter.
   */
  static boolean anyMatch(List<String> patterns, String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    boolean matched = false;
    for (String pattern : patterns) {
      boolean negated = pattern.startsWith("!");
      if (matches((negated ? pattern.substring(1) : pattern).toLowerCase(Locale.ROOT), lower)) {
        if (negated) {
          return false;
        }
        matched = true;
      }
    }
    return matched;
  }

  /** Matches in time proportional to the product of the lengths, whatever the stars. */
  private static boolean matches(String pattern, String name) {
    int p = 0;
    int n = 0;
    int star = -1;
    int retry = 0;
    while (n < name.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        retry = n;
      } else if (p < pattern.length()
          && (pattern.charAt(p) == '?' || pattern.charAt(p) == name.charAt(n))) {
        p++;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++retry;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
