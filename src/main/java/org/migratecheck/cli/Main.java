package org.migratecheck.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.migratecheck.model.ExitCode;
import org.migratecheck.model.Printable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The entry point: a thin shell over {@link #run}. */
public final class Main {
  private Main() {}

  /** Runs the program and ends the process with its exit code. */
  public static void main(String[] args) {
    PrintStream out = stream(FileDescriptor.out);
    PrintStream err = stream(FileDescriptor.err);
    int code = run(out, err, args);
    out.flush();
    err.flush();
    System.exit(code);
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(
        new java.io.BufferedOutputStream(new FileOutputStream(descriptor), 1 << 14),
        false,
        StandardCharsets.UTF_8);
  }

  /**
   * Runs one command line.
   *
   * @param out results only
   * @param err messages and progress
   * @return the exit code
   */
  public static int run(PrintStream out, PrintStream err, String... args) {
    Terminal terminal = new Terminal(out, err);
    CommandLine line = new CommandLine(new RootCommand(terminal));
    line.addSubcommand("checks", new ChecksCommand(terminal));
    line.addSubcommand("collect", new CollectCommand(terminal));
    line.addSubcommand("migrate", new MigrateCommand(terminal));
    line.addSubcommand("status", new StatusCommand(terminal));
    line.addSubcommand("demo", new DemoCommand(terminal));
    line.setOut(new java.io.PrintWriter(out, true, StandardCharsets.UTF_8));
    line.setErr(new java.io.PrintWriter(err, true, StandardCharsets.UTF_8));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(true);
    line.setExpandAtFiles(false);
    line.setParameterExceptionHandler(Main::misused);
    line.setExecutionExceptionHandler((e, command, parsed) -> failed(terminal, e));
    return line.execute(args);
  }

  private static int misused(ParameterException e, String[] args) {
    CommandLine line = e.getCommandLine();
    line.getErr().println("migrate-check: " + Printable.line(String.valueOf(e.getMessage())));
    line.getErr().println("Try 'migrate-check --help'.");
    return ExitCode.USAGE.code();
  }

  private static int failed(Terminal terminal, Exception e) {
    if (e instanceof UsageException usage) {
      usage.mistakes().forEach(m -> terminal.error(m));
      return ExitCode.USAGE.code();
    }
    terminal.error("internal error: " + e.getClass().getSimpleName() + ": " + e.getMessage());
    if (System.getenv("MIGRATE_CHECK_DEBUG") != null) {
      e.printStackTrace(terminal.err());
    }
    return ExitCode.UNDETERMINED.code();
  }
}
