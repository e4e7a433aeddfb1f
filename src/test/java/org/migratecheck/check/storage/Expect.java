package org.migratecheck.check.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.migratecheck.model.Finding;
import org.migratecheck.model.Status;

/** Compares findings with what is expected of them. */
final class Expect {
  private Expect() {}

  static void pass(Finding finding, String message) {
    status(finding, Status.PASS, message);
    assertThat(finding.fix().commands()).isEmpty();
  }

  static void skipped(Finding finding, String message) {
    status(finding, Status.SKIPPED, message);
  }

  /** A problem that blocks; its fix is nothing to be run. */
  static void fail(Finding finding, String message) {
    status(finding, Status.FAIL, message);
    assertThat(finding.fix().text()).isNotBlank();
    assertThat(finding.fix().commands()).isEmpty();
  }

  /** A problem that blocks; {@code command} is a part of its fix after the host's name. */
  static void fail(Finding finding, String message, String command) {
    status(finding, Status.FAIL, message);
    assertThat(StorageScene.commands(finding)).contains(command);
  }

  static void warn(Finding finding, String message) {
    status(finding, Status.WARN, message);
    assertThat(finding.fix().text()).isNotBlank();
  }

  static void warn(Finding finding, String message, String command) {
    warn(finding, message);
    assertThat(StorageScene.commands(finding)).contains(command);
  }

  static void error(Finding finding, String message) {
    status(finding, Status.ERROR, message);
  }

  private static void status(Finding finding, Status status, String message) {
    assertThat(finding.message()).contains(message);
    assertThat(finding.status()).as(finding.message()).isEqualTo(status);
  }
}
