package org.migratecheck.remote;

import java.util.List;
import java.util.Optional;

/** Starts commands on one host: over a session, or as local processes. */
interface CommandRunner {
  /** A command that was started. */
  interface Running {
    /** Returns the exit status; empty while there is none, and when a signal ended the command. */
    Optional<Integer> exitStatus();

    /** Ends the command as far as the host allows it, without waiting. */
    void kill();
  }

  /**
   * Starts a command and returns at once.
   *
   * @param words the command's words; none holds a single quote
   * @param input its standard input
   * @param streams takes its output, and is told when it has ended, in whatever way
   */
  Running start(List<String> words, ScriptInput input, ScriptStreams streams);

  /** Returns why the last command was not started, or empty when it was. */
  Optional<String> startFailure();
}
