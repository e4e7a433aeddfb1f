package org.migratecheck.facts.ports;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.model.ProbeOutput;

/**
 * What a host calls itself.
 *
 * @param hostname as {@code hostname} prints it
 * @param announced the name that libvirt announces where {@code migration_host} is not set: {@code
 *     virsh hostname}, or, where libvirt does not answer, worked out as its {@code virGetHostname}
 *     does
 * @param libvirtUuid the host's UUID in libvirt; empty where libvirt does not answer
 */
public record HostNames(String hostname, String announced, Optional<String> libvirtUuid) {
  /** Read from the probe {@code migration-config}. */
  public static final Fact<HostNames> FACT =
      Fact.host("host-names", "migration-config", HostNames::parse);

  private static final Pattern WORD =
      Pattern.compile("^(hostname|canonical|name) +(\\S+) *$", Pattern.MULTILINE);
  private static final Pattern UUID =
      Pattern.compile("^uuid ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\s*$", Pattern.MULTILINE);

  private static HostNames parse(Outputs outputs) {
    String names = outputs.complete("migration-config/names").stdout();
    String hostname =
        word(names, "hostname")
            .orElseThrow(() -> new Undetermined(outputs.host() + " did not tell its host name"));
    ProbeOutput libvirt = outputs.complete("migration-config/libvirt");
    Matcher uuid = UUID.matcher(libvirt.stdout());
    return new HostNames(
        hostname,
        word(libvirt.stdout(), "name").orElseGet(() -> canonical(hostname, names)),
        uuid.find() ? Optional.of(uuid.group(1)) : Optional.empty());
  }

  /** libvirt's virGetHostname: a short name is replaced by its canonical one, unless localhost. */
  private static String canonical(String hostname, String names) {
    if (hostname.startsWith("localhost") || hostname.contains(".")) {
      return hostname;
    }
    return word(names, "canonical").filter(c -> !c.startsWith("localhost")).orElse(hostname);
  }

  private static Optional<String> word(String text, String key) {
    Matcher matcher = WORD.matcher(text);
    while (matcher.find()) {
      if (matcher.group(1).equals(key)) {
        return Optional.of(matcher.group(2));
      }
    }
    return Optional.empty();
  }
}
