package org.migratecheck.remote;

import java.util.concurrent.ExecutionException;
import org.migratecheck.model.HostFailure.Kind;

/**
 * Connects over SSH the way the user's own {@code ssh} would, with strict host keys. Key files,
 * known_hosts files and answers of the user are shared by all connections; may be used by many
 * threads at once.
 */
public final class SshConnector implements Connector {
  private final SshEnvironment environment;
  private final KnownHosts known = new KnownHosts();
  private final OfferedIdentities.Files keyFiles = new OfferedIdentities.Files();
  private final Secrets secrets;

  /** Creates a connector for the given surroundings. */
  public SshConnector(SshEnvironment environment) {
    this(environment, new Secrets());
  }

  SshConnector(SshEnvironment environment, Secrets secrets) {
    this.environment = environment;
    this.secrets = secrets;
  }

  @Override
  public HostConnection connect(HostSpec host, ConnectOptions options) throws ConnectionException {
    Patience patience = new Patience();
    SshLink.Context context =
        new SshLink.Context(environment, known, keyFiles, secrets, options, patience);
    try {
      return patience.call("connect " + host.typed(), () -> open(host, context));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ConnectionException known) {
        throw known;
      }
      throw Failures.other(host, e.getCause());
    } catch (Patience.GaveUpException e) {
      throw Failures.gaveUp(host, e.phase, e.limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failures.of(Kind.OTHER, host.typed() + ": interrupted", "");
    }
  }

  private HostConnection open(HostSpec host, SshLink.Context context) throws ConnectionException {
    SshLink link = SshLink.open(host, context);
    if (context.patience().isAborted()) {
      link.close();
    }
    return new SshConnection(link, context.options(), secrets);
  }
}
