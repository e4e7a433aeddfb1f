package org.migratecheck.model;

/**
 * How a host was reached.
 *
 * @param transport {@code ssh}, {@code local} or empty when it was not reached
 * @param address the network address connected to, empty when local
 * @param port the SSH port, 0 when local
 * @param user the login user
 * @param hostKey the host key's type and SHA-256 fingerprint, such as {@code ssh-ed25519
 *     SHA256:...}; empty when local
 * @param privileged whether the probes ran as root
 */
public record HostIdentity(
    String transport, String address, int port, String user, String hostKey, boolean privileged) {
  /** The identity of a host that was not reached. */
  public static final HostIdentity UNKNOWN = new HostIdentity("", "", 0, "", "", false);
}
