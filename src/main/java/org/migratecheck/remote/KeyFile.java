package org.migratecheck.remote;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.migratecheck.model.Printable;

/**
 * A private key file, shared by all hosts of a run: read once, and decrypted only when a host has
 * accepted its public half, so that nobody is asked for a passphrase in vain.
 */
final class KeyFile {
  private static final long MAX_BYTES = 1 << 16;
  private static final String OPENSSH_BEGIN = "-----BEGIN OPENSSH PRIVATE KEY-----";
  private static final String OPENSSH_END = "-----END OPENSSH PRIVATE KEY-----";
  private static final byte[] OPENSSH_MAGIC =
      "openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII);
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  private final Path path;
  private Optional<SshPublicKey> publicKey = Optional.empty();
  private Optional<String> problem = Optional.empty();
  private Optional<KeyPair> opened = Optional.empty();
  private boolean publicOnly;

  /** Reads {@code path}; whatever is wrong with it is found in {@link #problem}. */
  KeyFile(Path path) {
    this.path = path;
    try {
      read();
    } catch (NoSuchFileException e) {
      problem = Optional.of("no such file");
    } catch (IOException e) {
      problem = Optional.of(Printable.line("cannot be read: " + e.getMessage(), 200));
    }
  }

  Path path() {
    return path;
  }

  /** Returns the public half, from the file itself or from {@code .pub} beside it. */
  synchronized Optional<SshPublicKey> publicKey() {
    return publicKey;
  }

  /** Returns whether the file holds a public key only: an agent must sign for it. */
  synchronized boolean isPublicOnly() {
    return publicOnly;
  }

  /** Returns what keeps the file from being used. */
  synchronized Optional<String> problem() {
    return problem;
  }

  /**
   * Returns the private key, decrypted, asking for its passphrase where needed.
   *
   * @return empty when it cannot be used; then {@link #problem} says why
   */
  synchronized Optional<KeyPair> open(Secrets secrets, Prompter prompter) {
    if (opened.isEmpty() && problem.isEmpty()) {
      try {
        KeyPair pair = KeyPair.load(new JSch(), path.toString(), null);
        if (!pair.isEncrypted() || decrypt(pair, secrets, prompter)) {
          opened = Optional.of(pair);
        } else {
          problem = Optional.of("encrypted, and nobody gave its passphrase");
        }
      } catch (JSchException | RuntimeException | LinkageError e) {
        // JSch's parser also fails with index and null-pointer exceptions on broken files, and
        // some formats need a library that is not here.
        problem = Optional.of(Printable.line("cannot be used: " + e.getMessage(), 200));
      }
    }
    return opened;
  }

  private boolean decrypt(KeyPair pair, Secrets secrets, Prompter prompter) {
    return secrets.openKey(
        prompter,
        path.toString(),
        passphrase -> {
          ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(passphrase));
          byte[] bytes = Arrays.copyOf(encoded.array(), encoded.limit());
          try {
            return pair.decrypt(bytes);
          } finally {
            Arrays.fill(bytes, (byte) 0);
            Arrays.fill(encoded.array(), (byte) 0);
          }
        });
  }

  private void read() throws IOException {
    if (Files.size(path) > MAX_BYTES) {
      throw new IOException("too large for a key");
    }
    String text = Files.readString(path, StandardCharsets.ISO_8859_1);
    Optional<SshPublicKey> asPublic = SshPublicKey.ofLine(text);
    if (!text.contains("-----BEGIN") && asPublic.isPresent()) {
      publicKey = asPublic;
      publicOnly = true;
      return;
    }
    if (isOpenToOthers()) {
      // ssh ignores such a key, too ("UNPROTECTED PRIVATE KEY FILE").
      problem = Optional.of("readable by others (chmod 600 " + path + ")");
      return;
    }
    publicKey = inOpensshFormat(text).or(this::besides);
    if (publicKey.isEmpty()) {
      // An old PEM file without ".pub": an unencrypted one tells its public half when opened.
      publicKey =
          open(new Secrets(), Prompter.NONE)
              .map(KeyPair::getPublicKeyBlob)
              .flatMap(SshPublicKey::ofBlob);
      if (publicKey.isEmpty() && problem.isEmpty()) {
        problem = Optional.of("has no public half");
      }
    }
  }

  private boolean isOpenToOthers() throws IOException {
    Set<PosixFilePermission> permissions = EnumSet.copyOf(OTHERS);
    permissions.retainAll(Files.getPosixFilePermissions(path));
    return !permissions.isEmpty();
  }

  /** The public half stands unencrypted in the file: see OpenSSH's PROTOCOL.key. */
  private static Optional<SshPublicKey> inOpensshFormat(String text) {
    int begin = text.indexOf(OPENSSH_BEGIN);
    int end = text.indexOf(OPENSSH_END);
    if (begin < 0 || end < begin) {
      return Optional.empty();
    }
    byte[] bytes;
    try {
      bytes = Base64.getMimeDecoder().decode(text.substring(begin + OPENSSH_BEGIN.length(), end));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    if (bytes.length < OPENSSH_MAGIC.length + 4
        || !Arrays.equals(OPENSSH_MAGIC, Arrays.copyOf(bytes, OPENSSH_MAGIC.length))) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).position(OPENSSH_MAGIC.length);
    SshPublicKey.string(buffer); // cipher
    SshPublicKey.string(buffer); // key derivation
    SshPublicKey.string(buffer); // its options
    if (buffer.remaining() < 4) {
      return Optional.empty();
    }
    buffer.getInt(); // number of keys, always one
    return SshPublicKey.ofBlob(SshPublicKey.string(buffer));
  }

  private Optional<SshPublicKey> besides() {
    return readPublic(Path.of(path + ".pub"));
  }

  /** Reads a {@code .pub} file; empty when there is none or it holds no key. */
  static Optional<SshPublicKey> readPublic(Path file) {
    try {
      return Files.size(file) > MAX_BYTES
          ? Optional.empty()
          : SshPublicKey.ofLine(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
