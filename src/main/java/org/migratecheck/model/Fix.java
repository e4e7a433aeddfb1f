package org.migratecheck.model;

import java.util.List;

/**
 * How to turn a finding green.
 *
 * @param text the remedy in words; empty when there is nothing to mend
 * @param command all commands as one text; before each group a comment line names the host. Empty
 *     when no command can do it
 * @param commands the same commands one by one with the host on which each is to be run
 */
public record Fix(String text, String command, List<Command> commands) {
  /** Nothing to mend. */
  public static final Fix NONE = new Fix("", "", List.of());

  /** Copies the list. */
  public Fix {
    commands = List.copyOf(commands);
  }

  /**
   * One shell command.
   *
   * @param host the host (name as typed) to run it on, as root
   * @param command the shell text; every value in it that came from a host is quoted
   */
  public record Command(String host, String command) {}
}
