package org.migratecheck.remote;

import java.util.List;
import org.migratecheck.model.HostFailure.Kind;
import org.migratecheck.model.Printable;

/** Says why a host key was not accepted. No option overrides any of these. */
final class HostKeyFailures {
  private HostKeyFailures() {}

  static ConnectionException of(SshSettings settings, HostKeyChecker checker) {
    HostKeys.Judgement judgement = checker.judgement().orElseThrow();
    SshPublicKey offered = checker.offered().orElseThrow();
    return switch (judgement.trust()) {
      case CHANGED -> changed(settings, offered, judgement.line().orElseThrow());
      case REVOKED -> revoked(settings, offered, judgement.line().orElseThrow());
      default -> unknown(settings, offered, checker.notes());
    };
  }

  private static ConnectionException unknown(
      SshSettings settings, SshPublicKey offered, List<String> notes) {
    String why = notes.isEmpty() ? "" : " (" + String.join("; ", notes) + ")";
    return Failures.of(
        Kind.HOST_KEY_UNKNOWN,
        settings.typed()
            + ": the key of "
            + settings.knownName()
            + " is in no known_hosts file; the host shows "
            + offered.describe()
            + why,
        "On the host's console compare it with: ssh-keygen -lf /etc/ssh/ssh_host_"
            + keyFile(offered)
            + "_key.pub  Then accept it with: ssh "
            + settings.sshArguments());
  }

  private static ConnectionException changed(
      SshSettings settings, SshPublicKey offered, KnownHostsLine line) {
    String type =
        line.key().type().equals(offered.type())
            ? ""
            : " (the host shows no key of the known type "
                + Printable.line(line.key().type(), 60)
                + ")";
    return Failures.of(
        Kind.HOST_KEY_CHANGED,
        settings.typed()
            + ": the key of "
            + settings.knownName()
            + " has changed: known is "
            + Printable.line(line.key().describe(), 150)
            + " at "
            + Printable.line(line.place(), 200)
            + ", the host shows "
            + offered.describe()
            + type,
        "Someone may be in between. If the host was reinstalled, compare the new fingerprint on its"
            + " console, then: ssh-keygen -R "
            + quoted(settings.knownName())
            + " -f "
            + quoted(line.file().toString())
            + " && ssh "
            + settings.sshArguments());
  }

  private static ConnectionException revoked(
      SshSettings settings, SshPublicKey offered, KnownHostsLine line) {
    return Failures.of(
        Kind.HOST_KEY_CHANGED,
        settings.typed()
            + ": the host shows the key "
            + offered.describe()
            + ", which is marked as revoked at "
            + Printable.line(line.place(), 200),
        "The key may have been stolen. Give the host new keys, and make them known.");
  }

  static ConnectionException revokedCertificate(SshSettings settings) {
    return Failures.of(
        Kind.HOST_KEY_CHANGED,
        settings.typed() + ": the host shows a certificate whose key or authority is revoked",
        "The key may have been stolen. Give the host a new certificate.");
  }

  static ConnectionException badCertificate(SshSettings settings, Exception cause) {
    return Failures.of(
        Kind.HOST_KEY_UNKNOWN,
        settings.typed()
            + ": the host's certificate is not accepted: "
            + Printable.line(String.valueOf(cause.getMessage()), 250),
        "Check the certificate's names and dates on the host: ssh-keygen -Lf"
            + " /etc/ssh/ssh_host_*-cert.pub");
  }

  private static String keyFile(SshPublicKey key) {
    if (key.type().equals("ssh-rsa")) {
      return "rsa";
    }
    return key.type().startsWith("ecdsa") ? "ecdsa" : "ed25519";
  }

  /** Quotes for a POSIX shell. */
  static String quoted(String text) {
    return text.matches("[A-Za-z0-9@%+=:,./_-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
