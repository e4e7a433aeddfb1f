package org.migratecheck.remote;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.migratecheck.model.HostFailure;
import org.migratecheck.model.Printable;
import org.migratecheck.remote.SshSettings.AddressFamily;
import org.migratecheck.remote.SshSettings.Methods;

/** Turns ssh directives into {@link SshSettings}, and notes what cannot be followed. */
final class SshSettingsReader {
  private static final List<String> DEFAULT_IDENTITIES =
      List.of("~/.ssh/id_rsa", "~/.ssh/id_ecdsa", "~/.ssh/id_ed25519");
  private static final List<String> DEFAULT_USER_FILES =
      List.of("~/.ssh/known_hosts", "~/.ssh/known_hosts2");
  private static final List<String> DEFAULT_GLOBAL_FILES =
      List.of("/etc/ssh/ssh_known_hosts", "/etc/ssh/ssh_known_hosts2");

  private final HostSpec host;
  private final SshEnvironment environment;
  private final SshDirectives directives;
  private final List<String> notes;

  private SshSettingsReader(HostSpec host, SshEnvironment environment, SshDirectives directives) {
    this.host = host;
    this.environment = environment;
    this.directives = directives;
    this.notes = new ArrayList<>(directives.notes());
  }

  /**
   * Returns how {@code host} is to be reached.
   *
   * @throws ConnectionException when the configuration cannot be read or asks for what must not be
   *     silently left out
   */
  static SshSettings read(HostSpec host, SshEnvironment environment, Patience patience)
      throws ConnectionException {
    Optional<SshDirectives> dump = Optional.empty();
    if (environment.ssh().isPresent()) {
      dump = SshConfigDump.query(host, environment, environment.ssh().get(), patience);
    }
    SshDirectives directives =
        dump.isPresent() ? dump.get() : SshConfigParser.parse(host, environment);
    return of(host, environment, directives);
  }

  /** Returns how {@code host} is to be reached with {@code directives}. */
  static SshSettings of(HostSpec host, SshEnvironment environment, SshDirectives directives)
      throws ConnectionException {
    return new SshSettingsReader(host, environment, directives).settings();
  }

  private SshSettings settings() throws ConnectionException {
    // What was typed wins: our own parser knows only the files.
    String user = host.user().or(() -> directives.first("user")).orElse(environment.user());
    int port = host.port().orElseGet(() -> number("port").orElse(22));
    String hostName = hostName(user, port);
    Optional<String> alias = directives.first("hostkeyalias");
    SshTokens tokens =
        new SshTokens(environment, host.host(), hostName, user, port, alias.orElse(host.host()));
    if (user.isEmpty() || user.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
      throw refused("the login user is empty or has white space", "");
    }
    refuseWhatCannotBeFollowed();
    String policy =
        directives.first("stricthostkeychecking").orElse("ask").toLowerCase(Locale.ROOT);
    if (List.of("no", "off", "false").contains(policy)) {
      notes.add(
          "StrictHostKeyChecking "
              + (policy.equals("false") ? "no" : policy)
              + " of the ssh configuration is not followed: host keys are always checked");
    }
    return new SshSettings(
        host.typed(),
        hostName,
        port,
        user,
        addresses(),
        paths("identityfile", DEFAULT_IDENTITIES, tokens),
        paths("certificatefile", List.of(), tokens),
        directives.flag("identitiesonly", false),
        agent(tokens),
        knownHosts("userknownhostsfile", DEFAULT_USER_FILES, tokens),
        knownHosts("globalknownhostsfile", DEFAULT_GLOBAL_FILES, tokens),
        policy.equals("accept-new"),
        directives.flag("hashknownhosts", false),
        alias,
        directives.first("revokedhostkeys").flatMap(tokens::path),
        jumps(),
        proxyCommand(tokens),
        number("connecttimeout").map(Duration::ofSeconds),
        methods(),
        SshAlgorithms.allowedBy(directives, notes),
        List.copyOf(notes));
  }

  private String hostName(String user, int port) throws ConnectionException {
    Optional<String> configured = directives.first("hostname");
    if (configured.isEmpty()) {
      return host.host();
    }
    String name = configured.get();
    if (!HostSpecParser.isHostOrAddress(name)) {
      // "ssh -G" has expanded its tokens already; our own parser has not.
      SshTokens tokens =
          new SshTokens(environment, host.host(), host.host(), user, port, host.host());
      name = tokens.expand(name).orElse(name);
    }
    if (!HostSpecParser.isHostOrAddress(name)) {
      throw refused(
          "HostName '" + Printable.line(name, 80) + "' of the ssh configuration is no host name",
          "");
    }
    return name;
  }

  private void refuseWhatCannotBeFollowed() throws ConnectionException {
    if (directives.flag("proxyusefdpass", false)) {
      throw refused("ProxyUseFdpass of the ssh configuration cannot be followed", "");
    }
    for (String keyword :
        List.of("knownhostscommand", "pkcs11provider", "bindaddress", "remotecommand")) {
      directives
          .first(keyword)
          .ifPresent(v -> notes.add("ssh configuration: " + keyword + " is not followed"));
    }
  }

  private AddressFamily addresses() {
    return switch (directives.first("addressfamily").orElse("any")) {
      case "inet" -> AddressFamily.IPV4;
      case "inet6" -> AddressFamily.IPV6;
      default -> AddressFamily.ANY;
    };
  }

  private Methods methods() {
    boolean person = !directives.flag("batchmode", false);
    return new Methods(
        directives
            .first("pubkeyauthentication")
            .map(v -> !v.equalsIgnoreCase("no") && !v.equalsIgnoreCase("false"))
            .orElse(true),
        person && directives.flag("passwordauthentication", true),
        person && directives.flag("kbdinteractiveauthentication", true));
  }

  private Optional<Path> agent(SshTokens tokens) {
    List<String> configured = directives.all("identityagent");
    if (configured.isEmpty() || configured.get(0).equals("SSH_AUTH_SOCK")) {
      return environment.agentSocket();
    }
    String value = configured.get(0);
    if (value.equalsIgnoreCase("none")) {
      return Optional.empty();
    }
    if (value.startsWith("$") && !value.startsWith("${")) {
      return Optional.ofNullable(System.getenv(value.substring(1))).map(Path::of);
    }
    return tokens.path(value);
  }

  private List<Path> paths(String keyword, List<String> defaults, SshTokens tokens) {
    List<String> texts = directives.all(keyword);
    List<Path> paths = new ArrayList<>();
    for (String text : texts.isEmpty() ? defaults : texts) {
      if (text.equalsIgnoreCase("none")) {
        continue;
      }
      Optional<Path> path = tokens.path(text);
      if (path.isPresent()) {
        paths.add(path.get());
      } else {
        notes.add(
            "ssh configuration: " + keyword + " " + Printable.line(text, 120) + " is not followed");
      }
    }
    return List.copyOf(paths);
  }

  private List<Path> knownHosts(String keyword, List<String> defaults, SshTokens tokens) {
    List<String> texts = directives.all(keyword);
    List<Path> paths = new ArrayList<>();
    for (String text : texts.isEmpty() ? defaults : texts) {
      // "ssh -G" prints several names on one line, unquoted, so that a name with a space is told
      // from two names only by looking.
      List<String> names =
          directives.joined() && tokens.path(text).filter(SshSettingsReader::exists).isEmpty()
              ? List.of(text.split(" +"))
              : List.of(text);
      for (String name : names) {
        if (!name.equalsIgnoreCase("none")) {
          tokens.path(name).ifPresent(paths::add);
        }
      }
    }
    return List.copyOf(paths);
  }

  private static boolean exists(Path path) {
    return Files.exists(path);
  }

  private List<HostSpec> jumps() throws ConnectionException {
    Optional<String> value = directives.first("proxyjump");
    if (value.isEmpty()) {
      return List.of();
    }
    List<HostSpec> jumps = new ArrayList<>();
    for (String jump : value.get().split(",", -1)) {
      String text = jump.strip().replaceFirst("^ssh://", "");
      try {
        jumps.add(HostSpecParser.parseSsh(text));
      } catch (BadHostException e) {
        throw refused("ProxyJump of the ssh configuration: " + e.getMessage(), "");
      }
    }
    return List.copyOf(jumps);
  }

  private Optional<String> proxyCommand(SshTokens tokens) throws ConnectionException {
    Optional<String> value = directives.first("proxycommand");
    if (value.isEmpty()) {
      return Optional.empty();
    }
    // The tokens end in a shell; a configured user is the only one that was not checked before.
    if (!HostSpecParser.isUser(tokens.user())) {
      throw refused("the login user has characters that must not be in a ProxyCommand", "");
    }
    Optional<String> command = tokens.expand(value.get());
    if (command.isEmpty()) {
      throw refused("ProxyCommand of the ssh configuration has a token that is not known", "");
    }
    return command;
  }

  private Optional<Integer> number(String keyword) {
    return directives
        .first(keyword)
        .filter(v -> v.matches("[0-9]{1,6}"))
        .map(Integer::valueOf)
        .filter(n -> n > 0);
  }

  private ConnectionException refused(String why, String advice) {
    return new ConnectionException(
        new HostFailure(HostFailure.Kind.OTHER, host.typed() + ": " + why, advice));
  }
}
