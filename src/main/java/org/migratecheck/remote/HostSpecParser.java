package org.migratecheck.remote;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.migratecheck.model.Printable;
import org.migratecheck.remote.HostSpec.Kind;

/** The grammar of {@link HostSpec#parse}, and the rules for names that end in command lines. */
final class HostSpecParser {
  /** RFC 1035, section 2.3.4: 255 octets on the wire are 253 characters. */
  private static final int MAX_NAME = 253;

  private static final int MAX_USER = 64;
  private static final int MAX_PORT = 65535;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");
  // '@' inside: directory users such as admin@corp.example, as ssh(1) takes them.
  private static final Pattern USER = Pattern.compile("[A-Za-z0-9_.][A-Za-z0-9_.@+-]*");
  private static final Pattern ADDRESS_6 = Pattern.compile("[0-9A-Fa-f:.]+");
  private static final Pattern ZONE = Pattern.compile("[A-Za-z0-9._-]+");
  private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

  private final String text;

  private HostSpecParser(String text) {
    this.text = text;
  }

  static HostSpec parse(String text) {
    HostSpecParser parser = new HostSpecParser(text);
    if (text.equals("localhost")) {
      return new HostSpec(
          text, Kind.LOCAL, Optional.empty(), text, OptionalInt.empty(), Optional.empty());
    }
    return text.startsWith("@") ? parser.stored() : parser.ssh();
  }

  /** Reads a host that is always reached over SSH, such as a jump host. */
  static HostSpec parseSsh(String text) {
    return new HostSpecParser(text).ssh();
  }

  /** Returns whether {@code name} is a host name or an address that may stand in a command line. */
  static boolean isHostOrAddress(String name) {
    return isName(name) || isAddress6(name);
  }

  /** Returns whether {@code user} may stand in a command line. */
  static boolean isUser(String user) {
    return user.length() <= MAX_USER && USER.matcher(user).matches();
  }

  private HostSpec stored() {
    String name = text.substring(1);
    if (name.isEmpty()) {
      throw bad("has no file name after '@'");
    }
    if (!Printable.line(name).equals(name)) {
      throw bad("has a control or invisible character in its file name");
    }
    try {
      Path file = Path.of(name);
      return new HostSpec(
          text, Kind.STORED, Optional.empty(), "", OptionalInt.empty(), Optional.of(file));
    } catch (InvalidPathException e) {
      throw bad("is no file name");
    }
  }

  private HostSpec ssh() {
    checkCharacters();
    int at = text.lastIndexOf('@');
    Optional<String> user = at < 0 ? Optional.empty() : Optional.of(user(text.substring(0, at)));
    String rest = text.substring(at + 1);
    if (rest.isEmpty()) {
      throw bad("has no host name");
    }
    if (rest.startsWith("[")) {
      return bracketed(user, rest);
    }
    int colon = rest.indexOf(':');
    if (colon >= 0 && colon != rest.lastIndexOf(':')) {
      return spec(user, address6(rest), OptionalInt.empty());
    }
    if (colon < 0) {
      return spec(user, name(rest), OptionalInt.empty());
    }
    return spec(user, name(rest.substring(0, colon)), port(rest.substring(colon + 1)));
  }

  private HostSpec bracketed(Optional<String> user, String rest) {
    int close = rest.indexOf(']');
    if (close < 0) {
      throw bad("has '[' without ']'");
    }
    String address = address6(rest.substring(1, close));
    String tail = rest.substring(close + 1);
    if (tail.isEmpty()) {
      return spec(user, address, OptionalInt.empty());
    }
    if (!tail.startsWith(":")) {
      throw bad("has text after ']' that is no :port");
    }
    return spec(user, address, port(tail.substring(1)));
  }

  private HostSpec spec(Optional<String> user, String host, OptionalInt port) {
    return new HostSpec(text, Kind.SSH, user, host, port, Optional.empty());
  }

  private void checkCharacters() {
    if (text.isEmpty()) {
      throw new BadHostException("a host name is empty");
    }
    if (text.startsWith("-")) {
      throw bad("starts with '-', as options do");
    }
    text.codePoints()
        .filter(c -> c <= ' ' || c >= 0x7f)
        .findFirst()
        .ifPresent(
            c -> {
              throw bad(
                  Character.isWhitespace(c)
                      ? "contains white space"
                      : String.format(
                          "contains the character U+%04X; only ASCII letters, digits and . _ - may"
                              + " be used",
                          c));
            });
  }

  private String user(String user) {
    if (user.isEmpty()) {
      throw bad("has no user name before '@'");
    }
    if (user.startsWith("-")) {
      throw bad("has a user name that starts with '-'");
    }
    if (!isUser(user)) {
      throw bad("has a user name with characters that are not allowed");
    }
    return user;
  }

  private String name(String name) {
    if (name.isEmpty()) {
      throw bad("has no host name");
    }
    if (name.startsWith("-")) {
      throw bad("has a host name that starts with '-'");
    }
    if (!isName(name)) {
      throw bad("is no host name; only ASCII letters, digits and . _ - may be used");
    }
    return name;
  }

  private static boolean isName(String name) {
    return name.length() <= MAX_NAME && NAME.matcher(name).matches() && !name.contains("..");
  }

  private String address6(String address) {
    if (!isAddress6(address)) {
      throw bad("is no IPv6 address (a port goes behind brackets: [address]:port)");
    }
    return address;
  }

  private static boolean isAddress6(String text) {
    int percent = text.indexOf('%');
    String address = percent < 0 ? text : text.substring(0, percent);
    if (percent >= 0 && !ZONE.matcher(text.substring(percent + 1)).matches()) {
      return false;
    }
    if (address.indexOf(':') < 0 || !ADDRESS_6.matcher(address).matches()) {
      return false;
    }
    try {
      // In brackets only a literal is accepted: nothing is looked up.
      InetAddress.getByName("[" + address + "]");
      return true;
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private OptionalInt port(String digits) {
    int port = PORT.matcher(digits).matches() ? Integer.parseInt(digits) : 0;
    if (port < 1 || port > MAX_PORT) {
      throw bad("has a port that is no number from 1 to " + MAX_PORT);
    }
    return OptionalInt.of(port);
  }

  private BadHostException bad(String why) {
    return new BadHostException("host '" + Printable.line(text, 80) + "' " + why);
  }
}
