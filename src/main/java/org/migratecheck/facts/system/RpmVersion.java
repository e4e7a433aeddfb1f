package org.migratecheck.facts.system;

import java.math.BigInteger;

/**
 * The version order of RPM: epoch, then version, then release, each of the two compared segment by
 * segment as {@code rpmvercmp} does (rpm's {@code rpmio/rpmvercmp.c} and {@code
 * docs/manual/dependencies.md}).
 */
public final class RpmVersion {
  private RpmVersion() {}

  /**
   * Compares two versions, each {@code [epoch:]version[-release]}. No epoch is epoch 0. The release
   * counts only where both have one.
   *
   * @return a negative number, 0 or a positive number as {@code a} is older, equal or newer
   */
  public static int compare(String a, String b) {
    int epoch = epoch(a).compareTo(epoch(b));
    if (epoch != 0) {
      return epoch;
    }
    String aRest = a.substring(epochLength(a));
    String bRest = b.substring(epochLength(b));
    int aDash = aRest.lastIndexOf('-');
    int bDash = bRest.lastIndexOf('-');
    int version =
        compareSegments(
            aDash < 0 ? aRest : aRest.substring(0, aDash),
            bDash < 0 ? bRest : bRest.substring(0, bDash));
    if (version != 0 || aDash < 0 || bDash < 0) {
      return version;
    }
    return compareSegments(aRest.substring(aDash + 1), bRest.substring(bDash + 1));
  }

  /**
   * Compares two versions or two releases: runs of digits as numbers, runs of letters as text, a
   * number is newer than text, more segments are newer; {@code ~} sorts before everything, even the
   * end, and {@code ^} after the end but before any further segment. All other characters only
   * separate.
   */
  public static int compareSegments(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() || j < b.length()) {
      i = skipSeparators(a, i);
      j = skipSeparators(b, j);
      boolean aTilde = at(a, i) == '~';
      boolean bTilde = at(b, j) == '~';
      if (aTilde || bTilde) {
        if (aTilde != bTilde) {
          return aTilde ? -1 : 1;
        }
        i++;
        j++;
        continue;
      }
      boolean aCaret = at(a, i) == '^';
      boolean bCaret = at(b, j) == '^';
      if (aCaret || bCaret) {
        if (aCaret != bCaret) {
          return aCaret ? (j < b.length() ? -1 : 1) : (i < a.length() ? 1 : -1);
        }
        i++;
        j++;
        continue;
      }
      if (i >= a.length() || j >= b.length()) {
        break;
      }
      boolean number = isDigit(a.charAt(i));
      int aEnd = run(a, i, number);
      int bEnd = run(b, j, number);
      if (bEnd == j) {
        return number ? 1 : -1;
      }
      int order =
          number
              ? compareNumbers(a.substring(i, aEnd), b.substring(j, bEnd))
              : Integer.signum(a.substring(i, aEnd).compareTo(b.substring(j, bEnd)));
      if (order != 0) {
        return order;
      }
      i = aEnd;
      j = bEnd;
    }
    return Boolean.compare(i < a.length(), j < b.length());
  }

  private static BigInteger epoch(String version) {
    int length = epochLength(version);
    return length == 0 ? BigInteger.ZERO : new BigInteger(version.substring(0, length - 1));
  }

  /** Returns the length of {@code epoch:}, 0 where there is none. */
  private static int epochLength(String version) {
    int i = 0;
    while (i < version.length() && isDigit(version.charAt(i))) {
      i++;
    }
    return i > 0 && i < version.length() && version.charAt(i) == ':' ? i + 1 : 0;
  }

  private static int skipSeparators(String s, int from) {
    int i = from;
    while (i < s.length()) {
      char c = s.charAt(i);
      if (isDigit(c) || isLetter(c) || c == '~' || c == '^') {
        break;
      }
      i++;
    }
    return i;
  }

  private static int run(String s, int from, boolean digits) {
    int i = from;
    while (i < s.length() && (digits ? isDigit(s.charAt(i)) : isLetter(s.charAt(i)))) {
      i++;
    }
    return i;
  }

  private static int compareNumbers(String a, String b) {
    String aPlain = withoutZeros(a);
    String bPlain = withoutZeros(b);
    return aPlain.length() != bPlain.length()
        ? Integer.compare(aPlain.length(), bPlain.length())
        : Integer.signum(aPlain.compareTo(bPlain));
  }

  private static String withoutZeros(String digits) {
    int i = 0;
    while (i < digits.length() && digits.charAt(i) == '0') {
      i++;
    }
    return digits.substring(i);
  }

  private static char at(String s, int i) {
    return i < s.length() ? s.charAt(i) : '\0';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
