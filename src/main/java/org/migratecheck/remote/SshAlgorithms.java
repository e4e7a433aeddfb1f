package org.migratecheck.remote;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The algorithms to offer, best first. The order is ours: an elliptic-curve key exchange and
 * AES-GCM cost the least and need no further library (OpenSSH's default post-quantum exchange takes
 * three times as long); what is offered at all is what the ssh configuration allows of them.
 *
 * @param keyExchange key exchange methods
 * @param hostKeys host key algorithms, certificates first, in order of preference
 * @param ciphers ciphers
 * @param macs message authentication, for the ciphers without their own
 * @param userKeys algorithms for user keys
 */
record SshAlgorithms(
    List<String> keyExchange,
    List<String> hostKeys,
    List<String> ciphers,
    List<String> macs,
    List<String> userKeys) {
  private static final String CERTIFICATE = "-cert-v01@openssh.com";
  private static final List<String> PLAIN_KEYS =
      List.of(
          "ssh-ed25519",
          "ecdsa-sha2-nistp256",
          "ecdsa-sha2-nistp384",
          "ecdsa-sha2-nistp521",
          "rsa-sha2-512",
          "rsa-sha2-256");

  /** What this program can do. */
  static final SshAlgorithms ALL =
      new SshAlgorithms(
          List.of(
              "curve25519-sha256",
              "curve25519-sha256@libssh.org",
              "ecdh-sha2-nistp256",
              "ecdh-sha2-nistp384",
              "ecdh-sha2-nistp521",
              "diffie-hellman-group-exchange-sha256",
              "diffie-hellman-group16-sha512",
              "diffie-hellman-group18-sha512",
              "diffie-hellman-group14-sha256"),
          certificatesFirst(PLAIN_KEYS),
          List.of(
              "aes128-gcm@openssh.com",
              "aes256-gcm@openssh.com",
              "aes128-ctr",
              "aes192-ctr",
              "aes256-ctr"),
          List.of(
              "hmac-sha2-256-etm@openssh.com",
              "hmac-sha2-512-etm@openssh.com",
              "hmac-sha2-256",
              "hmac-sha2-512"),
          allUserKeys());

  private static List<String> allUserKeys() {
    List<String> keys = new ArrayList<>(certificatesFirst(PLAIN_KEYS));
    // Keys on security tokens: the agent signs, nothing is computed here.
    keys.add("sk-ssh-ed25519@openssh.com");
    keys.add("sk-ecdsa-sha2-nistp256@openssh.com");
    keys.add("sk-ssh-ed25519" + CERTIFICATE);
    keys.add("sk-ecdsa-sha2-nistp256" + CERTIFICATE);
    return List.copyOf(keys);
  }

  private static List<String> certificatesFirst(List<String> plain) {
    List<String> all = new ArrayList<>();
    plain.forEach(algorithm -> all.add(algorithm + CERTIFICATE));
    all.addAll(plain);
    return List.copyOf(all);
  }

  /**
   * Returns what {@code directives} allow of {@link #ALL}. Where nothing is left, all of a kind is
   * offered, and a note says so.
   */
  static SshAlgorithms allowedBy(SshDirectives directives, List<String> notes) {
    return new SshAlgorithms(
        allowed(directives, "kexalgorithms", ALL.keyExchange, notes),
        allowed(directives, "hostkeyalgorithms", ALL.hostKeys, notes),
        allowed(directives, "ciphers", ALL.ciphers, notes),
        allowed(directives, "macs", ALL.macs, notes),
        allowed(directives, "pubkeyacceptedalgorithms", ALL.userKeys, notes));
  }

  private static List<String> allowed(
      SshDirectives directives, String keyword, List<String> ours, List<String> notes) {
    Optional<String> value = directives.first(keyword);
    if (value.isEmpty()) {
      return ours;
    }
    List<String> theirs = Arrays.asList(value.get().split(","));
    List<String> both = ours.stream().filter(theirs::contains).toList();
    if (both.isEmpty()) {
      notes.add(
          "ssh configuration: none of the algorithms in "
              + keyword
              + " is known to migrate-check, which offers its own");
      return ours;
    }
    return both;
  }

  /**
   * Returns the host key algorithms in the order that makes the server show a key that is known:
   * certificates first where an authority is known, then the types in {@code knownTypes}, as
   * OpenSSH does (order_hostkeyalgs in sshconnect2.c).
   *
   * @param knownTypes key types of known_hosts, such as {@code ssh-rsa}
   * @param authorityKnown whether a certificate authority is known for the host
   */
  List<String> hostKeysPreferring(List<String> knownTypes, boolean authorityKnown) {
    List<String> ordered = new ArrayList<>();
    if (authorityKnown) {
      hostKeys.stream().filter(a -> a.endsWith(CERTIFICATE)).forEach(ordered::add);
    }
    hostKeys.stream()
        .filter(a -> !a.endsWith(CERTIFICATE) && knownTypes.contains(keyType(a)))
        .forEach(ordered::add);
    hostKeys.stream().filter(a -> !ordered.contains(a)).forEach(ordered::add);
    return ordered;
  }

  /** Returns the key type that {@code algorithm} signs with: RSA keys have several algorithms. */
  private static String keyType(String algorithm) {
    return algorithm.startsWith("rsa-sha2-") ? "ssh-rsa" : algorithm;
  }
}
