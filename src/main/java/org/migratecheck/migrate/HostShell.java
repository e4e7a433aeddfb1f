package org.migratecheck.migrate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.migratecheck.check.Shell;
import org.migratecheck.model.HostFailure;
import org.migratecheck.model.HostIdentity;
import org.migratecheck.model.Printable;
import org.migratecheck.remote.ConnectOptions;
import org.migratecheck.remote.ConnectionException;
import org.migratecheck.remote.Connector;
import org.migratecheck.remote.HostConnection;
import org.migratecheck.remote.HostSpec;
import org.migratecheck.remote.ScriptLimits;
import org.migratecheck.remote.ScriptResult;

/**
 * Runs the small scripts of a migration on one host, over one connection that is opened again when
 * it breaks. What they say is read only from lines that carry a random word, so that nothing that a
 * login shell prints mixes in. Not thread-safe.
 */
final class HostShell implements AutoCloseable {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int MAX_STDOUT = 1 << 20;
  private static final String PRELUDE = resource("prelude.sh");

  private final HostSpec host;
  private final Connector connector;
  private final ConnectOptions options;
  private final String nonce;
  private final Map<String, String> common = new TreeMap<>();
  private HostConnection connection;
  private String expectedKey;

  /**
   * @param nonce who we are in the locks
   */
  HostShell(HostSpec host, Connector connector, ConnectOptions options, String nonce) {
    this.host = host;
    this.connector = connector;
    this.options = options;
    this.nonce = nonce;
  }

  /** Returns the host's name as typed. */
  String name() {
    return host.typed();
  }

  /** From now on only a host with this key is talked to; anything else fails. */
  void expect(String hostKey) {
    expectedKey = hostKey;
  }

  /** Returns how the host is reached. */
  HostIdentity identity() throws ConnectionException {
    return open().identity();
  }

  /** Returns a random word. */
  static String word() {
    byte[] random = new byte[12];
    RANDOM.nextBytes(random);
    return "mc" + HexFormat.of().formatHex(random);
  }

  /**
   * Runs one script to its end.
   *
   * @param script the name of a resource of this package without its ending
   * @param uuid the guest's UUID; empty where the script needs none
   * @param variables further shell variables, names in lower case
   * @throws ConnectionException when the host was not reached or the script did not end; what it
   *     did until then is unknown
   */
  Answer run(String script, String uuid, Map<String, String> variables, Duration deadline)
      throws ConnectionException {
    String mark = word();
    StringBuilder text = new StringBuilder();
    common.clear();
    common.putAll(variables);
    common.put("n", mark);
    common.put("u", uuid);
    common.put("nonce", nonce);
    common.forEach((k, v) -> text.append(k).append('=').append(Shell.quote(v)).append('\n'));
    text.append(PRELUDE).append(resource(script + ".sh"));
    ScriptResult result;
    try {
      result = open().run(text.toString(), new ScriptLimits(deadline, MAX_STDOUT, 16 * 1024));
    } catch (ConnectionException e) {
      close();
      throw e;
    }
    Answer answer = Answer.parse(mark, Printable.decode(result.stdout()));
    if (!answer.complete()) {
      close();
      throw failure(
          host.typed()
              + (result.timedOut()
                  ? ": no answer within " + deadline.toSeconds() + " s"
                  : ": the connection ended in the middle of an answer"));
    }
    return answer;
  }

  private HostConnection open() throws ConnectionException {
    if (connection == null) {
      HostConnection opened = connector.connect(host, options);
      if (expectedKey != null && !expectedKey.equals(opened.identity().hostKey())) {
        opened.close();
        throw failure(host.typed() + ": the SSH host key is no longer the one that was checked");
      }
      connection = opened;
    }
    return connection;
  }

  static ConnectionException failure(String message) {
    return new ConnectionException(new HostFailure(HostFailure.Kind.UNREACHABLE, message, ""));
  }

  @Override
  public void close() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }

  static String resource(String name) {
    try (InputStream in = HostShell.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("resource " + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
