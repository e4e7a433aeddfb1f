package org.migratecheck.remote;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;

/**
 * An SSH host on loopback for tests: its commands are Java code, and it can be told to misbehave.
 * It has ECDSA and RSA host keys (its library needs further ones for ed25519).
 */
public final class EmbeddedSshd implements AutoCloseable {
  /** The answer to a command. */
  @FunctionalInterface
  public interface Handler {
    /**
     * Runs {@code command} and returns its exit status; a negative one is never sent, as if the
     * command had been killed.
     */
    int run(String command, InputStream in, OutputStream out, OutputStream err) throws Exception;
  }

  /** Runs the command's standard input with the real {@code /bin/sh -s}, whatever the command. */
  public static final Handler SHELL = EmbeddedSshd::shell;

  private static final Map<String, KeyPair> KEYS = new ConcurrentHashMap<>();

  private final SshServer server = SshServer.setUpDefaultServer();
  private final Set<String> authorized = ConcurrentHashMap.newKeySet();
  private final Map<String, String> passwords = new ConcurrentHashMap<>();
  private final List<String> commands = new CopyOnWriteArrayList<>();
  private final List<String> passwordsSeen = new CopyOnWriteArrayList<>();
  private final List<String> usersSeen = new CopyOnWriteArrayList<>();
  private final CountDownLatch release = new CountDownLatch(1);
  private volatile Handler handler = SHELL;
  private volatile boolean hangAfterKeyExchange;
  private volatile boolean hangInLogin;

  private EmbeddedSshd() {}

  /** Starts a host with an ECDSA host key of its own and on a free port. */
  public static EmbeddedSshd start() throws IOException {
    return start(newKey("EC", 256));
  }

  /** Starts a host with the given host keys, in the host's order of preference. */
  public static EmbeddedSshd start(KeyPair... hostKeys) throws IOException {
    EmbeddedSshd sshd = new EmbeddedSshd();
    SshServer server = sshd.server;
    server.setHost("127.0.0.1");
    server.setPort(0);
    server.setKeyPairProvider(KeyPairProvider.wrap(hostKeys));
    server.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
    server.setPublickeyAuthenticator(
        (user, key, session) -> {
          sshd.usersSeen.add(user);
          sshd.hangIf(sshd.hangInLogin);
          return sshd.authorized.contains(KeyUtils.getFingerPrint(key));
        });
    server.setPasswordAuthenticator(
        (user, password, session) -> {
          sshd.passwordsSeen.add(password);
          return password.equals(sshd.passwords.get(user));
        });
    server.setCommandFactory((channel, command) -> sshd.new Exec(command));
    server.addSessionListener(
        new SessionListener() {
          @Override
          public void sessionEvent(Session session, Event event) {
            if (event == Event.KexCompleted) {
              sshd.hangIf(sshd.hangAfterKeyExchange);
            }
          }
        });
    server.start();
    return sshd;
  }

  /** Returns a key that is made once per test run and name. */
  public static KeyPair namedKey(String name, String algorithm, int size) {
    return KEYS.computeIfAbsent(name + algorithm + size, n -> newKey(algorithm, size));
  }

  private static KeyPair newKey(String algorithm, int size) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(size);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Writes a new user key without passphrase to {@code file} and lets it in.
   *
   * @return {@code file}
   */
  public Path newUserKey(Path file) {
    return newUserKey(file, "");
  }

  /** Writes a new user key to {@code file} and lets it in. */
  public Path newUserKey(Path file, String passphrase) {
    String fingerprint = writeKey(file, passphrase);
    authorized.add(fingerprint);
    return file;
  }

  /**
   * Writes a new ECDSA key that nobody knows.
   *
   * @return its fingerprint, {@code SHA256:...}
   */
  public static String writeKey(Path file, String passphrase) {
    try {
      com.jcraft.jsch.KeyPair pair =
          com.jcraft.jsch.KeyPair.genKeyPair(new JSch(), com.jcraft.jsch.KeyPair.ECDSA, 256);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try (OutputStream out = Files.newOutputStream(file)) {
        pair.writeOpenSSHv1PrivateKey(
            out, passphrase.isEmpty() ? null : passphrase.getBytes(), "aes256-ctr", 4);
      }
      return SshPublicKey.ofBlob(pair.getPublicKeyBlob()).orElseThrow().fingerprint();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JSchException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Lets the key with this fingerprint in. */
  public EmbeddedSshd authorize(String fingerprint) {
    authorized.add(fingerprint);
    return this;
  }

  /** Lets {@code user} in with {@code password}. */
  public EmbeddedSshd password(String user, String password) {
    passwords.put(user, password);
    return this;
  }

  /** Sets what commands do; {@link #SHELL} at first. */
  public EmbeddedSshd handler(Handler newHandler) {
    handler = newHandler;
    return this;
  }

  /** Sets the banner that is shown before the login. */
  public EmbeddedSshd banner(String text) {
    CoreModuleProperties.WELCOME_BANNER.set(server, text);
    return this;
  }

  /** Allows or forbids connections through this host. */
  public EmbeddedSshd forwarding(boolean allowed) {
    server.setForwardingFilter(allowed ? AcceptAllForwardingFilter.INSTANCE : null);
    return this;
  }

  /** Makes every connection hang once keys are exchanged. */
  public EmbeddedSshd hangAfterKeyExchange() {
    hangAfterKeyExchange = true;
    return this;
  }

  /** Makes every login hang. */
  public EmbeddedSshd hangInLogin() {
    hangInLogin = true;
    return this;
  }

  private void hangIf(boolean hang) {
    if (hang) {
      try {
        release.await(60, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Cuts all connections without a word. */
  public void dropConnections() {
    server.getActiveSessions().forEach(session -> session.close(true));
  }

  /** Returns the server, for settings that are not here. */
  public SshServer server() {
    return server;
  }

  /** Returns the port. */
  public int port() {
    return server.getPort();
  }

  /** Returns the commands so far. */
  public List<String> commands() {
    return commands;
  }

  /** Returns the passwords that clients have sent so far. */
  public List<String> passwordsSeen() {
    return passwordsSeen;
  }

  /** Returns the users that clients have named so far while they offered keys. */
  public List<String> usersSeen() {
    return usersSeen;
  }

  /** Returns how many connections are open. */
  public int connections() {
    return server.getActiveSessions().size();
  }

  /** Returns {@code TYPE BASE64} of a key. */
  public static String publicKey(KeyPair key) {
    return PublicKeyEntry.toString(key.getPublic());
  }

  /** Returns the known_hosts line for {@code name}, such as {@code [127.0.0.1]:2222}. */
  public static String knownHostsLine(String name, KeyPair key) {
    return name + " " + publicKey(key) + "\n";
  }

  /** Returns the known_hosts line for the first host key of this host. */
  public String knownHostsLine() {
    return knownHostsLine("[127.0.0.1]:" + port(), hostKey());
  }

  /** Returns the first host key. */
  public KeyPair hostKey() {
    try {
      return server.getKeyPairProvider().loadKeys(null).iterator().next();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    release.countDown();
    server.close(true);
  }

  private static int shell(String command, InputStream in, OutputStream out, OutputStream err)
      throws Exception {
    Process process = new ProcessBuilder("/bin/sh", "-s").start();
    Thread stdin = copy(in, process.getOutputStream(), true);
    Thread stdout = copy(process.getInputStream(), out, false);
    Thread stderr = copy(process.getErrorStream(), err, false);
    try {
      int status = process.waitFor();
      stdout.join();
      stderr.join();
      stdin.interrupt();
      return status;
    } finally {
      process.destroyForcibly();
    }
  }

  private static Thread copy(InputStream from, OutputStream to, boolean close) {
    Thread thread =
        new Thread(
            () -> {
              byte[] buffer = new byte[8192];
              try {
                for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                  to.write(buffer, 0, n);
                  to.flush();
                }
                if (close) {
                  to.close();
                }
              } catch (IOException e) {
                // One of the two ends is gone.
              }
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private final class Exec implements Command {
    private final String command;
    private InputStream in;
    private OutputStream out;
    private OutputStream err;
    private ExitCallback exit;
    private ChannelSession channel;
    private Thread thread;

    Exec(String command) {
      this.command = command;
      commands.add(command);
    }

    @Override
    public void start(ChannelSession session, Environment environment) {
      channel = session;
      thread = new Thread(this::run, "command");
      thread.setDaemon(true);
      thread.start();
    }

    private void run() {
      int status;
      try {
        status = handler.run(command, in, out, err);
        out.flush();
        err.flush();
      } catch (InterruptedException e) {
        status = -1;
      } catch (Exception e) {
        status = 255;
      }
      if (status >= 0) {
        exit.onExit(status);
      } else {
        channel.close(false);
      }
    }

    @Override
    public void destroy(ChannelSession session) {
      thread.interrupt();
    }

    @Override
    public void setInputStream(InputStream stream) {
      in = stream;
    }

    @Override
    public void setOutputStream(OutputStream stream) {
      out = stream;
    }

    @Override
    public void setErrorStream(OutputStream stream) {
      err = stream;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
      exit = callback;
    }
  }
}
