package org.migratecheck.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts that run on hosts: shellcheck's opinion, and the lock for real. */
final class ScriptsTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lock",
        "unlock",
        "start",
        "watch",
        "beat",
        "abort",
        "status",
        "find",
        "preflight",
        "verify-source",
        "verify-destination"
      })
  void areCleanForShellcheck(String name) throws Exception {
    assumeTrue(has("shellcheck"), "shellcheck is not installed");
    Path file = directory.resolve(name + ".sh");
    // Variables come from Java: SC2154; some of the prelude are for other scripts: SC2034.
    Files.writeString(file, HostShell.resource("prelude.sh") + HostShell.resource(name + ".sh"));
    Process process =
        new ProcessBuilder("shellcheck", "-s", "sh", "-e", "SC2154,SC2034", file.toString())
            .redirectErrorStream(true)
            .start();
    assertThat(new String(process.getInputStream().readAllBytes(), "UTF-8")).isEmpty();
  }

  @Test
  void aLockIsTakenOnceAndGivenBackByItsOwner() throws Exception {
    assertThat(run("lock", "one", "owner='nonce=one'").all("lock")).containsExactly("taken");
    Answer second = run("lock", "two", "owner='nonce=two'");
    assertThat(second.all("lock")).containsExactly("held");
    assertThat(second.all("owner")).containsExactly("nonce=one");
    run("unlock", "two", "");
    assertThat(run("lock", "two", "owner='nonce=two'").all("lock")).containsExactly("held");
    assertThat(run("unlock", "one", "").all("lock")).containsExactly("released");
    assertThat(run("lock", "two", "owner='nonce=two'").all("lock")).containsExactly("taken");
    run("unlock", "two", "");
    assertThat(directory.resolve("top")).doesNotExist();
  }

  @Test
  void aLockWhoseOwnerIsSilentIsTakenOver() throws Exception {
    run("lock", "one", "owner='nonce=one'");
    Path beat = directory.resolve("top").resolve(Plans.UUID).resolve("beat");
    Files.setLastModifiedTime(
        beat,
        java.nio.file.attribute.FileTime.from(
            java.time.Instant.now().minusSeconds(Lock.STALE_SECONDS + 10)));
    Answer answer = run("lock", "two", "owner='nonce=two'");
    assertThat(answer.all("stale")).containsExactly("yes");
    assertThat(answer.all("lock")).containsExactly("taken");
  }

  @Test
  void ofALoginShellsNoiseNothingIsRead() {
    Answer answer =
        Answer.parse("mark", "state running\nmark state paused\nmarkstate x\nmark end 0");
    assertThat(answer.first("state")).contains("paused");
    assertThat(answer.complete()).isTrue();
    assertThat(Answer.parse("mark", "mark state paused\n").complete()).isFalse();
  }

  private Answer run(String script, String nonce, String more) throws IOException {
    String text =
        "n=mark u="
            + Plans.UUID
            + " nonce="
            + nonce
            + "\n"
            + more
            + "\n"
            + HostShell.resource("prelude.sh").replace("/run/migrate-check", directory + "/top")
            // No libvirt here: nothing moves.
            + "moving() { false; }\n"
            + HostShell.resource(script + ".sh");
    Process process = new ProcessBuilder("sh", "-c", text).redirectErrorStream(true).start();
    Answer answer =
        Answer.parse("mark", new String(process.getInputStream().readAllBytes(), "UTF-8"));
    assertThat(answer.complete()).isTrue();
    return answer;
  }

  private static boolean has(String tool) throws Exception {
    return new ProcessBuilder("sh", "-c", "command -v " + tool).start().waitFor() == 0;
  }
}
