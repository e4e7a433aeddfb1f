package org.migratecheck.remote;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.migratecheck.model.Printable;

/** Starts commands over an SSH session, one channel for each, without terminal or forwarding. */
final class SshRunner implements CommandRunner {
  /** How long a farewell may take before the whole connection is cut. */
  private static final long FAREWELL_MILLIS = 2000;

  private final SshLink link;
  private volatile Optional<String> startFailure = Optional.empty();

  SshRunner(SshLink link) {
    this.link = link;
  }

  @Override
  public Running start(List<String> words, ScriptInput input, ScriptStreams streams) {
    startFailure = Optional.empty();
    Command command = new Command(input, streams);
    String line = words.stream().map(HostKeyFailures::quoted).collect(Collectors.joining(" "));
    daemon("start", () -> command.open(line));
    return command;
  }

  @Override
  public Optional<String> startFailure() {
    return startFailure;
  }

  private void daemon(String what, Runnable work) {
    Thread thread = new Thread(work, what + " " + link.settings().typed());
    thread.setDaemon(true);
    thread.start();
  }

  private final class Command implements Running {
    private final ScriptInput input;
    private final ScriptStreams streams;
    private ChannelExec channel;
    private boolean killed;

    Command(ScriptInput input, ScriptStreams streams) {
      this.input = input;
      this.streams = streams;
    }

    /** In a thread of its own, because a host may never answer. */
    void open(String line) {
      try {
        Session session = link.session();
        ChannelExec opening = (ChannelExec) session.openChannel("exec");
        if (opening == null) {
          throw new JSchException("the session is closing");
        }
        opening.setCommand(line);
        opening.setPty(false);
        opening.setAgentForwarding(false);
        opening.setXForwarding(false);
        opening.setInputStream(input);
        opening.setOutputStream(streams.stdout(), true);
        // JSch closes this stream when the channel is closed and the exit status, if any, is known;
        // the end of standard output comes before that.
        opening.setErrStream(new EndNotingStream(streams));
        synchronized (this) {
          if (killed) {
            return;
          }
          channel = opening;
        }
        opening.connect();
      } catch (JSchException | RuntimeException e) {
        startFailure =
            Optional.of(
                "the connection is gone, or the host opens no further channel: "
                    + Printable.line(String.valueOf(e.getMessage()), 200));
        streams.end();
      }
    }

    @Override
    public synchronized Optional<Integer> exitStatus() {
      // -1 is JSch's word for none: killed by a signal, or the connection is gone.
      return channel == null || channel.getExitStatus() < 0
          ? Optional.empty()
          : Optional.of(channel.getExitStatus());
    }

    @Override
    public void kill() {
      ChannelExec open;
      synchronized (this) {
        killed = true;
        open = channel;
      }
      input.close();
      if (open == null) {
        return;
      }
      daemon(
          "end",
          () -> {
            Thread farewell = new Thread(() -> sayFarewell(open), "farewell");
            farewell.setDaemon(true);
            farewell.start();
            try {
              farewell.join(FAREWELL_MILLIS);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            if (farewell.isAlive()) {
              link.cut();
            }
          });
    }

    /**
     * Asks sshd to end the command, which closing alone does not do. OpenSSH does so since 7.9,
     * though not for logins as root.
     */
    private static void sayFarewell(ChannelExec channel) {
      // sshd ends the whole connection when it gets a signal for a channel that is closed on both
      // sides. JSch confirms a close under this lock, so that the signal comes before that or
      // never.
      synchronized (channel) {
        if (!channel.isClosed()) {
          try {
            channel.sendSignal("TERM");
          } catch (Exception e) {
            // JSch declares Exception; the channel is closed next either way.
          }
        }
      }
      channel.disconnect();
    }
  }

  private static final class EndNotingStream extends OutputStream {
    private final ScriptStreams streams;
    private final OutputStream stderr;

    EndNotingStream(ScriptStreams streams) {
      this.streams = streams;
      this.stderr = streams.stderr();
    }

    @Override
    public void write(int b) throws IOException {
      stderr.write(b);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      stderr.write(from, offset, length);
    }

    @Override
    public void close() {
      streams.end();
    }
  }
}
