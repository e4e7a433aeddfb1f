package org.migratecheck.remote;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.UserInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.migratecheck.model.Printable;

/**
 * Judges the host key of one connection for JSch, whose own repository reads one file only, does
 * not match patterns, ignores {@code @revoked *} and accepts any key under settings that it does
 * not know. JSch is always told {@code StrictHostKeyChecking=yes}; everything else is decided here.
 *
 * <p>JSch calls {@link #check} after the host has proved that it owns the key, and before any name
 * or secret of the user is sent.
 */
final class HostKeyChecker implements HostKeyRepository {
  private final SshSettings settings;
  private final KnownHosts known;
  private final HostKeys keys;
  private final Runnable onTrusted;
  private final List<String> notes = new ArrayList<>();
  private Optional<SshPublicKey> offered = Optional.empty();
  private Optional<HostKeys.Judgement> judgement = Optional.empty();

  /**
   * Looks the host up.
   *
   * @param onTrusted run once a plain key was accepted
   * @throws ConnectionException when it cannot be told which keys are revoked
   */
  HostKeyChecker(SshSettings settings, KnownHosts known, Runnable onTrusted)
      throws ConnectionException {
    this.settings = settings;
    this.known = known;
    this.onTrusted = onTrusted;
    this.keys = known.lookup(settings, notes).withRevoked(RevokedKeysFile.read(settings));
  }

  /** Returns what the known_hosts files say about the host. */
  HostKeys keys() {
    return keys;
  }

  /** Returns the plain key that the host showed, empty while it showed none or a certificate. */
  synchronized Optional<SshPublicKey> offered() {
    return offered;
  }

  /** Returns the judgement of {@link #offered}. */
  synchronized Optional<HostKeys.Judgement> judgement() {
    return judgement;
  }

  /** Returns what the user should know, such as a file that could not be read. */
  synchronized List<String> notes() {
    return List.copyOf(notes);
  }

  /** Describes the key or the authority by which the host was accepted. */
  synchronized String describe() {
    if (offered.isPresent()) {
      return offered.get().describe();
    }
    return "certificate by "
        + String.join(", ", keys.authorities().stream().map(l -> l.key().describe()).toList());
  }

  @Override
  public synchronized int check(String host, byte[] blob) {
    offered = SshPublicKey.ofBlob(blob);
    if (offered.isEmpty()) {
      return NOT_INCLUDED;
    }
    HostKeys.Judgement now = keys.judge(offered.get());
    if (now.trust() == HostKeys.Trust.UNKNOWN && settings.acceptNew()) {
      now = acceptNew(offered.get(), now);
    }
    judgement = Optional.of(now);
    switch (now.trust()) {
      case KNOWN -> {
        onTrusted.run();
        return OK;
      }
      case UNKNOWN -> {
        return NOT_INCLUDED;
      }
      default -> {
        return CHANGED;
      }
    }
  }

  private HostKeys.Judgement acceptNew(SshPublicKey key, HostKeys.Judgement before) {
    try {
      HostKeys.Judgement after = KnownHostsAppender.append(settings, known, key);
      notes.add("accept-new: stored the key of " + settings.knownName() + ", " + key.describe());
      return after;
    } catch (IOException e) {
      notes.add(
          Printable.line(
              "accept-new: the key of "
                  + settings.knownName()
                  + " could not be stored: "
                  + e.getMessage(),
              300));
      return before;
    }
  }

  /** JSch looks for {@code @revoked} here once more; {@link #check} has done it. */
  @Override
  public HostKey[] getHostKey(String host, String type) {
    return new HostKey[0];
  }

  /** Authorities and revoked keys of this host alone, for JSch's check of host certificates. */
  @Override
  public HostKey[] getHostKey() {
    List<HostKey> all = new ArrayList<>();
    keys.authorities().forEach(line -> add(all, "@cert-authority", line));
    keys.revoked().forEach(line -> add(all, "@revoked", line));
    return all.toArray(HostKey[]::new);
  }

  private void add(List<HostKey> to, String marker, KnownHostsLine line) {
    try {
      // The pattern has been matched here, so the name goes over literally. The type is not asked
      // for; a guess from the blob would fail for kinds that JSch does not know.
      to.add(new HostKey(marker, settings.knownName(), HostKey.UNKNOWN, line.key().blob(), ""));
    } catch (JSchException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void add(HostKey hostkey, UserInfo ui) {
    throw new UnsupportedOperationException("read-only");
  }

  @Override
  public void remove(String host, String type) {
    throw new UnsupportedOperationException("read-only");
  }

  @Override
  public void remove(String host, String type, byte[] key) {
    throw new UnsupportedOperationException("read-only");
  }

  @Override
  public String getKnownHostsRepositoryID() {
    return settings.userKnownHosts().isEmpty()
        ? "none"
        : settings.userKnownHosts().get(0).toString();
  }
}
