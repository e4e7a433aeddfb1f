package org.migratecheck.check.ports;

import java.util.List;
import java.util.Locale;
import org.migratecheck.facts.ports.LibvirtReach;

/** How the attempt to reach libvirt over SSH ended, read from the words of ssh and virsh. */
enum SshAnswer {
  /** libvirt answered. */
  REACHED,
  /** The name did not resolve. */
  NAME,
  /** Nobody listens at the SSH port, or a packet filter says so. */
  REFUSED,
  /** Silence. */
  TIMEOUT,
  /** No route. */
  UNREACHABLE,
  /** The host key is not known. */
  HOST_KEY_UNKNOWN,
  /** Another host key is known. */
  HOST_KEY_CHANGED,
  /** No key was accepted. */
  PERMISSION,
  /** What carries libvirt's protocol over SSH is not installed there. */
  HELPER,
  /** libvirt's daemon does not listen there. */
  DAEMON,
  /** libvirt's socket may not be opened by this user. */
  SOCKET,
  /** The login shell prints something into the protocol. */
  NOISE,
  /**
   * The login ends at once, or runs something else: a forced command, a shell that lets nobody in.
   */
  RESTRICTED,
  /** virsh or ssh is missing on the source. */
  NO_CLIENT,
  /** SSH answered and then fell silent. */
  STUCK,
  /** Anything else. */
  OTHER;

  /** Returns how the first attempt, as root, ended; {@code REACHED} where any worked. */
  static SshAnswer of(LibvirtReach reach) {
    if (reach.reached().isPresent()) {
      return REACHED;
    }
    SshAnswer answer = of(reach.attempts().get(0));
    return answer == TIMEOUT && reach.banner() ? STUCK : answer;
  }

  private static SshAnswer of(LibvirtReach.Attempt attempt) {
    String text = attempt.error().toLowerCase(Locale.ROOT);
    if (text.contains("could not resolve hostname")) {
      return NAME;
    }
    if (text.contains("host key verification failed")) {
      return text.contains("has changed") ? HOST_KEY_CHANGED : HOST_KEY_UNKNOWN;
    }
    if (text.contains("ssh: connect to host")) {
      return text.contains("connection refused")
          ? REFUSED
          : text.contains("timed out") ? TIMEOUT : UNREACHABLE;
    }
    if (any(text, "permission denied (", "too many authentication failures")) {
      return PERMISSION;
    }
    if (any(text, "virt-ssh-helper: cannot connect", "failed to connect socket")) {
      return text.contains("permission denied") ? SOCKET : DAEMON;
    }
    if (any(text, "cannot find 'ssh' in path", "ssh: command not found")
        || (attempt.exitStatus() == 127 && text.contains("virsh"))) {
      return NO_CLIENT;
    }
    if (any(text, "nc: not found", "nc: command not found", "virt-ssh-helper: not found")
        || text.contains("virt-ssh-helper: command not found")) {
      return HELPER;
    }
    if (any(text, "authentication unavailable", "polkit", "authentication failed")) {
      return SOCKET;
    }
    if (text.contains("received from server too large") || text.contains("unexpected rpc")) {
      return NOISE;
    }
    if (text.contains("end of file while reading data: : input/output error")) {
      return RESTRICTED;
    }
    return attempt.exitStatus() == 124 ? TIMEOUT : OTHER;
  }

  private static boolean any(String text, String... parts) {
    return List.of(parts).stream().anyMatch(text::contains);
  }

  /** Returns what virsh said, on one line. */
  static String said(LibvirtReach.Attempt attempt) {
    String words =
        String.join(
            " ",
            attempt
                .error()
                .lines()
                .map(l -> l.replaceFirst("^error: ", "").strip())
                .filter(l -> !l.isEmpty() && !l.equals("failed to connect to the hypervisor"))
                .toList());
    if (words.isEmpty()) {
      return attempt.exitStatus() == 124
          ? "no answer within " + attempt.patience() + " seconds"
          : "exit status " + attempt.exitStatus();
    }
    return words.length() > 300 ? words.substring(0, 300) + "..." : words;
  }
}
