package org.migratecheck.remote;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.migratecheck.model.Printable;

/**
 * Takes both output streams of one command at the same time, never blocking whoever writes, so that
 * neither stream can stall the other or the whole session; and tells the waiting thread what
 * happens. Thread-safe.
 *
 * <p>Before the script runs, standard error is searched for two marks: the line that the shell
 * prints when it begins with the script, and the prompt of sudo.
 */
final class ScriptStreams {
  /** What a waiter waits for. */
  enum Event {
    /** The shell has begun with the script. */
    STARTED,
    /** sudo asks for the password. */
    PROMPTED,
    /** The command has ended, or its connection has. */
    ENDED,
    /** Standard output has reached its cap. */
    CUT,
    /** Nothing of these before the deadline. */
    TIMED_OUT
  }

  private static final int MAX_BEFORE_START = 64 * 1024;

  private final byte[] startMark;
  private final byte[] prompt;
  private final BoundedBytes stdout;
  private final BoundedBytes stderr;
  private byte[] early = new byte[512];
  private int earlyLength;
  private int promptEnd;
  private boolean started;
  private int prompts;
  private int promptsTaken;
  private boolean ended;
  private Optional<Instant> firstByteAt = Optional.empty();

  /**
   * Creates the streams of one command.
   *
   * @param startMark the line, without its end, that the shell prints on standard error first
   * @param prompt what sudo prints on standard error when it wants a password
   */
  ScriptStreams(ScriptLimits limits, String startMark, String prompt) {
    this.startMark = (startMark + "\n").getBytes(StandardCharsets.US_ASCII);
    this.prompt = prompt.getBytes(StandardCharsets.US_ASCII);
    this.stdout = new BoundedBytes(limits.maxStdout());
    this.stderr = new BoundedBytes(limits.maxStderr());
  }

  /** Returns the stream that takes standard output. */
  OutputStream stdout() {
    return new Sink() {
      @Override
      void take(byte[] from, int offset, int length) {
        takeStdout(from, offset, length);
      }
    };
  }

  /** Returns the stream that takes standard error. */
  OutputStream stderr() {
    return new Sink() {
      @Override
      void take(byte[] from, int offset, int length) {
        takeStderr(from, offset, length);
      }
    };
  }

  private synchronized void takeStdout(byte[] from, int offset, int length) {
    if (firstByteAt.isEmpty()) {
      firstByteAt = Optional.of(Instant.now());
    }
    stdout.write(from, offset, length);
    if (stdout.overflowed()) {
      notifyAll();
    }
  }

  private synchronized void takeStderr(byte[] from, int offset, int length) {
    if (started) {
      stderr.write(from, offset, length);
      return;
    }
    int searchFrom = Math.max(0, earlyLength - Math.max(startMark.length, prompt.length) + 1);
    int taken = Math.min(length, MAX_BEFORE_START - earlyLength);
    early = Arrays.copyOf(early, Math.max(early.length, earlyLength + taken));
    System.arraycopy(from, offset, early, earlyLength, taken);
    earlyLength += taken;
    int mark = indexOf(startMark, searchFrom);
    if (mark >= 0) {
      started = true;
      int behind = mark + startMark.length;
      // Without sudo's prompt, which is of no interest.
      int beforePrompt = promptEnd == 0 ? 0 : promptEnd - prompt.length;
      stderr.write(early, 0, beforePrompt);
      stderr.write(early, promptEnd, mark - promptEnd);
      stderr.write(early, behind, earlyLength - behind);
      stderr.write(from, offset + taken, length - taken);
      notifyAll();
      return;
    }
    int at = indexOf(prompt, Math.max(searchFrom, promptEnd));
    while (at >= 0) {
      prompts++;
      promptEnd = at + prompt.length;
      at = indexOf(prompt, promptEnd);
      notifyAll();
    }
  }

  private int indexOf(byte[] what, int from) {
    for (int i = from; i <= earlyLength - what.length; i++) {
      if (Arrays.equals(early, i, i + what.length, what, 0, what.length)) {
        return i;
      }
    }
    return -1;
  }

  /** Says that nothing more will come. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Waits until the shell has begun, sudo asks, or the command has ended. */
  synchronized Event awaitStart(long deadlineNanos) throws InterruptedException {
    while (true) {
      if (started) {
        return Event.STARTED;
      }
      if (prompts > promptsTaken) {
        promptsTaken = prompts;
        return Event.PROMPTED;
      }
      if (ended) {
        return Event.ENDED;
      }
      if (!waitUntil(deadlineNanos)) {
        return Event.TIMED_OUT;
      }
    }
  }

  /** Waits until the command has ended, or standard output has reached its cap. */
  synchronized Event awaitEnd(long deadlineNanos) throws InterruptedException {
    while (true) {
      if (stdout.overflowed()) {
        return Event.CUT;
      }
      if (ended) {
        return Event.ENDED;
      }
      if (!waitUntil(deadlineNanos)) {
        return Event.TIMED_OUT;
      }
    }
  }

  private boolean waitUntil(long deadlineNanos) throws InterruptedException {
    long left = deadlineNanos - System.nanoTime();
    if (left <= 0) {
      return false;
    }
    wait(left / 1_000_000, (int) (left % 1_000_000));
    return true;
  }

  /** Returns what came on standard error before the shell began. */
  synchronized String said() {
    return Printable.decode(Arrays.copyOf(early, earlyLength));
  }

  synchronized byte[] stdoutBytes() {
    return stdout.toByteArray();
  }

  synchronized byte[] stderrBytes() {
    return stderr.toByteArray();
  }

  synchronized Optional<Instant> firstByteAt() {
    return firstByteAt;
  }

  private abstract static class Sink extends OutputStream {
    abstract void take(byte[] from, int offset, int length);

    @Override
    public void write(int b) throws IOException {
      take(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      take(from, offset, length);
    }
  }
}
