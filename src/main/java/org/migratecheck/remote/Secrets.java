package org.migratecheck.remote;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The answers of the person at the terminal, asked once for each key and each user over all hosts
 * of a run, one question at a time. May be used by many threads at once; it holds the answers until
 * the process ends.
 */
final class Secrets {
  private static final int PASSPHRASE_TRIES = 3;

  private final Map<String, Optional<char[]>> answers = new HashMap<>();

  /**
   * Returns the login password of {@code user}.
   *
   * @param host the host that wants it, named in the question
   */
  synchronized Optional<char[]> loginPassword(Prompter prompter, String user, String host) {
    return once(
        "login " + user,
        prompter,
        "Password of " + user + " on " + host + " (and on further hosts that ask for it):");
  }

  /** Returns the password that sudo wants of {@code user}. */
  synchronized Optional<char[]> sudoPassword(Prompter prompter, String user, String host) {
    return once(
        "sudo " + user,
        prompter,
        "sudo password of " + user + " on " + host + " (and on further hosts that ask for it):");
  }

  /**
   * Asks for the passphrase of a key until it opens the key, three times at most. An answer that
   * opened it is not kept: the opened key is.
   *
   * @param opens tries a passphrase
   * @return whether the key is open now; after one refusal nobody is asked again
   */
  synchronized boolean openKey(Prompter prompter, String key, Predicate<char[]> opens) {
    if (answers.containsKey("key " + key)) {
      return false;
    }
    for (int i = 0; i < PASSPHRASE_TRIES; i++) {
      Optional<char[]> answer = prompter.ask("Passphrase for " + key + ":");
      if (answer.isEmpty()) {
        break;
      }
      boolean opened = opens.test(answer.get());
      Arrays.fill(answer.get(), '\0');
      if (opened) {
        return true;
      }
    }
    answers.put("key " + key, Optional.empty());
    return false;
  }

  /** Asks a question that is new each time, such as for a one-time code. */
  synchronized Optional<char[]> fresh(Prompter prompter, String question) {
    return prompter.ask(question);
  }

  private Optional<char[]> once(String what, Prompter prompter, String question) {
    Optional<char[]> answer = answers.get(what);
    if (answer == null) {
      answer = prompter.ask(question);
      answers.put(what, answer);
    }
    return answer;
  }
}
