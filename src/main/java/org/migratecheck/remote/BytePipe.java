package org.migratecheck.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;

/**
 * A bounded pipe between threads. Unlike {@link java.io.PipedInputStream} it does not care which
 * thread reads or writes, and whether that thread is still alive: JSch hands a session from the
 * thread that connects to one of its own.
 */
final class BytePipe {
  private final byte[] ring;
  private int start;
  private int count;
  private boolean closed;

  /** Creates a pipe that holds {@code capacity} bytes; a writer waits while it is full. */
  BytePipe(int capacity) {
    ring = new byte[capacity];
  }

  /** Returns the end to read from; it gives the end of the stream once closed and empty. */
  InputStream in() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] to, int offset, int length) throws IOException {
        return take(to, offset, length);
      }

      @Override
      public void close() {
        shut();
      }
    };
  }

  /** Returns the end to write to. */
  OutputStream out() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        put(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] from, int offset, int length) throws IOException {
        put(from, offset, length);
      }

      @Override
      public void close() {
        shut();
      }
    };
  }

  private synchronized int take(byte[] to, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (count == 0) {
      if (closed) {
        return -1;
      }
      await();
    }
    int n = Math.min(Math.min(length, count), ring.length - start);
    System.arraycopy(ring, start, to, offset, n);
    start = (start + n) % ring.length;
    count -= n;
    notifyAll();
    return n;
  }

  private synchronized void put(byte[] from, int offset, int length) throws IOException {
    int done = 0;
    while (done < length) {
      while (count == ring.length && !closed) {
        await();
      }
      if (closed) {
        throw new IOException("closed");
      }
      int end = (start + count) % ring.length;
      int n = Math.min(Math.min(length - done, ring.length - count), ring.length - end);
      System.arraycopy(from, offset + done, ring, end, n);
      count += n;
      done += n;
      notifyAll();
    }
  }

  private void await() throws InterruptedIOException {
    try {
      wait();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private synchronized void shut() {
    closed = true;
    notifyAll();
  }
}
