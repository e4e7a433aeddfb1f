package org.migratecheck.facts.system;

import java.util.Random;

/** Random versions, the same in every run. */
final class RandomVersions {
  private final Random random;
  private final String characters;

  RandomVersions(long seed, String characters) {
    this.random = new Random(seed);
    this.characters = characters;
  }

  /** Returns {@code [epoch:]version[-release]}; the version begins with a digit. */
  String evr() {
    StringBuilder evr = new StringBuilder();
    if (random.nextInt(4) == 0) {
      evr.append(random.nextInt(3)).append(':');
    }
    evr.append(random.nextInt(10)).append(text());
    if (random.nextInt(3) != 0) {
      evr.append('-').append(random.nextInt(10)).append(text());
    }
    return evr.toString();
  }

  /** Returns a version that shares a beginning with {@code evr}, or is it, or any other. */
  String near(String evr) {
    return switch (random.nextInt(4)) {
      case 0 -> evr();
      case 1 -> evr;
      case 2 -> evr + characters.charAt(random.nextInt(characters.length()));
      default ->
          evr.substring(0, 1 + random.nextInt(evr.length())).replaceAll("[-:~^+_.]+$", "")
              + "1"
              + text();
    };
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      text.append(characters.charAt(random.nextInt(characters.length())));
    }
    return text.toString();
  }
}
