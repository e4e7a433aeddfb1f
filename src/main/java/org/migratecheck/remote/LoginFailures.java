package org.migratecheck.remote;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.model.HostFailure.Kind;
import org.migratecheck.model.Printable;

/** Says why nobody was let in, which JSch puts as "Auth fail". */
final class LoginFailures {
  private static final Pattern METHODS = Pattern.compile("for methods '([^']*)'");

  private LoginFailures() {}

  static ConnectionException refused(
      SshSettings settings, OfferedIdentities identities, LoginDialog dialog, String said) {
    Matcher matcher = METHODS.matcher(said);
    String methods = matcher.find() ? Printable.line(matcher.group(1), 100) : "";
    List<String> tried = new ArrayList<>(identities.explain());
    boolean asksPerson = methods.contains("password") || methods.contains("keyboard-interactive");
    if (dialog.passwordTried()) {
      tried.add("the password was refused (it is tried once)");
    } else if (dialog.nobodyAnswered()) {
      tried.add("nobody answered the host's question for a password");
    } else if (asksPerson) {
      tried.add("passwords are not used here");
    }
    if (methods.contains("gssapi-with-mic")) {
      tried.add("Kerberos (gssapi-with-mic) is not supported");
    }
    if (!dialog.banner().isEmpty()) {
      tried.add("the host says: " + Printable.line(dialog.banner(), 200));
    }
    return Failures.of(
        Kind.AUTHENTICATION,
        settings.typed()
            + ": not let in as "
            + Printable.line(settings.user(), 64)
            + (methods.isEmpty() ? ": " : " (the host takes " + methods + "): ")
            + String.join("; ", tried),
        "Try: ssh "
            + settings.sshArguments()
            + "   A key is put on the host with: ssh-copy-id "
            + settings.sshArguments()
            + "   One with a passphrase is best loaded into an agent: ssh-add");
  }

  static ConnectionException tooMany(
      SshSettings settings, OfferedIdentities identities, String why) {
    return Failures.of(
        Kind.AUTHENTICATION,
        settings.typed()
            + ": the host ended the login as "
            + Printable.line(settings.user(), 64)
            + " after "
            + identities.offered()
            + " keys ("
            + why
            + "): "
            + String.join("; ", identities.explain()),
        "Name the right key for this host in ~/.ssh/config: IdentityFile and IdentitiesOnly yes");
  }
}
