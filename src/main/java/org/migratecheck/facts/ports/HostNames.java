package org.migratecheck.facts.ports;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;

/**
 * What a host calls itself.
 *
 * @param hostname as {@code hostname} prints it
 * @param announced the name that libvirt announces where {@code migration_host} is not set: {@code
 *     virsh hostname}, or, where libvirt does not answer, worked out as its {@code virGetHostname}
 *     does
 */
public record HostNames(String hostname, String announced) {
  /** Read from the probes {@code migration-config} and {@code libvirt}. */
  public static final Fact<HostNames> FACT =
      new Fact<>(
          "hostNames", Fact.Place.HOST, List.of("libvirt", "migration-config"), HostNames::parse);

  private static final Pattern WORD =
      Pattern.compile("^(hostname|canonical) +(\\S+) *$", Pattern.MULTILINE);

  private static HostNames parse(Outputs outputs) {
    String names = outputs.complete("migration-config/names").stdout();
    String hostname =
        word(names, "hostname")
            .orElseThrow(() -> new Undetermined(outputs.host() + " did not tell its host name"));
    String announced =
        outputs
            .ifOk("libvirt/hostname")
            .map(String::strip)
            .filter(n -> n.matches("\\S+"))
            .orElseGet(() -> canonical(hostname, names));
    return new HostNames(hostname, announced);
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
