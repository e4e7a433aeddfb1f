package org.migratecheck.remote;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How one host is reached, as the user's ssh configuration says it.
 *
 * @param typed the host as typed, for messages
 * @param hostName the name or address to connect to
 * @param port the port
 * @param user the login user
 * @param addresses which addresses of the name are used
 * @param identityFiles private key files in order; those that are missing are skipped later
 * @param certificateFiles further user certificates
 * @param identitiesOnly whether the agent's other keys stay unused
 * @param agent the agent's socket, empty when none is to be used
 * @param userKnownHosts the user's known_hosts files; the first takes new keys
 * @param globalKnownHosts the system's known_hosts files
 * @param acceptNew whether a key of a host that was never seen is stored and accepted; every other
 *     policy is strict
 * @param hashKnownHosts whether stored names are hashed
 * @param hostKeyAlias the name to look up in known_hosts in place of the real one
 * @param revokedKeys a file of revoked host keys
 * @param jumps the hosts to go through, nearest first
 * @param proxyCommand a shell command whose standard streams are the connection
 * @param connectTimeout ConnectTimeout, where configured
 * @param methods which ways to log in are allowed
 * @param algorithms what the configuration (often a system-wide crypto policy) allows
 * @param notes what of the configuration was not followed, one printable line each
 */
record SshSettings(
    String typed,
    String hostName,
    int port,
    String user,
    AddressFamily addresses,
    List<Path> identityFiles,
    List<Path> certificateFiles,
    boolean identitiesOnly,
    Optional<Path> agent,
    List<Path> userKnownHosts,
    List<Path> globalKnownHosts,
    boolean acceptNew,
    boolean hashKnownHosts,
    Optional<String> hostKeyAlias,
    Optional<Path> revokedKeys,
    List<HostSpec> jumps,
    Optional<String> proxyCommand,
    Optional<Duration> connectTimeout,
    Methods methods,
    SshAlgorithms algorithms,
    List<String> notes) {

  /** Which addresses of a name are used. */
  enum AddressFamily {
    ANY,
    IPV4,
    IPV6
  }

  /**
   * Ways to log in.
   *
   * @param publicKey keys of files and agent
   * @param password passwords typed by a person
   * @param keyboardInteractive other questions to a person
   */
  record Methods(boolean publicKey, boolean password, boolean keyboardInteractive) {}

  /** Returns the name that known_hosts files hold for this host. */
  String knownName() {
    return hostKeyAlias.orElse(port == 22 ? hostName : "[" + hostName + "]:" + port);
  }

  /** Returns how a person would type this host for {@code ssh}, as for {@code ssh -p 2222 u@h}. */
  String sshArguments() {
    HostSpec host = HostSpecParser.parseSsh(typed);
    return (host.port().isPresent() ? "-p " + host.port().getAsInt() + " " : "")
        + host.user().map(u -> u + "@").orElse("")
        + host.host();
  }
}
