package org.migratecheck.remote;

import com.jcraft.jsch.UIKeyboardInteractive;
import com.jcraft.jsch.UserInfo;
import java.util.Locale;
import java.util.Optional;
import org.migratecheck.model.Printable;

/**
 * Answers what a host asks while a user logs in. JSch comes here only after the host's key was
 * found to be the known one. A password is tried once: a second refusal could lock the account.
 */
final class LoginDialog implements UserInfo, UIKeyboardInteractive {
  /**
   * Ends the login at once. JSch's own way to cancel sends empty answers, which a host counts as
   * one more wrong password.
   */
  static final class AbandonedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static final int MAX_BANNER = 2000;
  private static final int MAX_QUESTIONS = 8;
  private static final int MAX_QUESTION = 120;

  private final SshSettings settings;
  private final Secrets secrets;
  private final Prompter prompter;
  private final Patience patience;
  private final StringBuilder banner = new StringBuilder();
  private boolean passwordTried;
  private boolean nobodyAnswered;
  private int questions;
  private String password = "";

  LoginDialog(SshSettings settings, Secrets secrets, Prompter prompter, Patience patience) {
    this.settings = settings;
    this.secrets = secrets;
    this.prompter = prompter;
    this.patience = patience;
  }

  /** Returns what the host showed before the login, cut, as one printable line. */
  synchronized String banner() {
    return Printable.line(banner.toString().strip(), MAX_BANNER);
  }

  /** Returns whether a password was sent. */
  synchronized boolean passwordTried() {
    return passwordTried;
  }

  /** Returns whether the host wanted an answer and nobody gave it. */
  synchronized boolean nobodyAnswered() {
    return nobodyAnswered;
  }

  @Override
  public synchronized boolean promptPassword(String message) {
    Optional<String> answer = passwordOnce();
    password = answer.orElse("");
    return answer.isPresent();
  }

  @Override
  public synchronized String getPassword() {
    return password;
  }

  @Override
  public synchronized String[] promptKeyboardInteractive(
      String destination, String name, String instruction, String[] prompts, boolean[] echo) {
    questions += prompts.length;
    if (questions > MAX_QUESTIONS) {
      throw new AbandonedException();
    }
    String[] answers = new String[prompts.length];
    for (int i = 0; i < prompts.length; i++) {
      boolean password = prompts[i].toLowerCase(Locale.ROOT).contains("password") && !echo[i];
      Optional<String> answer = password ? passwordOnce() : fresh(prompts[i]);
      if (answer.isEmpty()) {
        throw new AbandonedException();
      }
      answers[i] = answer.get();
    }
    return answers;
  }

  private Optional<String> passwordOnce() {
    if (passwordTried) {
      return Optional.empty();
    }
    Optional<char[]> answer =
        patience.untimed(
            () -> secrets.loginPassword(prompter, settings.user(), settings.hostName()));
    passwordTried = answer.isPresent();
    nobodyAnswered |= answer.isEmpty();
    return answer.map(String::new);
  }

  private Optional<String> fresh(String question) {
    String shown =
        settings.user()
            + "@"
            + settings.hostName()
            + " asks: "
            + Printable.line(question.strip(), MAX_QUESTION);
    Optional<char[]> answer = patience.untimed(() -> secrets.fresh(prompter, shown));
    nobodyAnswered |= answer.isEmpty();
    return answer.map(String::new);
  }

  @Override
  public synchronized void showMessage(String message) {
    if (banner.length() < MAX_BANNER) {
      banner.append(message, 0, Math.min(message.length(), MAX_BANNER)).append('\n');
    }
  }

  @Override
  public boolean promptPassphrase(String message) {
    return false; // keys ask for themselves
  }

  @Override
  public String getPassphrase() {
    return "";
  }

  @Override
  public boolean promptYesNo(String message) {
    return false; // no key is ever accepted by a question
  }
}
