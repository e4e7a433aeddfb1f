package org.migratecheck.facts.ports;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;

/**
 * A host's SSH server, and root's own keys as an SSH client. Only public keys.
 *
 * @param ports the ports of {@code sshd -T}; empty where it did not tell
 * @param permitRootLogin the setting, empty where unknown
 * @param hostKeys the host's public keys, {@code TYPE BASE64}
 * @param rootKeys the public keys that root's ssh offers by itself, {@code TYPE BASE64 COMMENT}
 */
public record SshServer(
    List<Integer> ports,
    Optional<String> permitRootLogin,
    List<String> hostKeys,
    List<String> rootKeys) {
  /** Read from the probe {@code ssh-server}. */
  public static final Fact<SshServer> FACT = Fact.host("sshServer", "ssh-server", SshServer::parse);

  private static final Pattern KEY =
      Pattern.compile(
          "((?:ssh|ecdsa|sk-ssh|sk-ecdsa)-[a-zA-Z0-9@.-]+ [A-Za-z0-9+/=]+)(?: ([A-Za-z0-9@._ -]*))?");
  private static final Pattern SETTING =
      Pattern.compile("^(port|permitrootlogin) (\\S+)$", Pattern.MULTILINE);

  /** Copies the lists. */
  public SshServer {
    ports = List.copyOf(ports);
    hostKeys = List.copyOf(hostKeys);
    rootKeys = List.copyOf(rootKeys);
  }

  private static SshServer parse(Outputs outputs) {
    List<Integer> ports = new ArrayList<>();
    Optional<String> root = Optional.empty();
    Matcher setting = SETTING.matcher(outputs.complete("ssh-server/settings").stdout());
    while (setting.find()) {
      if (setting.group(1).equals("port")) {
        ports.add(PortSet.port(setting.group(2)));
      } else {
        root = Optional.of(setting.group(2));
      }
    }
    return new SshServer(
        ports,
        root,
        keys(outputs.complete("ssh-server/host-keys").stdout(), false),
        keys(outputs.complete("ssh-server/root-keys").stdout(), true));
  }

  /** A line that is no key is dropped: it must never get into a command that writes key files. */
  private static List<String> keys(String text, boolean withComment) {
    List<String> keys = new ArrayList<>();
    for (String line : text.lines().toList()) {
      Matcher key = KEY.matcher(line.strip());
      if (key.matches()) {
        keys.add(withComment ? line.strip() : key.group(1));
      }
    }
    return keys;
  }
}
