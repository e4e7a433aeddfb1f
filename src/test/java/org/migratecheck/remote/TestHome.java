package org.migratecheck.remote;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A user's home for tests, below a temporary directory: {@code .ssh} with configuration,
 * known_hosts and keys. No ssh client is used unless asked for, so that nothing of the real user's
 * configuration counts.
 */
public final class TestHome {
  private final Path directory;
  private final Path ssh;

  /** Creates {@code directory/.ssh}. */
  public TestHome(Path directory) throws IOException {
    this.directory = directory;
    this.ssh = directory.resolve(".ssh");
    Files.createDirectories(
        ssh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /** Creates a home whose user may log in to {@code host} as root, and knows its key. */
  public static TestHome knowing(EmbeddedSshd host, Path directory) throws IOException {
    TestHome home = new TestHome(directory);
    home.know(host.knownHostsLine());
    host.newUserKey(home.key("id_ecdsa"));
    return home;
  }

  /** Appends to known_hosts. */
  public TestHome know(String lines) throws IOException {
    append(knownHosts(), lines);
    return this;
  }

  /** Appends to the ssh configuration. */
  public TestHome config(String lines) throws IOException {
    append(configFile(), lines + "\n");
    return this;
  }

  private static void append(Path file, String lines) throws IOException {
    Files.writeString(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Returns the path of a file in {@code .ssh}. */
  public Path key(String name) {
    return ssh.resolve(name);
  }

  /** Returns the known_hosts file. */
  public Path knownHosts() {
    return ssh.resolve("known_hosts");
  }

  /** Returns the user's configuration file. */
  public Path configFile() {
    return ssh.resolve("config");
  }

  /** Returns the home directory. */
  public Path directory() {
    return directory;
  }

  /** Returns the surroundings of this home's user, who is {@code root} unless configured. */
  public SshEnvironment environment() {
    return new SshEnvironment(
        directory,
        "root",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        directory.resolve("etc/ssh/ssh_config"));
  }

  /** Returns the same with an agent. */
  public SshEnvironment environment(Path agentSocket) {
    SshEnvironment plain = environment();
    return new SshEnvironment(
        plain.home(),
        plain.user(),
        Optional.of(agentSocket),
        plain.ssh(),
        plain.configFile(),
        plain.systemConfig());
  }

  /**
   * Returns the same with the installed ssh client, which reads this home's configuration alone.
   * The client takes {@code ~} from the password database, so the files are named in full.
   */
  public SshEnvironment environmentWithSsh(Path client) throws IOException {
    config(
        "Host *\n IdentityFile "
            + key("id_ecdsa")
            + "\n UserKnownHostsFile "
            + knownHosts()
            + "\n GlobalKnownHostsFile none");
    return new SshEnvironment(
        directory,
        "root",
        Optional.empty(),
        Optional.of(client),
        Optional.of(configFile()),
        directory.resolve("none"));
  }

  /** Returns the host as a person would type it. */
  public static HostSpec spec(EmbeddedSshd host) {
    return HostSpec.parse("127.0.0.1:" + host.port());
  }

  /** Returns limits that fit a test on a busy machine. */
  public static ScriptLimits limits() {
    return new ScriptLimits(Duration.ofSeconds(30), 1 << 20, 1 << 16);
  }

  /** Returns a prompter that notes the questions and gives one answer to all. */
  static Prompter answering(List<String> questions, String answer) {
    return prompt -> {
      questions.add(prompt);
      return Optional.of(answer.toCharArray());
    };
  }
}
