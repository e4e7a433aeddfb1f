package org.migratecheck.facts.ports;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;

/**
 * How a host uses TLS for migrations.
 *
 * @param forced whether {@code migrate_tls_force} refuses every migration without TLS
 * @param verifies whether it asks the other side for a certificate, as a destination
 * @param directory where its certificates are
 * @param files which of {@code ca-cert.pem}, {@code server-cert.pem} ... are there
 * @param readable whether openssl could be asked about them
 * @param authority the fingerprint of the authority that it trusts
 * @param mistakes by {@code server} and {@code client}: why openssl finds the certificate not valid
 * @param names the host's names, and whether the server certificate is made out to each
 */
public record MigrationTls(
    boolean forced,
    boolean verifies,
    String directory,
    Set<String> files,
    boolean readable,
    Optional<String> authority,
    Map<String, String> mistakes,
    Map<String, Boolean> names) {
  /** Read from the probe {@code migration-tls}. */
  public static final Fact<MigrationTls> FACT =
      Fact.host("migrationTls", "migration-tls", MigrationTls::parse);

  /** Copies the collections. */
  public MigrationTls {
    files = Set.copyOf(files);
    mistakes = Map.copyOf(mistakes);
    names = Map.copyOf(names);
  }

  private static MigrationTls parse(Outputs outputs) {
    Map<String, String> settings = new TreeMap<>();
    Set<String> files = new TreeSet<>();
    for (String line : whole(outputs, "migration-tls/settings")) {
      String[] words = line.split(" ", 2);
      if (words[0].equals("file") && words.length == 2) {
        files.add(words[1]);
      } else {
        settings.putIfAbsent(words[0], words.length == 2 ? words[1].strip() : "");
      }
    }
    boolean readable = true;
    Optional<String> authority = Optional.empty();
    Map<String, String> mistakes = new TreeMap<>();
    Map<String, Boolean> names = new TreeMap<>();
    for (String line : whole(outputs, "migration-tls/certificates")) {
      String[] words = line.split(" ", 2);
      String rest = words.length == 2 ? words[1].strip() : "";
      switch (words[0]) {
        case "no" -> readable = false;
        case "ca" -> authority = Optional.of(rest);
        case "server", "client" -> {
          if (!rest.endsWith(": OK")) {
            mistakes.put(words[0], rest);
          }
        }
        case "name" -> {
          String[] name = rest.split(" ", 2);
          if (name.length == 2) {
            names.put(name[0], name[1].contains("does match"));
          }
        }
        default -> throw new Undetermined(outputs.host() + ": its certificates are not readable");
      }
    }
    String verify = settings.getOrDefault("verify", "");
    return new MigrationTls(
        settings.getOrDefault("force", "").equals("1"),
        !(verify.isEmpty() ? settings.getOrDefault("default-verify", "") : verify).equals("0"),
        settings.getOrDefault("dir", ""),
        files,
        readable,
        authority,
        mistakes,
        names);
  }

  private static List<String> whole(Outputs outputs, String part) {
    List<String> lines = outputs.ok(part).lines().filter(l -> !l.isBlank()).toList();
    if (lines.isEmpty() || !lines.get(lines.size() - 1).equals("end")) {
      throw new Undetermined(outputs.host() + ": its settings for TLS were told in part");
    }
    return lines.subList(0, lines.size() - 1);
  }
}
