package org.migratecheck.check;

import org.migratecheck.facts.Undetermined;

/**
 * Text that a regular expression may look at only so often, because a pattern of a check file can
 * take exponential time on hostile output.
 */
final class BoundedText implements CharSequence {
  private static final int MAX_LOOKS = 20_000_000;
  private final CharSequence text;
  private final int[] looks;

  BoundedText(CharSequence text) {
    this(text, new int[1]);
  }

  private BoundedText(CharSequence text, int[] looks) {
    this.text = text;
    this.looks = looks;
  }

  @Override
  public char charAt(int index) {
    if (++looks[0] > MAX_LOOKS) {
      throw new Undetermined("a pattern of the check file takes too long on this output");
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return new BoundedText(text.subSequence(start, end), looks);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
