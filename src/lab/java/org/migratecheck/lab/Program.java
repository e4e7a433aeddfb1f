package org.migratecheck.lab;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.migratecheck.cli.Main;

/**
 * The program under test, kept running on the controller of one lab for one command line after the
 * other: the same code as behind the launcher, without two seconds of start for each of the
 * hundreds of audits. What starts it as its user does is tested by {@link HealthyPairIT} and by all
 * that migrate.
 */
final class Program implements AutoCloseable {
  private static final Duration END = Duration.ofSeconds(5);

  private final Process process;

  private Program(Process process) {
    this.process = process;
  }

  /**
   * Starts it.
   *
   * @param environment further environment variables
   * @param controller the command that runs another one on the controller
   */
  static Program start(Map<String, String> environment, List<String> controller) {
    Path target = Lab.project().resolve("target");
    var command = new ArrayList<>(controller);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx1g",
            "-Dmigrate-check.home=" + Lab.project(),
            "-Dmigrate-check.cache=" + target.resolve("cds"),
            "-cp",
            String.join(
                File.pathSeparator,
                target.resolve("app/migrate-check.jar").toString(),
                target.resolve("lib/*").toString(),
                ownClasses()),
            Program.class.getName()));
    try {
      var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
      builder.environment().putAll(environment);
      return new Program(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start the program", e);
    }
  }

  private static String ownClasses() {
    try {
      return Path.of(Program.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs one command line; at its deadline the whole program ends. */
  Exec run(Duration deadline, List<String> arguments) {
    long start = System.nanoTime();
    var answer = CompletableFuture.supplyAsync(() -> ask(start, arguments));
    try {
      return answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      process.destroyForcibly();
      return new Exec(Exec.TIMED_OUT, "", "", millisSince(start));
    } catch (ExecutionException e) {
      process.destroyForcibly();
      throw new AssertionError("migrate-check ended", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private Exec ask(long start, List<String> arguments) {
    try {
      var out = new DataOutputStream(process.getOutputStream());
      out.writeInt(arguments.size());
      for (String argument : arguments) {
        out.writeUTF(argument);
      }
      out.flush();
      var in = new DataInputStream(process.getInputStream());
      int exit = in.readInt();
      String stdout = text(in);
      return new Exec(exit, stdout, text(in), millisSince(start));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }

  private static long millisSince(long start) {
    return (System.nanoTime() - start) / 1_000_000;
  }

  /** Returns whether it can be asked. */
  boolean alive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close(); // the end of its input is its end
      if (!process.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The other side: reads command lines, and answers with exit status and both outputs. */
  public static void main(String[] none) throws IOException {
    var in = new DataInputStream(System.in);
    var answers = new DataOutputStream(System.out);
    while (true) {
      String[] arguments;
      try {
        arguments = new String[in.readInt()];
      } catch (EOFException e) {
        System.exit(0); // whatever thread is still busy
        return;
      }
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = in.readUTF();
      }
      var out = new ByteArrayOutputStream();
      var err = new ByteArrayOutputStream();
      int exit;
      try (var toOut = new PrintStream(out, false, StandardCharsets.UTF_8);
          var toErr = new PrintStream(err, false, StandardCharsets.UTF_8)) {
        exit = Main.run(toOut, toErr, arguments);
      }
      answers.writeInt(exit);
      for (ByteArrayOutputStream stream : List.of(out, err)) {
        answers.writeInt(stream.size());
        stream.writeTo(answers);
      }
      answers.flush();
    }
  }
}
