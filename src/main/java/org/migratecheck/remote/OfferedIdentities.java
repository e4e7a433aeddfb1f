package org.migratecheck.remote;

import com.jcraft.jsch.Identity;
import com.jcraft.jsch.IdentityRepository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import org.migratecheck.remote.SshAgent.AgentKey;

/**
 * The keys to offer to one host, in the order of ssh(1): certificates, keys of the agent that the
 * configuration names, its other keys (not with IdentitiesOnly), keys in files. JSch's own
 * repositories would push private keys into the user's agent.
 */
final class OfferedIdentities implements IdentityRepository {
  /** Key files, shared by all hosts of a run. */
  static final class Files {
    private final Map<Path, KeyFile> files = new ConcurrentHashMap<>();

    KeyFile get(Path path) {
      return files.computeIfAbsent(path, KeyFile::new);
    }
  }

  private final SshAgent agent;
  private final List<KeyFile> files;
  private final List<OfferedIdentity> identities = new ArrayList<>();
  private final Runnable onAuthentication;
  private final boolean allowed;

  /**
   * Gathers the keys.
   *
   * @param onAuthentication run when the connection begins to log in
   */
  OfferedIdentities(
      SshSettings settings,
      SshAgent agent,
      Files shared,
      Secrets secrets,
      Prompter prompter,
      Patience patience,
      Runnable onAuthentication) {
    this.agent = agent;
    this.onAuthentication = onAuthentication;
    this.files = settings.identityFiles().stream().map(shared::get).toList();
    this.allowed = settings.methods().publicKey();
    if (!allowed) {
      return;
    }
    for (SshPublicKey certificate : certificates(settings)) {
      Optional<SshPublicKey> plain = certificate.plain();
      Optional<AgentKey> inAgent = plain.flatMap(this::inAgent);
      if (inAgent.isPresent()) {
        // The agent signs with the plain key that it holds, whatever is offered for it.
        add(OfferedIdentity.ofAgent(certificate, inAgent.get().identity()));
      } else {
        files.stream()
            .filter(f -> plain.isPresent() && f.publicKey().equals(plain) && !f.isPublicOnly())
            .findFirst()
            .ifPresent(
                f -> add(OfferedIdentity.ofFile(certificate, f, secrets, prompter, patience)));
      }
    }
    for (KeyFile file : files) {
      file.publicKey()
          .flatMap(this::inAgent)
          .ifPresent(k -> add(OfferedIdentity.ofAgent(k.key(), k.identity())));
    }
    for (AgentKey key : agent.keys()) {
      if (!settings.identitiesOnly() || isNamed(key.key())) {
        add(OfferedIdentity.ofAgent(key.key(), key.identity()));
      }
    }
    for (KeyFile file : files) {
      if (file.problem().isEmpty() && !file.isPublicOnly()) {
        file.publicKey()
            .ifPresent(k -> add(OfferedIdentity.ofFile(k, file, secrets, prompter, patience)));
      }
    }
  }

  /** Returns what was tried and what was not, one printable line each. */
  List<String> explain() {
    if (!allowed) {
      return List.of("keys are switched off (PubkeyAuthentication no)");
    }
    List<String> lines = new ArrayList<>();
    identities.forEach(identity -> lines.add(identity.describe()));
    for (KeyFile file : files) {
      file.problem()
          .filter(p -> !p.equals("no such file"))
          .ifPresent(p -> lines.add(file.path() + ": " + p));
      if (file.isPublicOnly() && file.publicKey().flatMap(this::inAgent).isEmpty()) {
        lines.add(file.path() + ": a public key whose private half is not in the agent");
      }
    }
    if (lines.isEmpty()) {
      lines.add("no key file was found");
    }
    lines.add(agent.state());
    return lines;
  }

  /** Returns how many keys were shown to the host. */
  long offered() {
    return identities.stream()
        .filter(i -> i.outcome() != OfferedIdentity.Outcome.NOT_OFFERED)
        .count();
  }

  private void add(OfferedIdentity identity) {
    if (identities.stream().noneMatch(i -> i.key().equals(identity.key()))) {
      identities.add(identity);
    }
  }

  private List<SshPublicKey> certificates(SshSettings settings) {
    List<Path> paths = new ArrayList<>(settings.certificateFiles());
    settings.identityFiles().forEach(file -> paths.add(Path.of(file + "-cert.pub")));
    return paths.stream()
        .map(KeyFile::readPublic)
        .flatMap(Optional::stream)
        .filter(SshPublicKey::isCertificate)
        .toList();
  }

  private Optional<AgentKey> inAgent(SshPublicKey key) {
    return agent.keys().stream().filter(k -> k.key().equals(key)).findFirst();
  }

  private boolean isNamed(SshPublicKey key) {
    Optional<SshPublicKey> plain = key.plain();
    return plain.isPresent() && files.stream().anyMatch(f -> f.publicKey().equals(plain));
  }

  @Override
  public Vector<Identity> getIdentities() {
    onAuthentication.run();
    return new Vector<>(identities);
  }

  @Override
  public String getName() {
    return "migrate-check";
  }

  @Override
  public int getStatus() {
    return RUNNING;
  }

  @Override
  public boolean add(byte[] identity) {
    return false;
  }

  @Override
  public boolean remove(byte[] blob) {
    return false;
  }

  @Override
  public void removeAll() {
    // Read-only.
  }
}
