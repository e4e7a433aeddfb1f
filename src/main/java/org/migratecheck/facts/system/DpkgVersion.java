package org.migratecheck.facts.system;

import java.math.BigInteger;

/**
 * The version order of Debian packages: epoch, then upstream version, then revision, as {@code
 * deb-version(7)} says and {@code dpkg --compare-versions} does.
 */
public final class DpkgVersion {
  private DpkgVersion() {}

  /**
   * Compares two versions, each {@code [epoch:]upstream[-revision]}. No epoch is epoch 0, and no
   * revision equals revision 0.
   *
   * @return a negative number, 0 or a positive number as {@code a} is older, equal or newer
   */
  public static int compare(String a, String b) {
    int epoch = epoch(a).compareTo(epoch(b));
    if (epoch != 0) {
      return epoch;
    }
    String aRest = withoutEpoch(a);
    String bRest = withoutEpoch(b);
    int aDash = aRest.lastIndexOf('-');
    int bDash = bRest.lastIndexOf('-');
    int upstream =
        compareParts(
            aDash < 0 ? aRest : aRest.substring(0, aDash),
            bDash < 0 ? bRest : bRest.substring(0, bDash));
    return upstream != 0
        ? upstream
        : compareParts(
            aDash < 0 ? "" : aRest.substring(aDash + 1),
            bDash < 0 ? "" : bRest.substring(bDash + 1));
  }

  /** Compares runs of non-digits by {@link #weight} and runs of digits as numbers, in turn. */
  private static int compareParts(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() || j < b.length()) {
      while (nonDigit(a, i) || nonDigit(b, j)) {
        int order = Integer.compare(weight(a, i), weight(b, j));
        if (order != 0) {
          return order;
        }
        i++;
        j++;
      }
      while (i < a.length() && a.charAt(i) == '0') {
        i++;
      }
      while (j < b.length() && b.charAt(j) == '0') {
        j++;
      }
      int firstDifference = 0;
      while (digit(a, i) && digit(b, j)) {
        if (firstDifference == 0) {
          firstDifference = Integer.compare(a.charAt(i), b.charAt(j));
        }
        i++;
        j++;
      }
      if (digit(a, i) || digit(b, j)) {
        return digit(a, i) ? 1 : -1;
      }
      if (firstDifference != 0) {
        return firstDifference;
      }
    }
    return 0;
  }

  /** Tilde before the end, the end like a digit, letters before all other characters. */
  private static int weight(String s, int i) {
    if (i >= s.length() || digit(s, i)) {
      return 0;
    }
    char c = s.charAt(i);
    if (c == '~') {
      return -1;
    }
    boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter ? c : c + 256;
  }

  private static boolean digit(String s, int i) {
    return i < s.length() && s.charAt(i) >= '0' && s.charAt(i) <= '9';
  }

  private static boolean nonDigit(String s, int i) {
    return i < s.length() && !digit(s, i);
  }

  private static BigInteger epoch(String version) {
    int colon = version.indexOf(':');
    String epoch = colon < 0 ? "" : version.substring(0, colon);
    return !epoch.isEmpty() && epoch.chars().allMatch(c -> c >= '0' && c <= '9')
        ? new BigInteger(epoch)
        : BigInteger.ZERO;
  }

  private static String withoutEpoch(String version) {
    return version.substring(version.indexOf(':') + 1);
  }
}
