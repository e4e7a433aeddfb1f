package org.migratecheck.cli;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.migratecheck.migrate.MigrationListener;
import org.migratecheck.model.Move;
import org.migratecheck.model.Move.Verified;
import org.migratecheck.model.Printable;
import org.migratecheck.model.Report;
import org.migratecheck.model.Status;
import org.migratecheck.report.ForecastText;
import sun.misc.Signal;
import sun.misc.SignalHandler;
import tools.jackson.databind.json.JsonMapper;

/** Shows how migrations go: a line that is written over, plain lines, or events for scripts. */
final class MigrationConsole implements MigrationListener {
  private static final long PLAIN_NANOS = 5_000_000_000L;

  private final Terminal terminal;
  private final boolean events;
  private final boolean interactive = Terminal.interactive();
  private final JsonMapper mapper =
      JsonMapper.builder()
          .enable(tools.jackson.core.json.JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();
  private final Map<String, Long> shown = new LinkedHashMap<>();
  private boolean line;
  private volatile boolean interrupted;
  private volatile Leave wish = Leave.STAY;
  private SignalHandler before = SignalHandler.SIG_DFL;

  MigrationConsole(Terminal terminal, boolean events) {
    this.terminal = terminal;
    this.events = events;
  }

  /** From now on Ctrl-C asks instead of ending the program. */
  void watchInterrupts() {
    before =
        Signal.handle(
            new Signal("INT"),
            s -> {
              if (interrupted) {
                wish = Leave.LEAVE;
              }
              interrupted = true;
            });
  }

  void ignoreInterrupts() {
    Signal.handle(new Signal("INT"), before);
  }

  void auditing() {
    if (events) {
      event("checking", Map.of());
    } else {
      print("checking both hosts ...");
    }
  }

  /** Asks on the terminal; anything but y is no. */
  boolean confirm(String question) {
    clear();
    String answer = System.console().readLine("%s", question);
    return answer != null && answer.strip().equalsIgnoreCase("y");
  }

  @Override
  public synchronized Leave wish(String guest) {
    if (interrupted && wish == Leave.STAY) {
      wish = ask();
      interrupted = wish != Leave.STAY;
    }
    return wish;
  }

  private Leave ask() {
    if (events || System.console() == null) {
      return Leave.LEAVE;
    }
    clear();
    String answer =
        System.console()
            .readLine(
                "%s",
                "[a]bort (the guest stays on the source), [l]eave it running, or [c]ontinue to"
                    + " watch? ");
    if (answer == null) {
      return Leave.LEAVE;
    }
    return switch (answer.strip().toLowerCase(java.util.Locale.ROOT)) {
      case "a", "abort" -> Leave.ABORT;
      case "l", "leave" -> Leave.LEAVE;
      default -> Leave.STAY;
    };
  }

  @Override
  public synchronized void stage(String guest, Move.Stage stage) {
    if (events) {
      event(
          stage.name(),
          Map.of("guest", guest, "at", stage.at().toString(), "message", stage.message()));
    } else {
      print(guest + ": " + stage.name() + ", " + stage.message());
    }
  }

  @Override
  public synchronized void progress(String guest, String words, Numbers numbers) {
    if (events) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("guest", guest);
      fields.put("elapsedMillis", numbers.elapsedMillis());
      fields.put("remainingBytes", numbers.remainingBytes());
      fields.put("totalBytes", numbers.totalBytes());
      fields.put("bytesPerSecond", numbers.bytesPerSecond());
      fields.put("dirtyBytesPerSecond", numbers.dirtyBytesPerSecond());
      fields.put("iteration", numbers.iteration());
      event("progress", fields);
    } else if (interactive) {
      String text = Printable.line(guest + ": " + words);
      terminal.err().print("\r\u001b[K" + (text.length() > 99 ? text.substring(0, 99) : text));
      terminal.err().flush();
      line = true;
    } else {
      long now = System.nanoTime();
      Long last = shown.get(guest);
      if (last == null || now - last > PLAIN_NANOS) {
        shown.put(guest, now);
        print(guest + ": " + words);
      }
    }
  }

  @Override
  public synchronized void note(String guest, String message) {
    if (events) {
      event("note", Map.of("guest", guest, "message", message));
    } else {
      print(guest + ": " + message);
    }
  }

  @Override
  public synchronized void refused(String guest, List<String> reasons) {
    if (events) {
      event("refused", Map.of("guest", guest, "reasons", reasons));
      return;
    }
    clear();
    terminal.error("refused" + (guest.isEmpty() ? "" : ": " + guest) + ":");
    reasons.forEach(r -> terminal.err().println("  " + Printable.line(r)));
    terminal.err().flush();
  }

  synchronized void moved(Move move) {
    if (events) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("guest", move.guest());
      fields.put("result", move.result());
      fields.put("message", move.message());
      fields.put("said", move.said());
      move.measured().ifPresent(m -> fields.put("measured", m));
      fields.put("verified", move.verified());
      event("ended", fields);
    }
  }

  synchronized void summary(Report done, MigrationRun.Settings settings, boolean written) {
    if (events && !written) {
      return;
    }
    if (events) {
      event(
          "report",
          Map.of("html", settings.html().toString(), "json", settings.report().toString()));
      return;
    }
    clear();
    PrintStream out = terminal.out();
    for (Move move : done.moves()) {
      out.println(
          Printable.line(
              move.guest()
                  + ": "
                  + move.result().label().toUpperCase(java.util.Locale.ROOT)
                  + ". "
                  + move.message()));
      move.said().forEach(s -> out.println("  libvirt said: " + Printable.line(s)));
      move.measured()
          .ifPresent(
              m ->
                  out.printf(
                      java.util.Locale.ROOT,
                      "  took %.1f s%s%s%s%n",
                      m.totalMillis() / 1000.0,
                      m.pauseMillis() < 0 ? "" : ", stood still for " + m.pauseMillis() + " ms",
                      m.bytes() < 0 ? "" : ", " + (m.bytes() >> 20) + " MiB sent",
                      ForecastText.beside(done, move.guest())
                          .map(f -> " (forecast: " + f + ")")
                          .orElse("")));
      for (Verified v : move.verified()) {
        out.println("  " + word(v.status()) + " " + Printable.line(v.item() + ": " + v.message()));
      }
    }
    if (written) {
      out.println("Report: " + settings.html());
    }
  }

  private static String word(Status status) {
    return switch (status) {
      case PASS -> "ok  ";
      case WARN -> "warn";
      case FAIL -> "FAIL";
      case ERROR -> "????";
      default -> "skip";
    };
  }

  private void event(String name, Map<String, ?> fields) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("event", name);
    all.putAll(fields);
    terminal.out().println(mapper.writeValueAsString(all));
    terminal.out().flush();
  }

  private void print(String text) {
    clear();
    terminal.err().println(Printable.line(text));
    terminal.err().flush();
  }

  private void clear() {
    if (line) {
      terminal.err().print("\r\u001b[K");
      line = false;
    }
    terminal.err().flush();
  }
}
