package org.migratecheck.model;

/**
 * Why a host could not be read.
 *
 * @param kind the machine-readable reason
 * @param message one line for people, naming the host
 * @param advice what to do about it, possibly a command; may be empty
 */
public record HostFailure(Kind kind, String message, String advice) {
  /** The reasons that are told apart. */
  public enum Kind {
    /** The name does not resolve. */
    UNKNOWN_HOST,
    /** The connection was refused. */
    REFUSED,
    /** Connecting, authenticating or running took longer than allowed. */
    TIMED_OUT,
    /** No route, network down, connection reset or closed. */
    UNREACHABLE,
    /** The host's key is not in any known_hosts file. */
    HOST_KEY_UNKNOWN,
    /** The host offered another key than the one known. */
    HOST_KEY_CHANGED,
    /** No offered key, agent identity or password was accepted. */
    AUTHENTICATION,
    /** Logged in, but sudo did not give the rights that probes need. */
    SUDO,
    /** Connected, but the remote shell did not run the script. */
    SHELL,
    /** Stored evidence is missing, cut, edited or of another version. */
    EVIDENCE,
    /** Anything else. */
    OTHER
  }
}
