package org.migratecheck.remote;

import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchInvalidHostCertificateException;
import com.jcraft.jsch.JSchRevokedHostKeyException;
import com.jcraft.jsch.JSchSessionDisconnectException;
import com.jcraft.jsch.JSchUnknownCAKeyException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.migratecheck.model.HostFailure;
import org.migratecheck.model.HostFailure.Kind;
import org.migratecheck.model.Printable;

/** Says in one line what went wrong on the way to a host, and what to do about it. */
final class Failures {
  private Failures() {}

  static ConnectionException of(Kind kind, String message, String advice) {
    return new ConnectionException(new HostFailure(kind, message, advice));
  }

  static ConnectionException unknownHost(SshSettings settings) {
    return of(
        Kind.UNKNOWN_HOST,
        settings.typed() + ": the name " + settings.hostName() + " does not resolve",
        "Check the spelling, DNS, /etc/hosts and the ssh configuration: getent hosts "
            + settings.hostName());
  }

  static ConnectionException notConnected(
      SshSettings settings, List<InetAddress> addresses, IOException cause) {
    String where =
        addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "))
            + " port "
            + settings.port();
    String said = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    if (cause instanceof SocketTimeoutException || said.contains("timed out")) {
      return of(
          Kind.TIMED_OUT,
          settings.typed() + ": no answer from " + where,
          "The host is down, or a firewall drops the connection.");
    }
    if (said.contains("refused")) {
      return of(
          Kind.REFUSED,
          settings.typed() + ": connection refused by " + where,
          "sshd does not run or listens on another port, or a firewall rejects the connection.");
    }
    String why =
        cause instanceof NoRouteToHostException
            ? "no route to host"
            : Printable.line(String.valueOf(cause.getMessage()), 200);
    return of(
        Kind.UNREACHABLE,
        settings.typed() + ": cannot connect to " + where + ": " + why,
        "Check the network between this machine and the host.");
  }

  static ConnectionException gaveUp(HostSpec host, String phase, Duration limit) {
    return of(
        Kind.TIMED_OUT,
        host.typed() + ": gave up after " + seconds(limit) + " while " + phase,
        phase.startsWith("waiting for the SSH greeting")
            ? "The port answers, but not with SSH: is it sshd's, and is the host overloaded?"
            : "");
  }

  private static String seconds(Duration limit) {
    return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
  }

  static ConnectionException other(HostSpec host, Throwable cause) {
    return of(
        Kind.OTHER,
        host.typed()
            + ": "
            + Printable.line(
                cause.getClass().getSimpleName() + ": " + String.valueOf(cause.getMessage()), 300),
        "");
  }

  /** Says why JSch gave up before or while logging in. */
  static ConnectionException ofSession(
      SshSettings settings,
      Transport transport,
      HostKeyChecker checker,
      OfferedIdentities identities,
      LoginDialog dialog,
      JSchException cause) {
    if (checker.judgement().isPresent()
        && checker.judgement().get().trust() != HostKeys.Trust.KNOWN) {
      return HostKeyFailures.of(settings, checker);
    }
    if (cause instanceof JSchRevokedHostKeyException) {
      return HostKeyFailures.revokedCertificate(settings);
    }
    if (cause instanceof JSchUnknownCAKeyException
        || cause instanceof JSchInvalidHostCertificateException) {
      return HostKeyFailures.badCertificate(settings, cause);
    }
    if (cause instanceof JSchAlgoNegoFailException nego) {
      return of(
          Kind.OTHER,
          settings.typed()
              + ": no common algorithm ("
              + Printable.line(nego.getAlgorithmName(), 60)
              + "); the host offers "
              + Printable.line(nego.getServerProposal(), 300),
          "Check the crypto policy of the host and Ciphers, MACs, KexAlgorithms and"
              + " HostKeyAlgorithms of the ssh configuration.");
    }
    String said = String.valueOf(cause.getMessage());
    boolean refused = said.startsWith("Auth fail") || said.startsWith("Auth cancel");
    if (cause instanceof JSchSessionDisconnectException disconnect) {
      return disconnected(settings, identities, disconnect);
    }
    if (transport.hasEnded()) {
      return ended(settings, transport, checker, identities);
    }
    if (refused) {
      return LoginFailures.refused(settings, identities, dialog, said);
    }
    return of(
        Kind.OTHER,
        settings.typed() + ": the SSH connection failed: " + Printable.line(said, 300),
        transport.diagnosis());
  }

  private static ConnectionException disconnected(
      SshSettings settings, OfferedIdentities identities, JSchSessionDisconnectException cause) {
    String why = Printable.line(String.valueOf(cause.getDescription()), 200);
    if (why.toLowerCase(Locale.ROOT).contains("too many authentication failures")) {
      return LoginFailures.tooMany(settings, identities, why);
    }
    return of(Kind.UNREACHABLE, settings.typed() + ": the host ended the connection: " + why, "");
  }

  private static ConnectionException ended(
      SshSettings settings,
      Transport transport,
      HostKeyChecker checker,
      OfferedIdentities identities) {
    if (identities.offered() > 0) {
      return LoginFailures.tooMany(settings, identities, "connection closed");
    }
    String when = checker.offered().isEmpty() ? "before it showed its key" : "during the login";
    String diagnosis = transport.diagnosis();
    return of(
        Kind.UNREACHABLE,
        settings.typed() + ": the host closed the connection " + when,
        diagnosis.isEmpty()
            ? "See sshd's log on the host (MaxStartups, AllowUsers, tcp wrappers), or whether the"
                + " port is sshd's."
            : diagnosis);
  }
}
