package org.migratecheck.remote;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.migratecheck.model.HostFailure;
import org.migratecheck.model.Printable;

/**
 * Reads ssh_config(5) where no OpenSSH client is installed: Host (patterns, negation), Include,
 * {@code Match all} and {@code Match final all}, quotes, {@code =}. The first value of a keyword
 * counts, as in ssh. It says which directives it did not follow.
 */
final class SshConfigParser {
  private static final int MAX_DEPTH = 16;
  private static final long MAX_BYTES = 1 << 20;

  /** Keywords that {@link SshSettings} follows. */
  private static final Set<String> FOLLOWED =
      Set.of(
          "hostname",
          "user",
          "port",
          "identityfile",
          "certificatefile",
          "identitiesonly",
          "identityagent",
          "userknownhostsfile",
          "globalknownhostsfile",
          "stricthostkeychecking",
          "hostkeyalias",
          "hashknownhosts",
          "proxyjump",
          "proxycommand",
          "connecttimeout",
          "addressfamily",
          "revokedhostkeys",
          "batchmode",
          "pubkeyauthentication",
          "passwordauthentication",
          "kbdinteractiveauthentication",
          "knownhostscommand",
          "proxyusefdpass");

  /** Keywords of which every value counts, not the first alone. */
  private static final Set<String> REPEATED = Set.of("identityfile", "certificatefile");

  /** Keywords whose one line holds several values. */
  private static final Set<String> LISTS = Set.of("userknownhostsfile", "globalknownhostsfile");

  /** Keywords that change nothing for a batch command, so that no note is due. */
  private static final Set<String> MEANINGLESS =
      Set.of(
          "forwardagent",
          "forwardx11",
          "forwardx11trusted",
          "forwardx11timeout",
          "requesttty",
          "sendenv",
          "setenv",
          "escapechar",
          "loglevel",
          "visualhostkey",
          "controlmaster",
          "controlpath",
          "controlpersist",
          "addkeystoagent",
          "updatehostkeys",
          "checkhostip",
          "serveraliveinterval",
          "serveralivecountmax",
          "tcpkeepalive",
          "compression",
          "gssapiauthentication",
          "gssapidelegatecredentials",
          "ipqos",
          "usekeychain",
          "ignoreunknown",
          "clearallforwardings",
          "exitonforwardfailure",
          "localforward",
          "remoteforward",
          "dynamicforward",
          "permitlocalcommand",
          "localcommand",
          "numberofpasswordprompts");

  private final HostSpec host;
  private final SshEnvironment environment;
  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private final Set<String> ignored = new TreeSet<>();
  private boolean finalPass;

  private SshConfigParser(HostSpec host, SshEnvironment environment) {
    this.host = host;
    this.environment = environment;
  }

  /**
   * Returns the directives for {@code host} from the user's and the system's configuration.
   *
   * @throws ConnectionException when a file cannot be read
   */
  static SshDirectives parse(HostSpec host, SshEnvironment environment) throws ConnectionException {
    SshConfigParser parser = new SshConfigParser(host, environment);
    List<Path> files =
        environment
            .configFile()
            .map(List::of)
            .orElseGet(
                () ->
                    List.of(
                        environment.home().resolve(".ssh").resolve("config"),
                        environment.systemConfig()));
    try {
      // ssh reads everything a second time when a "Match final" is there; what it adds comes last.
      for (boolean last : new boolean[] {false, true}) {
        parser.finalPass = last;
        for (Path file : files) {
          parser.read(file, 0, true);
        }
      }
    } catch (IOException e) {
      throw new ConnectionException(
          new HostFailure(
              HostFailure.Kind.OTHER,
              host.typed()
                  + ": the ssh configuration could not be read: "
                  + Printable.line(String.valueOf(e.getMessage()), 300),
              ""));
    }
    return new SshDirectives(parser.values, false, parser.notes());
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (environment.ssh().isEmpty()) {
      notes.add("no ssh client is installed: the ssh configuration was read by migrate-check");
    }
    ignored.forEach(what -> notes.add("ssh configuration: ignored " + what));
    return notes;
  }

  private boolean read(Path file, int depth, boolean activeAtStart) throws IOException {
    if (!Files.isRegularFile(file)) {
      return activeAtStart;
    }
    if (depth > MAX_DEPTH) {
      throw new IOException(file + ": Include goes too deep");
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(file + " is too large");
    }
    boolean active = activeAtStart;
    int number = 0;
    for (String line : Printable.decode(Files.readAllBytes(file)).split("\n", -1)) {
      number++;
      List<String> words = words(line, file, number);
      if (words.isEmpty()) {
        continue;
      }
      String keyword = words.get(0).toLowerCase(Locale.ROOT);
      List<String> arguments =
          keyword.equals("proxycommand")
              // A shell command: its quotes are its own.
              ? List.of(line.strip().replaceFirst("^\\S+?\\s*[=\\s]\\s*", ""))
              : words.subList(1, words.size());
      switch (keyword) {
        case "host" -> active = WildcardPattern.anyMatch(arguments, host.host());
        case "match" -> active = match(arguments, file, number);
        case "include" -> {
          if (active) {
            include(arguments, file, depth);
          }
        }
        default -> {
          if (active && !arguments.isEmpty()) {
            set(keyword, words.get(0), arguments);
          }
        }
      }
    }
    return active;
  }

  private boolean match(List<String> arguments, Path file, int number) {
    List<String> lower = arguments.stream().map(a -> a.toLowerCase(Locale.ROOT)).toList();
    if (lower.equals(List.of("all"))) {
      return true;
    }
    if (lower.equals(List.of("final", "all")) || lower.equals(List.of("final"))) {
      return finalPass;
    }
    ignored.add(
        Printable.line(file + ":" + number + ": Match " + String.join(" ", arguments), 200));
    return false;
  }

  private void include(List<String> patterns, Path from, int depth) throws IOException {
    for (String pattern : patterns) {
      String home = environment.home().toString();
      Path path = Path.of(pattern.startsWith("~/") ? home + pattern.substring(1) : pattern);
      // ssh_config(5): relative names are in ~/.ssh, or in /etc/ssh for the system's file.
      Path base =
          environment.configFile().isEmpty()
                  && from.startsWith(environment.systemConfig().getParent())
              ? environment.systemConfig().getParent()
              : environment.home().resolve(".ssh");
      for (Path file : glob(base.resolve(path))) {
        read(file, depth + 1, true);
      }
    }
  }

  private static List<Path> glob(Path path) throws IOException {
    Path directory = path.getParent();
    Path name = path.getFileName();
    if (directory == null || name == null || !Files.isDirectory(directory)) {
      return List.of();
    }
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, name.toString())) {
      found.forEach(files::add);
    }
    files.sort(null);
    return files;
  }

  private void set(String keyword, String shown, List<String> arguments) {
    if (!FOLLOWED.contains(keyword)) {
      if (!MEANINGLESS.contains(keyword)) {
        ignored.add(Printable.line(shown, 60));
      }
      return;
    }
    if (REPEATED.contains(keyword)) {
      List<String> all = values.computeIfAbsent(keyword, k -> new ArrayList<>());
      if (!all.contains(arguments.get(0))) {
        all.add(arguments.get(0));
      }
      return;
    }
    values.putIfAbsent(
        keyword, LISTS.contains(keyword) ? List.copyOf(arguments) : List.of(arguments.get(0)));
  }

  /**
   * Splits a line into words: {@code #} comments, double quotes, one {@code =} after the keyword.
   */
  private static List<String> words(String line, Path file, int number) throws IOException {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    boolean inWord = false;
    boolean equalsAllowed = true;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
        inWord = true;
      } else if (quoted || !isSeparator(c, equalsAllowed && words.size() + (inWord ? 1 : 0) == 1)) {
        if (!quoted && !inWord && c == '#') {
          break;
        }
        word.append(c);
        inWord = true;
      } else {
        if (inWord) {
          words.add(word.toString());
          word.setLength(0);
          inWord = false;
        }
        if (c == '=') {
          equalsAllowed = false;
        }
      }
    }
    if (quoted) {
      throw new IOException(file + ":" + number + ": a quotation mark is not closed");
    }
    if (inWord) {
      words.add(word.toString());
    }
    return words;
  }

  private static boolean isSeparator(char c, boolean equalsToo) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\f' || (equalsToo && c == '=');
  }
}
