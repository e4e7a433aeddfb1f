package org.migratecheck.facts.ports;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;

/**
 * A host's SSH server, and root's own keys as an SSH client. Only public keys.
 *
 * @param ports the ports of {@code sshd -T}; empty where it did not tell
 * @param permitRootLogin the setting, empty where unknown
 * @param refuses why root is not let in, by its own settings: {@code pubkey} where keys are off,
 *     {@code users} where lists of users or groups are set, {@code modes} where files of root are
 *     writable for others, {@code shell} where root's shell lets nobody in, {@code command} where
 *     one command is forced
 * @param hostKeys the host's public keys, {@code TYPE BASE64}
 * @param rootKeys the public keys that root's ssh offers by itself, {@code TYPE BASE64 COMMENT}
 */
public record SshServer(
    List<Integer> ports,
    Optional<String> permitRootLogin,
    Set<String> refuses,
    List<String> hostKeys,
    List<String> rootKeys) {
  /** Read from the probe {@code ssh-server}. */
  public static final Fact<SshServer> FACT = Fact.host("sshServer", "ssh-server", SshServer::parse);

  private static final Pattern KEY =
      Pattern.compile(
          "((?:ssh|ecdsa|sk-ssh|sk-ecdsa)-[a-zA-Z0-9@.-]+ [A-Za-z0-9+/=]+)(?: ([A-Za-z0-9@._"
              + " -]*))?");
  private static final Pattern SETTING =
      Pattern.compile("^(port|permitrootlogin) (\\S+)$", Pattern.MULTILINE);

  /** Copies the lists. */
  public SshServer {
    ports = List.copyOf(ports);
    refuses = Set.copyOf(refuses);
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
        refuses(outputs),
        keys(outputs.complete("ssh-server/host-keys").stdout(), false),
        keys(outputs.complete("ssh-server/root-keys").stdout(), true));
  }

  private static Set<String> refuses(Outputs outputs) {
    Set<String> refuses = new TreeSet<>();
    String settings = outputs.complete("ssh-server/settings").stdout();
    boolean strict = true;
    for (String line : settings.lines().toList()) {
      String[] words = line.split(" ", 2);
      String value = words.length == 2 ? words[1] : "";
      switch (words[0]) {
        case "pubkeyauthentication" -> add(refuses, value.equals("no"), "pubkey");
        case "denyusers", "allowusers", "denygroups", "allowgroups" -> refuses.add("users");
        case "forcecommand" -> add(refuses, !value.equals("none"), "command");
        case "strictmodes" -> strict = !value.equals("no");
        default -> {
          // other settings
        }
      }
    }
    if (!outputs.has("ssh-server/root-account")) {
      return refuses; // evidence of an older program
    }
    for (String line : outputs.complete("ssh-server/root-account").stdout().lines().toList()) {
      String[] words = line.split(" ", 4);
      if (words[0].equals("mode") && words.length == 4 && words[1].matches("[0-7]{1,4}")) {
        boolean open = (Integer.parseInt(words[1], 8) & 022) != 0 || !words[2].equals("0");
        add(refuses, strict && open, "modes");
      } else if (words[0].equals("shell") && words.length == 2) {
        add(refuses, words[1].matches(".*/(nologin|false|true)"), "shell");
      }
    }
    return refuses;
  }

  private static void add(Set<String> to, boolean holds, String what) {
    if (holds) {
      to.add(what);
    }
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
