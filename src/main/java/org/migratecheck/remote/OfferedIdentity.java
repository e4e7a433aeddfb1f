package org.migratecheck.remote;

import com.jcraft.jsch.Identity;
import com.jcraft.jsch.KeyPair;
import java.util.Optional;

/**
 * A public key or certificate that is offered to one host, and what came of it. To JSch it never
 * looks encrypted: the passphrase is asked for when a signature is due.
 */
final class OfferedIdentity implements Identity {
  /** Makes signatures. */
  @FunctionalInterface
  interface Signer {
    /** Returns a signature in SSH's format, or {@code null} when none can be made. */
    byte[] sign(byte[] data, String algorithm);
  }

  /** How far the host went along. */
  enum Outcome {
    NOT_OFFERED,
    OFFERED,
    SIGNED,
    NOT_SIGNED
  }

  private final SshPublicKey key;
  private final String origin;
  private final Signer signer;
  private Outcome outcome = Outcome.NOT_OFFERED;

  private OfferedIdentity(SshPublicKey key, String origin, Signer signer) {
    this.key = key;
    this.origin = origin;
    this.signer = signer;
  }

  /** Returns {@code key} with the agent as signer. */
  static OfferedIdentity ofAgent(SshPublicKey key, Identity agent) {
    return new OfferedIdentity(key, "agent", agent::getSignature);
  }

  /** Returns {@code key}, the file's own or a certificate for it, with the file as signer. */
  static OfferedIdentity ofFile(
      SshPublicKey key, KeyFile file, Secrets secrets, Prompter prompter, Patience patience) {
    return new OfferedIdentity(
        key,
        file.path().toString(),
        (data, algorithm) -> {
          // A wait for the passphrase, or for another thread that asks for it, is not the host's.
          Optional<KeyPair> pair = patience.untimed(() -> file.open(secrets, prompter));
          return pair.map(p -> p.getSignature(data, algorithm)).orElse(null);
        });
  }

  /** Returns the key and where it is from. */
  synchronized String describe() {
    String what = key.describe() + " (" + origin + ")";
    return switch (outcome) {
      case NOT_OFFERED -> what + " not tried";
      case OFFERED, SIGNED -> what + " refused";
      case NOT_SIGNED -> what + " accepted, but could not be used";
    };
  }

  SshPublicKey key() {
    return key;
  }

  synchronized Outcome outcome() {
    return outcome;
  }

  @Override
  public byte[] getSignature(byte[] data) {
    return getSignature(data, key.type());
  }

  @Override
  public byte[] getSignature(byte[] data, String algorithm) {
    // The signature inside a certificate's request is named like that of its plain key.
    byte[] signature = signer.sign(data, algorithm.replace("-cert-v01@openssh.com", ""));
    synchronized (this) {
      outcome = signature == null ? Outcome.NOT_SIGNED : Outcome.SIGNED;
    }
    return signature;
  }

  @Override
  public synchronized byte[] getPublicKeyBlob() {
    if (outcome == Outcome.NOT_OFFERED) {
      outcome = Outcome.OFFERED;
    }
    return key.blob().clone();
  }

  @Override
  public String getAlgName() {
    return key.type();
  }

  @Override
  public String getName() {
    return origin;
  }

  @Override
  public boolean setPassphrase(byte[] passphrase) {
    return true;
  }

  @Override
  public boolean isEncrypted() {
    return false;
  }

  @Override
  public void clear() {
    // The key is shared with other connections.
  }
}
