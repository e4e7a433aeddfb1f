package org.migratecheck.remote;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.migratecheck.model.HostFailure;
import org.migratecheck.model.Printable;

/**
 * Asks the installed OpenSSH client how it would reach a host ({@code ssh -G}, since OpenSSH 6.8),
 * so that Match, Include, canonicalization and the distribution's defaults count exactly as they do
 * for the user's own {@code ssh HOST}.
 */
final class SshConfigDump {
  private static final int MAX_DUMP = 1 << 20;

  private SshConfigDump() {}

  /**
   * Returns the directives for {@code host}; empty when this ssh is too old for {@code -G}.
   *
   * @throws ConnectionException when the configuration is wrong, with ssh's own message
   */
  static Optional<SshDirectives> query(
      HostSpec host, SshEnvironment environment, Path ssh, Patience patience)
      throws ConnectionException {
    List<String> command = new ArrayList<>(List.of(ssh.toString(), "-G"));
    environment.configFile().ifPresent(f -> command.addAll(List.of("-F", f.toString())));
    host.user().ifPresent(user -> command.addAll(List.of("-l", user)));
    host.port().ifPresent(port -> command.addAll(List.of("-p", Integer.toString(port))));
    // The name has been checked by HostSpec; "--" is for readers who doubt it.
    command.addAll(List.of("--", host.host()));
    try {
      Process process = new ProcessBuilder(command).redirectInput(new File("/dev/null")).start();
      // "Match exec" may run anything, for as long as it likes.
      patience.onAbort(process::destroyForcibly);
      String dump = read(process.getInputStream());
      String errors = read(process.getErrorStream());
      if (process.waitFor() == 0) {
        return Optional.of(SshDirectives.ofDump(dump));
      }
      if (errors.contains("usage: ssh")) {
        return Optional.empty();
      }
      String said = errors.lines().filter(l -> !l.isBlank()).findFirst().orElse("no message");
      throw failed(host, Printable.line(said.strip(), 300));
    } catch (IOException e) {
      throw failed(host, Printable.line(String.valueOf(e.getMessage()), 300));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(host, "interrupted");
    }
  }

  private static String read(InputStream stream) throws IOException {
    try (stream) {
      return new String(stream.readNBytes(MAX_DUMP), StandardCharsets.UTF_8);
    }
  }

  private static ConnectionException failed(HostSpec host, String why) {
    return new ConnectionException(
        new HostFailure(
            HostFailure.Kind.OTHER,
            host.typed() + ": the ssh configuration could not be read: " + why,
            "ssh -G " + host.host()));
  }
}
