package org.migratecheck.remote;

import com.jcraft.jsch.Proxy;
import com.jcraft.jsch.SocketFactory;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/**
 * The byte stream below one SSH session: a TCP connection, a channel through a jump host or a
 * ProxyCommand. It is opened before JSch sees it, so that every failure keeps its own kind, and can
 * be cut from another thread while JSch blocks on it.
 */
abstract class Transport implements Proxy {
  private static final int BUFFER = 32 * 1024;

  private InputStream in = InputStream.nullInputStream();
  private OutputStream out = OutputStream.nullOutputStream();
  private volatile boolean ended;

  /**
   * Opens the stream; called once.
   *
   * @throws ConnectionException when the host cannot be reached this way
   */
  abstract void open(Patience patience) throws ConnectionException;

  /** Ends the stream at once, whatever other threads are doing with it. */
  abstract void cut();

  /** Returns the address that was connected to, empty where it is not known. */
  abstract String address();

  /** Returns what the way to the host has to say about a failure; may be empty. */
  String diagnosis() {
    return "";
  }

  /** Takes the open streams. */
  final void use(InputStream input, OutputStream output) {
    in = new BufferedInputStream(new EndNotingStream(input), BUFFER);
    out = new EndNotingOutput(output);
  }

  /** Returns whether the other side has ended the stream. */
  final boolean hasEnded() {
    return ended;
  }

  @Override
  public final void connect(SocketFactory factory, String host, int port, int timeout) {
    // Open already.
  }

  @Override
  public final InputStream getInputStream() {
    return in;
  }

  @Override
  public final OutputStream getOutputStream() {
    return out;
  }

  /** No socket for JSch: it would only set read timeouts, which can lose half a packet. */
  @Override
  public final Socket getSocket() {
    return null;
  }

  @Override
  public final void close() {
    cut();
  }

  private final class EndNotingStream extends FilterInputStream {
    EndNotingStream(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      try {
        return noted(super.read());
      } catch (IOException e) {
        ended = true;
        throw e;
      }
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      try {
        return noted(super.read(to, offset, length));
      } catch (IOException e) {
        ended = true;
        throw e;
      }
    }

    private int noted(int result) {
      if (result < 0) {
        ended = true;
      }
      return result;
    }
  }

  /** Who writes first may learn of the end before who reads. */
  private final class EndNotingOutput extends FilterOutputStream {
    EndNotingOutput(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      try {
        out.write(from, offset, length);
      } catch (IOException e) {
        ended = true;
        throw e;
      }
    }

    @Override
    public void flush() throws IOException {
      try {
        out.flush();
      } catch (IOException e) {
        ended = true;
        throw e;
      }
    }
  }
}
