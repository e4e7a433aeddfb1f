package org.migratecheck.remote;

import java.time.Duration;

/**
 * How to connect, the same for all hosts of a run.
 *
 * @param connectTimeout the longest that each step up to a secure connection may take: name
 *     resolution and TCP, then greeting and key exchange; {@code ConnectTimeout} of the ssh
 *     configuration takes its place
 * @param authTimeout the longest that logging in may take, questions to the user not counted; the
 *     same for sudo
 * @param sudo how a login that is not root gets the rights of root
 * @param prompter who answers for passphrases and passwords
 */
public record ConnectOptions(
    Duration connectTimeout, Duration authTimeout, SudoMode sudo, Prompter prompter) {
  /** Returns 10 s, 30 s, no sudo and nobody to ask. */
  public static ConnectOptions defaults() {
    return new ConnectOptions(
        Duration.ofSeconds(10), Duration.ofSeconds(30), SudoMode.NONE, Prompter.NONE);
  }

  /** Returns the same options with another sudo mode. */
  public ConnectOptions withSudo(SudoMode mode) {
    return new ConnectOptions(connectTimeout, authTimeout, mode, prompter);
  }

  /** Returns the same options with another prompter. */
  public ConnectOptions withPrompter(Prompter other) {
    return new ConnectOptions(connectTimeout, authTimeout, sudo, other);
  }

  /** Returns the same options with other limits. */
  public ConnectOptions withTimeouts(Duration connect, Duration auth) {
    return new ConnectOptions(connect, auth, sudo, prompter);
  }
}
