package org.migratecheck.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.migratecheck.remote.Connector;
import org.migratecheck.remote.HostConnector;
import org.migratecheck.remote.HostSpec;
import org.migratecheck.remote.SshEnvironment;

/**
 * SSH hosts on loopback that replay a recording, with keys, known_hosts and an ssh configuration of
 * their own: nothing of the user's is read, and nothing is left behind. Everything between the
 * program and these hosts is what it is between the program and real ones.
 */
public final class DemoHosts implements AutoCloseable {
  /** What the user is told: the hosts are recorded. */
  public static final String NOTICE =
      "These are recordings of two lab hosts that were made to look like RHEL 9, replayed by two"
          + " SSH servers inside this program.";

  private final Path directory;
  private final List<SshServer> servers = new ArrayList<>();
  private final List<String> names;

  private DemoHosts(Path directory, List<String> names) {
    this.directory = directory;
    this.names = names;
  }

  /**
   * Starts the hosts of the recording that comes with the program.
   *
   * @throws IOException when there is no loopback or no room for temporary files
   */
  public static DemoHosts start() throws IOException {
    return start(Recording.ours());
  }

  static DemoHosts start(Recording recording) throws IOException {
    DemoHosts hosts =
        new DemoHosts(Files.createTempDirectory("migrate-check-demo"), recording.names());
    try {
      hosts.open(recording);
      return hosts;
    } catch (GeneralSecurityException e) {
      hosts.close();
      throw new IOException(e);
    } catch (IOException | RuntimeException e) {
      hosts.close();
      throw e;
    }
  }

  /** Returns the hosts, the source first, as a user would type them. */
  public List<HostSpec> hosts() {
    return names.stream().map(HostSpec::parse).toList();
  }

  /** Returns a connector that knows how these hosts, and no others, are reached. */
  public Connector connector() {
    return new HostConnector(
        new SshEnvironment(
            directory,
            "root",
            Optional.empty(),
            Optional.empty(),
            Optional.of(directory.resolve("config")),
            directory.resolve("no-system-config")));
  }

  private void open(Recording recording) throws IOException, GeneralSecurityException {
    KeyPair user = newKey();
    StringBuilder known = new StringBuilder();
    StringBuilder config = new StringBuilder();
    for (String name : names) {
      KeyPair key = newKey();
      SshServer server = serve(recording, name, key, user);
      known.append("[127.0.0.1]:").append(server.getPort()).append(' ');
      known.append(PublicKeyEntry.toString(key.getPublic())).append('\n');
      config.append("Host ").append(name).append("\n  HostName 127.0.0.1\n  Port ");
      config.append(server.getPort()).append('\n');
    }
    Files.writeString(directory.resolve("known_hosts"), known);
    Files.writeString(
        directory.resolve("config"),
        config
            + """
            Host *
              User root
              IdentityFile "%1$s/key"
              IdentitiesOnly yes
              IdentityAgent none
              UserKnownHostsFile "%1$s/known_hosts"
              GlobalKnownHostsFile none
              StrictHostKeyChecking yes
            """
                .formatted(quoted(directory)));
    Path file = directory.resolve("key");
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (OutputStream out = Files.newOutputStream(file)) {
      OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(user, "demo", null, out);
    }
  }

  private SshServer serve(Recording recording, String name, KeyPair key, KeyPair user)
      throws IOException {
    SshServer server = SshServer.setUpDefaultServer();
    server.setHost("127.0.0.1");
    server.setPort(0);
    server.setKeyPairProvider(KeyPairProvider.wrap(key));
    server.setPublickeyAuthenticator(
        (login, offered, session) -> KeyUtils.compareKeys(offered, user.getPublic()));
    server.setCommandFactory(
        (channel, command) -> new ReplayCommand(request -> recording.answer(name, request)));
    servers.add(server);
    server.start();
    return server;
  }

  private static KeyPair newKey() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }

  private static String quoted(Path path) {
    return path.toString().replace("%", "%%");
  }

  /** Stops the hosts and removes their files. */
  @Override
  public void close() {
    servers.forEach(server -> server.close(true));
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      // Temporary files that cannot be removed hurt nobody: the key in them opens nothing any more.
    }
  }
}
