package org.migratecheck.remote;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One usable line of a known_hosts file (sshd(8), section SSH_KNOWN_HOSTS FILE FORMAT).
 *
 * @param file the file
 * @param number the line's number, from 1
 * @param marker what the key stands for
 * @param names the host patterns, or the one hashed name
 * @param key the key
 */
record KnownHostsLine(Path file, int number, Marker marker, List<String> names, SshPublicKey key) {
  /** What the key of a line stands for. */
  enum Marker {
    /** The host's own key. */
    HOST,
    /** {@code @cert-authority}: signs certificates of the host. */
    AUTHORITY,
    /** {@code @revoked}: must not be accepted for the host. */
    REVOKED
  }

  private static final String HASH_MAGIC = "|1|";

  /** Reads a line; empty for comments, keys of the first SSH protocol and broken lines. */
  static Optional<KnownHostsLine> parse(Path file, int number, String line) {
    String text = line.strip();
    if (text.isEmpty() || text.startsWith("#")) {
      return Optional.empty();
    }
    Marker marker = Marker.HOST;
    if (text.startsWith("@")) {
      int end = firstBlank(text);
      String word = text.substring(0, end);
      if (word.equals("@cert-authority")) {
        marker = Marker.AUTHORITY;
      } else if (word.equals("@revoked")) {
        marker = Marker.REVOKED;
      } else {
        return Optional.empty();
      }
      text = text.substring(end).strip();
    }
    int end = firstBlank(text);
    List<String> names = Arrays.asList(text.substring(0, end).split(","));
    Marker of = marker;
    return SshPublicKey.ofLine(text.substring(end))
        .map(key -> new KnownHostsLine(file, number, of, names, key));
  }

  private static int firstBlank(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == ' ' || text.charAt(i) == '\t') {
        return i;
      }
    }
    return text.length();
  }

  /** Returns whether the line is about {@code name}, a host name or {@code [name]:port}. */
  boolean matches(String name) {
    if (names.size() == 1 && names.get(0).startsWith(HASH_MAGIC)) {
      return matchesHash(names.get(0), name);
    }
    return WildcardPattern.anyMatch(names, name);
  }

  /** Returns {@code FILE:LINE}. */
  String place() {
    return file + ":" + number;
  }

  private static boolean matchesHash(String hashed, String name) {
    String[] parts = hashed.split("\\|", -1);
    if (parts.length != 4) {
      return false;
    }
    try {
      byte[] salt = Base64.getDecoder().decode(parts[2]);
      byte[] hash = Base64.getDecoder().decode(parts[3]);
      return salt.length > 0 && MessageDigest.isEqual(hash, hash(salt, name));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Returns {@code name} as HashKnownHosts stores it, with {@code salt} (20 bytes). */
  static String hashedName(byte[] salt, String name) {
    Base64.Encoder base64 = Base64.getEncoder();
    return HASH_MAGIC + base64.encodeToString(salt) + "|" + base64.encodeToString(hash(salt, name));
  }

  private static byte[] hash(byte[] salt, String name) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(salt, "HmacSHA1"));
      return mac.doFinal(name.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java has HmacSHA1
    }
  }
}
