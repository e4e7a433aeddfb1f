package org.migratecheck.remote;

import com.jcraft.jsch.Channel;
import com.jcraft.jsch.JSchException;
import java.io.IOException;
import java.time.Duration;
import org.migratecheck.model.HostFailure;

/**
 * A channel through a jump host. No local port is opened, which other users of this machine could
 * connect to, and the host's key is checked under its real name.
 */
final class JumpTransport extends Transport {
  /** As large as JSch's window for such a channel, so that a write never waits. */
  private static final int PIPE = 256 * 1024;

  private final SshSettings settings;
  private final SshLink jump;
  private final Duration timeout;
  private final BytePipe pipe = new BytePipe(PIPE);

  JumpTransport(SshSettings settings, SshLink jump, Duration timeout) {
    this.settings = settings;
    this.jump = jump;
    this.timeout = timeout;
  }

  @Override
  void open(Patience patience) throws ConnectionException {
    String through = " through " + jump.settings().typed();
    patience.enter("connecting to port " + settings.port() + through, timeout);
    try {
      Channel channel = jump.session().getStreamForwarder(settings.hostName(), settings.port());
      channel.setOutputStream(pipe.out());
      channel.connect();
      use(pipe.in(), channel.getOutputStream());
    } catch (JSchException | IOException e) {
      throw new ConnectionException(
          new HostFailure(
              HostFailure.Kind.UNREACHABLE,
              settings.typed()
                  + ": the jump host "
                  + jump.settings().typed()
                  + " does not connect to "
                  + settings.hostName()
                  + " port "
                  + settings.port(),
              "Check the name and the port as seen from the jump host, and that its sshd allows TCP"
                  + " forwarding."));
    }
  }

  @Override
  void cut() {
    jump.cut();
  }

  @Override
  String address() {
    return settings.hostName();
  }
}
