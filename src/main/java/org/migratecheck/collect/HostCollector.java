package org.migratecheck.collect;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import org.migratecheck.model.HostFailure;
import org.migratecheck.model.Printable;
import org.migratecheck.model.ProbeOutput;
import org.migratecheck.model.ProbeOutput.Completeness;
import org.migratecheck.remote.ConnectionException;
import org.migratecheck.remote.HostConnection;
import org.migratecheck.remote.ScriptLimits;
import org.migratecheck.remote.ScriptResult;

/** Runs one script on an open connection and reads its answer. */
final class HostCollector {
  /** What one host may send in all; two hosts of 3,000 packages send 2 MB each. */
  static final int MAX_STDOUT = 32 * 1024 * 1024;

  private static final int MAX_STDERR = 64 * 1024;

  private HostCollector() {}

  /**
   * The answer of a host that ran the script.
   *
   * @param frames what it said
   * @param result the run behind it
   */
  record Answer(Frames frames, ScriptResult result) {}

  /**
   * Runs a script.
   *
   * @param host the host's name as typed, for messages
   * @param end when to give up, by {@link System#nanoTime}
   * @throws ConnectionException when the connection failed or the host's shell did not run it
   */
  static Answer run(String host, HostConnection connection, BatchScript script, long end)
      throws ConnectionException {
    Duration remaining = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
    Duration deadline = script.deadline().compareTo(remaining) < 0 ? script.deadline() : remaining;
    ScriptResult result =
        connection.run(script.text(), new ScriptLimits(deadline, MAX_STDOUT, MAX_STDERR));
    Frames frames =
        FrameReader.read(result.stdout(), script.nonce(), script.probes(), absent(result));
    if (frames.failure().isPresent()) {
      throw failed(HostFailure.Kind.SHELL, host + ": " + frames.failure().get(), "");
    }
    if (!frames.started() && !result.timedOut()) {
      throw failed(
          HostFailure.Kind.SHELL,
          host + ": the login shell did not run the script: " + said(result),
          "Log in to " + host + " by hand and run 'sh -c true'.");
    }
    if (!frames.started()) {
      throw failed(
          HostFailure.Kind.TIMED_OUT,
          host + ": did not begin to run the script within " + deadline.toSeconds() + " s",
          "Find out what keeps a login shell on " + host + " from starting.");
    }
    return new Answer(frames, result);
  }

  /** Returns outputs that say that none of the script's probes answered, and why. */
  static SortedMap<String, ProbeOutput> nothing(Iterable<String> probes, String reason) {
    SortedMap<String, ProbeOutput> outputs = new TreeMap<>();
    probes.forEach(name -> outputs.put(name, ProbeOutput.missing(reason)));
    return outputs;
  }

  private static Completeness absent(ScriptResult result) {
    if (result.cut()) {
      return Completeness.TRUNCATED;
    }
    return result.timedOut() ? Completeness.TIMED_OUT : Completeness.MISSING;
  }

  private static ConnectionException failed(HostFailure.Kind kind, String message, String advice) {
    return new ConnectionException(new HostFailure(kind, message, advice));
  }

  private static String said(ScriptResult result) {
    byte[] bytes = result.stderr().length > 0 ? result.stderr() : result.stdout();
    String text = new String(bytes, 0, Math.min(bytes.length, 2000), StandardCharsets.UTF_8);
    String line =
        text.lines()
            .map(String::strip)
            .filter(l -> !l.isEmpty())
            .findFirst()
            .orElse("it printed nothing");
    line = Printable.line(line.length() > 200 ? line.substring(0, 200) + "..." : line);
    return result.exitStatus().isPresent()
        ? line + " (exit status " + result.exitStatus().get() + ")"
        : line;
  }
}
