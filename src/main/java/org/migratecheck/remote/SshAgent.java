package org.migratecheck.remote;

import com.jcraft.jsch.AgentIdentityRepository;
import com.jcraft.jsch.AgentProxyException;
import com.jcraft.jsch.Identity;
import com.jcraft.jsch.SSHAgentConnector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The keys of an ssh-agent, reached through its Unix socket. It reads and signs only: no key is
 * ever added to the agent.
 *
 * @param state one line for explanations, such as {@code agent: 2 keys}
 * @param keys the agent's keys in its order
 */
record SshAgent(String state, List<AgentKey> keys) {
  /** One key of the agent. */
  record AgentKey(SshPublicKey key, Identity identity) {}

  /** Asks the agent at {@code socket} for its keys. */
  static SshAgent list(Optional<Path> socket) {
    if (socket.isEmpty()) {
      return new SshAgent("no agent (SSH_AUTH_SOCK is not set)", List.of());
    }
    List<AgentKey> keys = new ArrayList<>();
    try {
      SSHAgentConnector connector = new SSHAgentConnector(socket.get());
      if (!connector.isAvailable()) {
        return new SshAgent("the agent at " + socket.get() + " does not answer", List.of());
      }
      for (Identity identity : new AgentIdentityRepository(connector).getIdentities()) {
        SshPublicKey.ofBlob(identity.getPublicKeyBlob())
            .ifPresent(key -> keys.add(new AgentKey(key, identity)));
      }
    } catch (AgentProxyException e) {
      return new SshAgent("the agent at " + socket.get() + " cannot be used", List.of());
    }
    return new SshAgent(
        keys.isEmpty()
            ? "the agent has no keys"
            : "the agent has " + keys.size() + (keys.size() == 1 ? " key" : " keys"),
        List.copyOf(keys));
  }
}
