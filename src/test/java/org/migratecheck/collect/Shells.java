package org.migratecheck.collect;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The shells of this machine that scripts are tried in. */
final class Shells {
  private static final List<String> CANDIDATES =
      List.of("sh", "dash", "bash", "bash --posix", "busybox sh", "ksh", "ksh93", "mksh", "yash");

  private Shells() {}

  static Stream<String> installed() {
    return CANDIDATES.stream().filter(c -> has(c.split(" ", 2)[0]));
  }

  static boolean has(String command) {
    return Stream.of("/bin", "/usr/bin", "/usr/local/bin")
        .anyMatch(d -> Files.isExecutable(Path.of(d, command)));
  }

  /** Runs {@code shell -s} with the script on standard input and returns what it printed. */
  static Run run(String shell, String script) throws IOException, InterruptedException {
    return run(shell, script.getBytes(StandardCharsets.UTF_8));
  }

  static Run run(String shell, byte[] script) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(shell.split(" ", -1)));
    command.add("-s");
    Path errors = Files.createTempFile("errors", ".txt");
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    try {
      try (OutputStream in = process.getOutputStream()) {
        in.write(script);
      }
      byte[] stdout;
      try (InputStream out = process.getInputStream()) {
        stdout = out.readAllBytes();
      }
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException(shell + " does not end");
      }
      return new Run(process.exitValue(), stdout, Files.readString(errors));
    } finally {
      process.destroyForcibly();
      Files.delete(errors);
    }
  }

  record Run(int exitStatus, byte[] stdout, String stderr) {
    String text() {
      return new String(stdout, StandardCharsets.UTF_8);
    }
  }
}
