package org.migratecheck.remote;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import jdk.net.ExtendedSocketOptions;

/** A TCP connection to the host; all its addresses are tried in the resolver's order. */
final class TcpTransport extends Transport {
  private static final int KEEP_ALIVE_IDLE_SECONDS = 15;
  private static final int KEEP_ALIVE_INTERVAL_SECONDS = 5;

  private final SshSettings settings;
  private final Duration timeout;
  private volatile Socket socket = new Socket();
  private volatile boolean cut;

  TcpTransport(SshSettings settings, Duration timeout) {
    this.settings = settings;
    this.timeout = timeout;
  }

  @Override
  void open(Patience patience) throws ConnectionException {
    patience.enter("resolving the name " + settings.hostName(), timeout);
    List<InetAddress> addresses = resolve();
    patience.enter("connecting to port " + settings.port(), timeout);
    long millis = Math.max(1, timeout.toMillis() / addresses.size());
    IOException worst = new IOException("no address");
    for (InetAddress address : addresses) {
      Socket attempt = new Socket();
      socket = attempt;
      try {
        if (cut) {
          throw new IOException("given up");
        }
        attempt.connect(
            new InetSocketAddress(address, settings.port()),
            (int) Math.min(millis, Integer.MAX_VALUE));
        keepAlive(attempt);
        use(attempt.getInputStream(), attempt.getOutputStream());
        return;
      } catch (IOException e) {
        worst = e;
        close(attempt);
      }
    }
    throw Failures.notConnected(settings, addresses, worst);
  }

  private List<InetAddress> resolve() throws ConnectionException {
    try {
      List<InetAddress> all =
          Arrays.stream(InetAddress.getAllByName(settings.hostName()))
              .filter(this::isWanted)
              .toList();
      if (all.isEmpty()) {
        throw new UnknownHostException();
      }
      return all;
    } catch (UnknownHostException e) {
      throw Failures.unknownHost(settings);
    }
  }

  private boolean isWanted(InetAddress address) {
    return switch (settings.addresses()) {
      case ANY -> true;
      case IPV4 -> address instanceof Inet4Address;
      case IPV6 -> !(address instanceof Inet4Address);
    };
  }

  /** Lets the kernel notice a dead peer; JSch's own keep-alive works by read timeouts. */
  private static void keepAlive(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    if (socket.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
      socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, KEEP_ALIVE_IDLE_SECONDS);
      socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, KEEP_ALIVE_INTERVAL_SECONDS);
    }
  }

  @Override
  void cut() {
    cut = true;
    close(socket);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }

  @Override
  String address() {
    InetAddress address = socket.getInetAddress();
    return address == null ? "" : address.getHostAddress();
  }
}
