package org.migratecheck.remote;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * A public key, or a certificate for one, in SSH's wire format (RFC 4253, section 6.6; OpenSSH's
 * PROTOCOL.certkeys).
 *
 * @param type the type that the blob begins with, such as {@code ssh-ed25519}
 * @param blob the whole blob
 */
record SshPublicKey(String type, byte[] blob) {
  private static final String CERTIFICATE = "-cert-v01@openssh.com";
  private static final int MAX_TYPE = 64;

  /** Reads a blob; empty when it is none. */
  static Optional<SshPublicKey> ofBlob(byte[] blob) {
    ByteBuffer buffer = ByteBuffer.wrap(blob);
    byte[] type = string(buffer);
    if (type.length == 0 || type.length > MAX_TYPE || !buffer.hasRemaining()) {
      return Optional.empty();
    }
    return Optional.of(new SshPublicKey(new String(type, StandardCharsets.US_ASCII), blob));
  }

  /** Reads {@code TYPE BASE64 [COMMENT]}, as in {@code .pub} files; empty when it is none. */
  static Optional<SshPublicKey> ofLine(String line) {
    String[] words = line.strip().split("[ \t]+", 3);
    return words.length < 2 ? Optional.empty() : of(words[0], words[1]);
  }

  /** Reads a key from its type and its base64 text; empty when they do not belong together. */
  static Optional<SshPublicKey> of(String type, String base64) {
    try {
      return ofBlob(Base64.getDecoder().decode(base64)).filter(key -> key.type.equals(type));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Returns whether this is a certificate. */
  boolean isCertificate() {
    return type.endsWith(CERTIFICATE);
  }

  /** Returns the plain key inside a certificate, or this key; empty for kinds not known here. */
  Optional<SshPublicKey> plain() {
    if (!isCertificate()) {
      return Optional.of(this);
    }
    String plainType = type.substring(0, type.length() - CERTIFICATE.length());
    int fields;
    if (plainType.equals("ssh-ed25519")) {
      fields = 1; // the key
    } else if (plainType.equals("ssh-rsa") || plainType.startsWith("ecdsa-sha2-")) {
      fields = 2; // exponent and modulus; curve and point
    } else {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(blob);
    string(buffer); // type
    string(buffer); // nonce
    int start = buffer.position();
    for (int i = 0; i < fields; i++) {
      string(buffer);
    }
    byte[] name = plainType.getBytes(StandardCharsets.US_ASCII);
    int length = buffer.position() - start;
    byte[] plain =
        ByteBuffer.allocate(4 + name.length + length)
            .putInt(name.length)
            .put(name)
            .put(blob, start, length)
            .array();
    return ofBlob(plain);
  }

  /** Returns {@code SHA256:...} as {@code ssh-keygen -l} prints it. */
  String fingerprint() {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(blob);
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has SHA-256
    }
  }

  /** Returns type and fingerprint. */
  String describe() {
    return type + " " + fingerprint();
  }

  /** Returns the blob in base64. */
  String base64() {
    return Base64.getEncoder().encodeToString(blob);
  }

  /** Reads a length-prefixed string; an empty one where the buffer ends too early. */
  static byte[] string(ByteBuffer buffer) {
    if (buffer.remaining() < 4) {
      return new byte[0];
    }
    int length = buffer.getInt();
    if (length < 0 || length > buffer.remaining()) {
      buffer.position(buffer.limit());
      return new byte[0];
    }
    byte[] value = new byte[length];
    buffer.get(value);
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SshPublicKey key && Arrays.equals(blob, key.blob);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(blob);
  }

  @Override
  public String toString() {
    return describe();
  }
}
