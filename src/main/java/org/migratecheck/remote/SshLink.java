package org.migratecheck.remote;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.migratecheck.model.HostFailure.Kind;

/**
 * One logged-in SSH session with the byte stream below it; behind a jump host also the session of
 * that.
 */
final class SshLink {
  /** Hosts on the way to a host, the configuration of jump hosts included. */
  private static final int MAX_JUMPS = 8;

  /** JSch starts a thread for each channel that a host opens towards us; a few are legitimate. */
  private static final int MAX_THREADS = 64;

  /** OpenSSH's sshd counts every key that is shown, and allows six by default. */
  private static final String MAX_AUTH_TRIES = "6";

  /**
   * What the connections of a run share, and what one attempt is bound to.
   *
   * @param environment the local surroundings
   * @param known known_hosts files
   * @param keyFiles private key files
   * @param secrets answers of the person at the terminal
   * @param options limits, sudo, and who is asked
   * @param patience the clock of this attempt
   */
  record Context(
      SshEnvironment environment,
      KnownHosts known,
      OfferedIdentities.Files keyFiles,
      Secrets secrets,
      ConnectOptions options,
      Patience patience) {}

  private final SshSettings settings;
  private final Transport transport;
  private final Optional<SshLink> jump;
  private final Session session;
  private final HostKeyChecker checker;

  private SshLink(
      SshSettings settings,
      Transport transport,
      Optional<SshLink> jump,
      Session session,
      HostKeyChecker checker) {
    this.settings = settings;
    this.transport = transport;
    this.jump = jump;
    this.session = session;
    this.checker = checker;
  }

  /**
   * Connects and logs in.
   *
   * @throws ConnectionException when it cannot; nothing stays open then
   */
  static SshLink open(HostSpec host, Context context) throws ConnectionException {
    return open(host, Optional.empty(), context, 0);
  }

  /**
   * @param through the jump host to use, already connected; overrides the configuration
   */
  private static SshLink open(HostSpec host, Optional<SshLink> through, Context context, int depth)
      throws ConnectionException {
    if (depth > MAX_JUMPS) {
      throw Failures.of(
          Kind.OTHER, host.typed() + ": ProxyJump of the ssh configuration goes in circles", "");
    }
    Patience patience = context.patience();
    patience.enter("reading the ssh configuration", context.options().connectTimeout());
    SshSettings settings = SshSettingsReader.read(host, context.environment(), patience);
    Optional<SshLink> jump = through;
    try {
      if (jump.isEmpty()) {
        for (HostSpec next : settings.jumps()) {
          jump = Optional.of(open(next, jump, context, depth + 1));
        }
      }
      return connect(settings, jump, context);
    } catch (ConnectionException | RuntimeException | Error e) {
      jump.ifPresent(SshLink::close);
      throw e;
    }
  }

  private static SshLink connect(SshSettings settings, Optional<SshLink> jump, Context context)
      throws ConnectionException {
    Patience patience = context.patience();
    ConnectOptions options = context.options();
    Duration timeout = settings.connectTimeout().orElse(options.connectTimeout());
    Transport transport = transport(settings, jump, timeout);
    patience.onAbort(transport::cut);
    try {
      transport.open(patience);
      Runnable loggingIn =
          () -> patience.enter("logging in as " + settings.user(), options.authTimeout());
      HostKeyChecker checker = new HostKeyChecker(settings, context.known(), loggingIn);
      OfferedIdentities identities =
          new OfferedIdentities(
              settings,
              settings.methods().publicKey()
                  ? SshAgent.list(settings.agent())
                  : new SshAgent("no agent", List.of()),
              context.keyFiles(),
              context.secrets(),
              options.prompter(),
              patience,
              loggingIn);
      LoginDialog dialog =
          new LoginDialog(settings, context.secrets(), options.prompter(), patience);
      patience.enter("waiting for the SSH greeting and key exchange", timeout);
      try {
        Session session = session(settings, transport, checker, identities, dialog, options);
        session.connect();
        return new SshLink(settings, transport, jump, session, checker);
      } catch (LoginDialog.AbandonedException e) {
        throw LoginFailures.refused(settings, identities, dialog, "");
      } catch (JSchException e) {
        throw Failures.ofSession(settings, transport, checker, identities, dialog, e);
      }
    } catch (ConnectionException | RuntimeException | Error e) {
      transport.cut();
      throw e;
    }
  }

  private static Transport transport(
      SshSettings settings, Optional<SshLink> jump, Duration timeout) {
    if (jump.isPresent()) {
      return new JumpTransport(settings, jump.get(), timeout);
    }
    if (settings.proxyCommand().isPresent()) {
      return new CommandTransport(settings, settings.proxyCommand().get(), timeout);
    }
    return new TcpTransport(settings, timeout);
  }

  private static Session session(
      SshSettings settings,
      Transport transport,
      HostKeyChecker checker,
      OfferedIdentities identities,
      LoginDialog dialog,
      ConnectOptions options)
      throws JSchException {
    Session session = new JSch().getSession(settings.user(), settings.hostName(), settings.port());
    session.setProxy(transport);
    session.setDaemonThread(true);
    session.setThreadFactory(threads());
    session.setHostKeyRepository(checker);
    session.setIdentityRepository(identities);
    session.setUserInfo(dialog);
    settings.hostKeyAlias().ifPresent(session::setHostKeyAlias);
    session.setConfig(config(settings, checker.keys(), options));
    return session;
  }

  private static Hashtable<String, String> config(
      SshSettings settings, HostKeys keys, ConnectOptions options) {
    SshAlgorithms algorithms = settings.algorithms();
    Hashtable<String, String> config = new Hashtable<>();
    // JSch knows exactly this spelling; any other value would make it accept every key.
    config.put("StrictHostKeyChecking", "yes");
    config.put("HashKnownHosts", "no");
    config.put("prefer_known_host_key_types", "no"); // done here, with patterns and authorities
    config.put("kex", String.join(",", algorithms.keyExchange()));
    config.put(
        "server_host_key",
        String.join(
            ",", algorithms.hostKeysPreferring(keys.types(), !keys.authorities().isEmpty())));
    config.put("cipher.c2s", String.join(",", algorithms.ciphers()));
    config.put("cipher.s2c", String.join(",", algorithms.ciphers()));
    config.put("mac.c2s", String.join(",", algorithms.macs()));
    config.put("mac.s2c", String.join(",", algorithms.macs()));
    config.put("PubkeyAcceptedAlgorithms", String.join(",", algorithms.userKeys()));
    config.put("PreferredAuthentications", methods(settings, options));
    config.put("MaxAuthTries", MAX_AUTH_TRIES);
    config.put("CheckCiphers", "");
    config.put("CheckMacs", "");
    config.put("enable_strict_kex", "yes"); // against Terrapin, CVE-2023-48795
    config.put("host_certificate_to_key_fallback", "yes"); // as OpenSSH does
    config.put("ForwardAgent", "no");
    config.put("RequestTTY", "no");
    config.put("ClearAllForwardings", "yes");
    return config;
  }

  /** Without a person who could answer, the host gets no chance to ask. */
  private static String methods(SshSettings settings, ConnectOptions options) {
    boolean person = options.prompter() != Prompter.NONE;
    List<String> methods = new ArrayList<>();
    if (settings.methods().publicKey()) {
      methods.add("publickey");
    }
    if (person && settings.methods().keyboardInteractive()) {
      methods.add("keyboard-interactive");
    }
    if (person && settings.methods().password()) {
      methods.add("password");
    }
    return String.join(",", methods);
  }

  private static ThreadFactory threads() {
    AtomicInteger count = new AtomicInteger();
    return work -> {
      if (count.incrementAndGet() > MAX_THREADS) {
        throw new IllegalStateException("the host opens too many channels");
      }
      return new Thread(work);
    };
  }

  SshSettings settings() {
    return settings;
  }

  Session session() {
    return session;
  }

  HostKeyChecker checker() {
    return checker;
  }

  String address() {
    return transport.address();
  }

  /** Returns the notes of this host and of the hosts on the way to it. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    jump.ifPresent(j -> j.notes().forEach(n -> notes.add(j.settings.typed() + ": " + n)));
    notes.addAll(settings.notes());
    notes.addAll(checker.notes());
    return notes;
  }

  /** Ends the session and the sessions that it goes through. */
  void close() {
    // The stream first: JSch's own farewell could wait for a host that does not read.
    cut();
    session.disconnect();
    jump.ifPresent(SshLink::close);
  }

  /** Ends everything at once, without a word to the host, from any thread. */
  void cut() {
    transport.cut();
    jump.ifPresent(SshLink::cut);
  }
}
