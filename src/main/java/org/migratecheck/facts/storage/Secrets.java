package org.migratecheck.facts.storage;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.FactSource;
import org.migratecheck.facts.Outputs;

/**
 * The secrets that libvirt knows on a host.
 *
 * @param usages what each is for, such as {@code ceph client.libvirt}, by UUID
 */
public record Secrets(Map<String, String> usages) {
  /** The secrets of a host. */
  public static final Fact<Secrets> FACT = Fact.host("secrets", "secrets", Secrets::parse);

  private static final Pattern LINE =
      Pattern.compile("\\s*([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\\s+(.*)");

  /** Copies the map. */
  public Secrets {
    usages = java.util.Collections.unmodifiableMap(new TreeMap<>(usages));
  }

  /** Announces the fact. */
  public static final class Source implements FactSource {
    @Override
    public java.util.List<Fact<?>> facts() {
      return java.util.List.of(FACT);
    }
  }

  /** Returns whether a secret named as in {@link Image#secrets} is known. */
  public boolean knows(String secret) {
    return secret.startsWith("uuid ")
        ? usages.containsKey(secret.substring(5).toLowerCase(java.util.Locale.ROOT))
        : usages.containsValue(secret);
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
      usages.put(matcher.group(1).toLowerCase(java.util.Locale.ROOT), matcher.group(2).strip());
    }
    return new Secrets(usages);
  }
}
