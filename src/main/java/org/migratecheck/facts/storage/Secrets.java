package org.migratecheck.facts.storage;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.FactSource;
import org.migratecheck.facts.Outputs;

/**
 * The secrets that libvirt knows on a host.
 *
 * @param usages what each is for, such as {@code ceph client.libvirt}, by UUID
 * @param ephemeral UUIDs of those whose values are kept in memory alone
 */
public record Secrets(Map<String, String> usages, Set<String> ephemeral) {
  /** The secrets of a host. */
  public static final Fact<Secrets> FACT = Fact.host("secrets", "secrets", Secrets::parse);

  private static final Pattern LINE =
      Pattern.compile("\\s*([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\\s+(.*)");

  private static final Pattern EPHEMERAL =
      Pattern.compile("<secret ephemeral='yes'[^>]*>\\s*<uuid>([0-9a-fA-F-]{36})</uuid>");

  /** Copies the collections. */
  public Secrets {
    ephemeral = java.util.Collections.unmodifiableSet(new TreeSet<>(ephemeral));
    usages = java.util.Collections.unmodifiableMap(new TreeMap<>(usages));
  }

  /** Announces the fact. */
  public static final class Source implements FactSource {
    @Override
    public java.util.List<Fact<?>> facts() {
      return java.util.List.of(FACT);
    }
  }

  /** Returns the UUID of a secret named as in {@link Image#secrets}; empty when it is not known. */
  public Optional<String> uuid(String secret) {
    if (secret.startsWith("uuid ")) {
      return Optional.of(secret.substring(5).toLowerCase(Locale.ROOT)).filter(usages::containsKey);
    }
    return usages.entrySet().stream()
        .filter(e -> e.getValue().equals(secret))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static Secrets parse(Outputs outputs) {
    Map<String, String> usages = new TreeMap<>();
    for (String line : Evidence.lines(outputs, "secrets/list")) {
      if (line.isBlank()) {
        continue;
      }
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        throw Evidence.unreadable(outputs.host(), "secret-list", line);
      }
      usages.put(matcher.group(1).toLowerCase(Locale.ROOT), matcher.group(2).strip());
    }
    Set<String> ephemeral = new TreeSet<>();
    if (outputs.has("secrets/definitions")) {
      Matcher matcher =
          EPHEMERAL.matcher(String.join("\n", Evidence.lines(outputs, "secrets/definitions")));
      while (matcher.find()) {
        ephemeral.add(matcher.group(1).toLowerCase(Locale.ROOT));
      }
    }
    return new Secrets(usages, ephemeral);
  }
}
