package org.migratecheck.remote;

/** How a login that is not root gets the rights of root. A login as root never uses sudo. */
public enum SudoMode {
  /** Not at all: scripts run as the login user. */
  NONE,
  /** By {@code sudo -n}: the sudoers file must allow it without a password. */
  WITHOUT_PASSWORD,
  /** By {@code sudo -n} where that does, else with a password from {@link Prompter}. */
  WITH_PASSWORD
}
