package org.migratecheck.collect;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.migratecheck.model.HostIdentity;
import org.migratecheck.remote.ConnectionException;
import org.migratecheck.remote.HostConnection;
import org.migratecheck.remote.ScriptLimits;
import org.migratecheck.remote.ScriptResult;

/** A connection that runs scripts in this machine's {@code sh}, or answers what it is told to. */
class FakeConnection implements HostConnection {
  static final HostIdentity IDENTITY =
      new HostIdentity("ssh", "192.0.2.1", 22, "root", "key", true);

  volatile boolean closed;

  @Override
  public HostIdentity identity() {
    return IDENTITY;
  }

  @Override
  public ScriptResult run(String script, ScriptLimits limits) throws ConnectionException {
    Instant sent = Instant.now();
    try {
      Shells.Run run = Shells.run("sh", script);
      return new ScriptResult(
          Optional.of(run.exitStatus()),
          run.stdout(),
          run.stderr().getBytes(StandardCharsets.UTF_8),
          false,
          false,
          sent,
          Optional.of(Instant.now()));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    closed = true;
  }

  /** Returns a connection to a host that prints {@code stdout} whatever it is asked. */
  static FakeConnection printing(int status, String stdout, String stderr, boolean timedOut) {
    return new FakeConnection() {
      @Override
      public ScriptResult run(String script, ScriptLimits limits) {
        return new ScriptResult(
            Optional.of(status),
            stdout.getBytes(StandardCharsets.UTF_8),
            stderr.getBytes(StandardCharsets.UTF_8),
            false,
            timedOut,
            Instant.now(),
            Optional.empty());
      }
    };
  }
}
