package org.migratecheck.remote;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the user's ssh configuration, keys and agent are; a value of its own so that tests and
 * {@code demo} can stand in other surroundings than the process's.
 *
 * @param home the home directory, for {@code ~} and {@code %d}
 * @param user the local user's name, which is the login name where nothing else is said
 * @param agentSocket the Unix socket of ssh-agent ({@code SSH_AUTH_SOCK})
 * @param ssh the OpenSSH client, which resolves the configuration ({@code ssh -G}); without it a
 *     parser of our own reads the common directives
 * @param configFile a configuration file in place of the user's and the system's, like {@code ssh
 *     -F}
 * @param systemConfig the system-wide configuration, for our own parser
 */
public record SshEnvironment(
    Path home,
    String user,
    Optional<Path> agentSocket,
    Optional<Path> ssh,
    Optional<Path> configFile,
    Path systemConfig) {

  /** Returns the surroundings of this process. */
  public static SshEnvironment ofThisProcess() {
    return new SshEnvironment(
        Path.of(System.getProperty("user.home", "/")),
        System.getProperty("user.name", ""),
        path(System.getenv("SSH_AUTH_SOCK")),
        findInPath("ssh"),
        Optional.empty(),
        Path.of("/etc/ssh/ssh_config"));
  }

  /** Returns the same surroundings with {@code file} as the only ssh configuration. */
  public SshEnvironment withConfigFile(Path file) {
    return new SshEnvironment(home, user, agentSocket, ssh, Optional.of(file), systemConfig);
  }

  private static Optional<Path> path(String text) {
    if (text == null || text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Optional<Path> findInPath(String program) {
    String search = System.getenv("PATH");
    if (search == null) {
      return Optional.empty();
    }
    for (String directory : search.split(File.pathSeparator, -1)) {
      Optional<Path> file = path(directory).map(d -> d.resolve(program));
      if (file.isPresent() && file.get().isAbsolute() && Files.isExecutable(file.get())) {
        return file;
      }
    }
    return Optional.empty();
  }
}
