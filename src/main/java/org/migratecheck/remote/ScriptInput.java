package org.migratecheck.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Standard input of a command, filled piece by piece: a password only after it was asked for, then
 * the script. Thread-safe; a reader waits for the next piece.
 */
final class ScriptInput extends InputStream {
  private final Deque<byte[]> pieces = new ArrayDeque<>();
  private int position;
  private boolean finished;
  private Optional<Instant> sentAt = Optional.empty();

  /** Appends a piece, which must not be changed afterwards. */
  synchronized void add(byte[] piece) {
    if (piece.length > 0) {
      pieces.add(piece);
      notifyAll();
    }
  }

  /** Says that there is no further piece. */
  synchronized void finish() {
    finished = true;
    notifyAll();
  }

  /** Returns when the last byte was handed on, which is before the host can have it. */
  synchronized Optional<Instant> sentAt() {
    return sentAt;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public synchronized int read(byte[] to, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (pieces.isEmpty()) {
      if (finished) {
        return -1;
      }
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException();
      }
    }
    byte[] piece = pieces.getFirst();
    int n = Math.min(length, piece.length - position);
    System.arraycopy(piece, position, to, offset, n);
    position += n;
    if (position == piece.length) {
      pieces.removeFirst();
      position = 0;
      if (pieces.isEmpty() && finished) {
        sentAt = Optional.of(Instant.now());
      }
    }
    return n;
  }

  @Override
  public synchronized void close() {
    pieces.clear();
    finished = true;
    notifyAll();
  }
}
