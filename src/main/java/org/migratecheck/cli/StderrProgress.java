package org.migratecheck.cli;

import java.io.PrintStream;
import org.migratecheck.collect.Progress;
import org.migratecheck.model.HostEvidence;
import org.migratecheck.model.Printable;
import org.migratecheck.remote.HostSpec;

/** Progress as one line on a terminal that is written over; cleared at the end. */
final class StderrProgress implements Progress {
  private final PrintStream err;
  private final int hosts;
  private int read;

  StderrProgress(PrintStream err, int hosts) {
    this.err = err;
    this.hosts = hosts;
  }

  @Override
  public synchronized void connecting(HostSpec host) {
    show("connecting to " + host.typed());
  }

  @Override
  public synchronized void collecting(HostSpec host) {
    show("reading " + host.typed());
  }

  @Override
  public synchronized void collected(HostSpec host, HostEvidence evidence) {
    read++;
    show(read + " of " + hosts + " hosts read");
  }

  @Override
  public synchronized void measured(String source, String destination) {
    show("measured " + source + " -> " + destination);
  }

  /** Clears the line. */
  synchronized void done() {
    err.print("\r\u001b[K");
    err.flush();
  }

  private void show(String text) {
    String line = Printable.line(text);
    err.print("\r\u001b[K" + (line.length() > 78 ? line.substring(0, 78) : line));
    err.flush();
  }
}
