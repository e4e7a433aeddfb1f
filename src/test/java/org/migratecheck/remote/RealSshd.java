package org.migratecheck.remote;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** OpenSSH's own sshd on a loopback port as the current user, with keys of its own. */
final class RealSshd implements AutoCloseable {
  private static final Path SSHD = Path.of("/usr/sbin/sshd");

  private static Path sharedKeys;

  private final Path directory;
  private final int port;
  private final Process process;

  private RealSshd(Path directory, int port, Process process) {
    this.directory = directory;
    this.port = port;
    this.process = process;
  }

  /** Returns whether sshd and the tools that make keys are installed. */
  static boolean isInstalled() {
    return Files.isExecutable(SSHD)
        && Files.isExecutable(Path.of("/usr/bin/ssh-keygen"))
        && Files.isExecutable(Path.of("/usr/bin/ssh-agent"));
  }

  static String user() {
    return System.getProperty("user.name");
  }

  /** Makes host keys in {@code directory} (RSA and ed25519) and starts sshd with {@code more}. */
  static RealSshd start(Path directory, String... more) throws Exception {
    Files.createDirectories(directory);
    for (String type : List.of("rsa", "ed25519")) {
      Path key = directory.resolve("host_" + type);
      if (!Files.exists(key)) {
        Files.copy(sharedKey(type), key);
        Files.copy(publicFile(sharedKey(type)), publicFile(key));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
      }
    }
    if (user().equals("root")) {
      // sshd, started by root, wants its directory for privilege separation.
      Files.createDirectories(Path.of("/run/sshd"));
    }
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = free.getLocalPort();
    }
    List<String> config =
        new ArrayList<>(
            List.of(
                "ListenAddress 127.0.0.1:" + port,
                "HostKey " + directory.resolve("host_rsa"),
                "HostKey " + directory.resolve("host_ed25519"),
                "AuthorizedKeysFile " + directory.resolve("authorized_keys"),
                "PidFile none",
                "StrictModes no",
                "UsePAM no",
                "PermitRootLogin prohibit-password"));
    config.addAll(List.of(more));
    Path file = directory.resolve("sshd_config");
    Files.writeString(file, String.join("\n", config) + "\n");
    Process process =
        new ProcessBuilder(SSHD.toString(), "-D", "-e", "-f", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("sshd.log").toFile())
            .start();
    RealSshd sshd = new RealSshd(directory, port, process);
    for (int i = 0; !sshd.answers(); i++) {
      if (i == 200 || !process.isAlive()) {
        throw new IOException(Files.readString(directory.resolve("sshd.log")));
      }
      Thread.sleep(25);
    }
    return sshd;
  }

  /** Makes a host key once for all tests: RSA keys take a second each. */
  private static synchronized Path sharedKey(String type) throws Exception {
    if (sharedKeys == null) {
      sharedKeys = Files.createTempDirectory("host-keys");
      sharedKeys.toFile().deleteOnExit();
    }
    Path key = sharedKeys.resolve(type);
    if (!Files.exists(key)) {
      String bits = type.equals("rsa") ? "2048" : "256";
      keygen("-q", "-t", type, "-b", bits, "-N", "", "-f", key.toString());
      key.toFile().deleteOnExit();
      publicFile(key).toFile().deleteOnExit();
    }
    return key;
  }

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  static void keygen(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("ssh-keygen"));
    command.addAll(List.of(words));
    run(Map.of(), command);
  }

  /** Runs a command to its end and returns what it printed. */
  static String run(Map<String, String> environment, List<String> command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes());
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException(command + " hangs");
    }
    return output;
  }

  /** Lets the public key in {@code file}.pub in. */
  RealSshd authorize(Path file) throws IOException {
    Files.writeString(directory.resolve("authorized_keys"), Files.readString(publicFile(file)));
    return this;
  }

  static Path publicFile(Path file) {
    return Path.of(file + ".pub");
  }

  /** Returns {@code [127.0.0.1]:PORT}. */
  String name() {
    return "[127.0.0.1]:" + port;
  }

  /** Returns the known_hosts line for the key of {@code type}. */
  String knownHostsLine(String type) throws IOException {
    return name() + " " + Files.readString(directory.resolve("host_" + type + ".pub"));
  }

  HostSpec spec() {
    return HostSpec.parse(user() + "@127.0.0.1:" + port);
  }

  int port() {
    return port;
  }

  Path directory() {
    return directory;
  }

  String log() throws IOException {
    return Files.readString(directory.resolve("sshd.log"));
  }

  @Override
  public void close() {
    process.destroy();
    process.descendants().forEach(ProcessHandle::destroy);
  }

  /** An ssh-agent with a socket below a directory. */
  record Agent(Path socket, Process process) implements AutoCloseable {
    static Agent start(Path directory) throws Exception {
      Path socket = directory.resolve("agent.sock");
      Process process =
          new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      for (int i = 0; i < 200 && !Files.exists(socket); i++) {
        Thread.sleep(25);
      }
      return new Agent(socket, process);
    }

    void add(Path key) throws Exception {
      run(Map.of("SSH_AUTH_SOCK", socket.toString()), List.of("ssh-add", key.toString()));
    }

    /** Returns the fingerprints of the agent's keys. */
    List<String> list() throws Exception {
      return run(Map.of("SSH_AUTH_SOCK", socket.toString()), List.of("ssh-add", "-l"))
          .lines()
          .filter(l -> l.contains("SHA256:"))
          .toList();
    }

    @Override
    public void close() {
      process.destroy();
    }
  }
}
