package org.migratecheck.remote;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The percent tokens, {@code ~} and <code>${VARIABLE}</code> of ssh_config(5), section TOKENS, for
 * one host. {@code %C}, {@code %K} and others that need a connection are not known here.
 *
 * @param environment the local surroundings
 * @param typedHost the host as typed, {@code %n}
 * @param hostName the resolved name, {@code %h}
 * @param user the login user, {@code %r}
 * @param port the port, {@code %p}
 * @param keyAlias HostKeyAlias or the typed host, {@code %k}
 */
record SshTokens(
    SshEnvironment environment,
    String typedHost,
    String hostName,
    String user,
    int port,
    String keyAlias) {

  /** Returns the file that {@code text} names; empty when it has an unknown token. */
  Optional<Path> path(String text) {
    String unquoted =
        text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
            ? text.substring(1, text.length() - 1)
            : text;
    String home = environment.home().toString();
    String absolute =
        unquoted.equals("~") || unquoted.startsWith("~/") ? home + unquoted.substring(1) : unquoted;
    try {
      return expand(absolute).map(Path::of);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** Returns {@code text} with its tokens and variables replaced; empty when one is unknown. */
  Optional<String> expand(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        i++;
        Optional<String> value = i < text.length() ? token(text.charAt(i)) : Optional.empty();
        if (value.isEmpty()) {
          return Optional.empty();
        }
        out.append(value.get());
      } else if (c == '$' && i + 1 < text.length() && text.charAt(i + 1) == '{') {
        int close = text.indexOf('}', i);
        String value = close < 0 ? null : System.getenv(text.substring(i + 2, close));
        if (value == null) {
          return Optional.empty();
        }
        out.append(value);
        i = close;
      } else {
        out.append(c);
      }
    }
    return Optional.of(out.toString());
  }

  private Optional<String> token(char letter) {
    return switch (letter) {
      case '%' -> Optional.of("%");
      case 'd' -> Optional.of(environment.home().toString());
      case 'h' -> Optional.of(hostName);
      case 'k' -> Optional.of(keyAlias);
      case 'l' -> localHost();
      case 'L' -> localHost().map(name -> name.replaceFirst("\\..*", ""));
      case 'n' -> Optional.of(typedHost);
      case 'p' -> Optional.of(Integer.toString(port));
      case 'r' -> Optional.of(user);
      case 'u' -> Optional.of(environment.user());
      default -> Optional.empty();
    };
  }

  private static Optional<String> localHost() {
    try {
      return Optional.of(InetAddress.getLocalHost().getHostName());
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
