package org.migratecheck.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshConnectorTest {
  @TempDir Path temp;

  @Test
  void runsAScriptAsRoot() throws Exception {
    try (EmbeddedSshd host = EmbeddedSshd.start()) {
      TestHome home = TestHome.knowing(host, temp);
      SshConnector connector = new SshConnector(home.environment());
      try (HostConnection connection =
          connector.connect(TestHome.spec(host), ConnectOptions.defaults())) {
        ScriptResult result = connection.run("echo out; echo err >&2; exit 3\n", TestHome.limits());
        assertThat(new String(result.stdout(), UTF_8)).isEqualTo("out\n");
        assertThat(new String(result.stderr(), UTF_8)).isEqualTo("err\n");
        assertThat(result.exitStatus()).contains(3);
        assertThat(result.cut()).isFalse();
        assertThat(result.timedOut()).isFalse();
        assertThat(result.firstByteAt().orElseThrow()).isAfterOrEqualTo(result.sentAt());
        assertThat(host.commands()).containsExactly("/bin/sh -s");
        assertThat(connection.identity().privileged()).isTrue();
        assertThat(connection.identity().address()).isEqualTo("127.0.0.1");
        assertThat(connection.identity().port()).isEqualTo(host.port());
        assertThat(connection.identity().user()).isEqualTo("root");
        assertThat(connection.identity().hostKey())
            .startsWith("ecdsa-sha2-nistp256 SHA256:")
            .isEqualTo(
                SshPublicKey.ofLine(EmbeddedSshd.publicKey(host.hostKey()))
                    .orElseThrow()
                    .describe());
      }
    }
  }
}
