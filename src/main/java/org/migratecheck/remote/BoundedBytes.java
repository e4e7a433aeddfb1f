package org.migratecheck.remote;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;

/** Keeps the first bytes that are written and counts the rest away. Thread-safe; never blocks. */
final class BoundedBytes extends OutputStream {
  private final int max;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream(1024);
  private boolean overflowed;

  BoundedBytes(int max) {
    this.max = max;
  }

  @Override
  public synchronized void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] from, int offset, int length) {
    int n = Math.min(length, max - kept.size());
    kept.write(from, offset, n);
    overflowed |= n < length;
  }

  /** Returns whether something was dropped. */
  synchronized boolean overflowed() {
    return overflowed;
  }

  synchronized byte[] toByteArray() {
    return kept.toByteArray();
  }
}
