package org.migratecheck.remote;

import java.util.List;
import org.migratecheck.model.HostIdentity;

/** A host reached over SSH. */
final class SshConnection implements HostConnection {
  private final SshLink link;
  private final HostIdentity identity;
  private final List<String> notes;
  private final ScriptRun scripts;

  SshConnection(SshLink link, ConnectOptions options, Secrets secrets) {
    this.link = link;
    SshSettings settings = link.settings();
    SudoMode sudo = settings.user().equals("root") ? SudoMode.NONE : options.sudo();
    this.identity =
        new HostIdentity(
            "ssh",
            link.address(),
            settings.port(),
            settings.user(),
            link.checker().describe(),
            settings.user().equals("root") || sudo != SudoMode.NONE);
    this.notes = List.copyOf(link.notes());
    this.scripts =
        new ScriptRun(
            new SshRunner(link), settings.typed(), settings.user(), sudo, options, secrets);
  }

  @Override
  public HostIdentity identity() {
    return identity;
  }

  @Override
  public ScriptResult run(String script, ScriptLimits limits) throws ConnectionException {
    return scripts.run(script, limits);
  }

  @Override
  public List<String> notes() {
    return notes;
  }

  @Override
  public void close() {
    link.close();
  }
}
