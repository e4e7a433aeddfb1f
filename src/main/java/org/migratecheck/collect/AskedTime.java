package org.migratecheck.collect;

import java.util.Optional;
import org.migratecheck.remote.Prompter;

/** Passes questions on and counts the time that a person takes, which no limit is about. */
final class AskedTime implements Prompter {
  private final Prompter prompter;
  private int open;
  private long since;
  private long total;

  AskedTime(Prompter prompter) {
    this.prompter = prompter;
  }

  @Override
  public Optional<char[]> ask(String prompt) {
    begin();
    try {
      return prompter.ask(prompt);
    } finally {
      end();
    }
  }

  private synchronized void begin() {
    if (open++ == 0) {
      since = System.nanoTime();
    }
  }

  private synchronized void end() {
    if (--open == 0) {
      total += System.nanoTime() - since;
    }
  }

  /** Returns how long questions have been open so far, in nanoseconds. */
  synchronized long nanos() {
    return open == 0 ? total : total + System.nanoTime() - since;
  }
}
