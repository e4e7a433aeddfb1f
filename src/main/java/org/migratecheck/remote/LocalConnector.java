package org.migratecheck.remote;

import org.migratecheck.model.HostIdentity;

/** Reaches this machine by local processes, without SSH. */
public final class LocalConnector implements Connector {
  private final String user;
  private final Secrets secrets;

  /** Creates a connector for the user of {@code environment}. */
  public LocalConnector(SshEnvironment environment) {
    this(environment, new Secrets());
  }

  LocalConnector(SshEnvironment environment, Secrets secrets) {
    this.user = environment.user();
    this.secrets = secrets;
  }

  @Override
  public HostConnection connect(HostSpec host, ConnectOptions options) {
    SudoMode sudo = user.equals("root") ? SudoMode.NONE : options.sudo();
    HostIdentity identity =
        new HostIdentity("local", "", 0, user, "", user.equals("root") || sudo != SudoMode.NONE);
    ScriptRun scripts =
        new ScriptRun(new LocalRunner(), host.typed(), user, sudo, options, secrets);
    return new HostConnection() {
      @Override
      public HostIdentity identity() {
        return identity;
      }

      @Override
      public ScriptResult run(String script, ScriptLimits limits) throws ConnectionException {
        return scripts.run(script, limits);
      }

      @Override
      public void close() {
        // Each run ends with its processes.
      }
    };
  }
}
