package org.migratecheck.facts.security;

import java.util.List;
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
import org.migratecheck.facts.Undetermined;

/**
 * What confines QEMU on a host.
 *
 * @param models security models that libvirt uses, such as {@code selinux} and {@code dac}
 * @param selinux {@code enforcing}, {@code permissive} or {@code disabled}
 * @param selinuxPolicy such as {@code targeted}; empty without SELinux
 * @param apparmor whether the kernel has AppArmor switched on
 * @param apparmorFiles digests of libvirt's AppArmor files, without comments, by path
 * @param cryptoPolicy such as {@code DEFAULT} or {@code FUTURE}; empty where there is none
 * @param fips whether the kernel is in FIPS mode
 */
public record Confinement(
    Set<String> models,
    String selinux,
    Optional<String> selinuxPolicy,
    boolean apparmor,
    Map<String, String> apparmorFiles,
    Optional<String> cryptoPolicy,
    boolean fips) {
  /** What confines QEMU on a host. */
  public static final Fact<Confinement> FACT =
      new Fact<>(
          "confinement", Fact.Place.HOST, List.of("security", "qemu-access"), Confinement::parse);

  private static final Pattern MODEL = Pattern.compile("\\s*<model>([a-z]+)</model>\\s*");
  private static final Pattern FILE = Pattern.compile("file (/.+) ([0-9a-f]{64})");

  /** Copies the collections. */
  public Confinement {
    models = java.util.Collections.unmodifiableSet(new TreeSet<>(models));
    apparmorFiles = java.util.Collections.unmodifiableMap(new TreeMap<>(apparmorFiles));
  }

  /** Announces the facts of this package. */
  public static final class Source implements FactSource {
    @Override
    public List<Fact<?>> facts() {
      return List.of(FACT, QemuConf.FACT, Labels.FACT, LabelOwners.SOURCE, LabelOwners.DESTINATION);
    }
  }

  private static Confinement parse(Outputs outputs) {
    Set<String> models = new TreeSet<>();
    for (String line : lines(outputs, "qemu-access/security")) {
      Matcher model = MODEL.matcher(line);
      if (model.matches()) {
        models.add(model.group(1));
      }
    }
    Map<String, String> selinux = pairs(outputs, "security/selinux");
    String mode = selinux.getOrDefault("mode", "");
    if (!Set.of("enforcing", "permissive", "disabled").contains(mode)) {
      throw new Undetermined(outputs.host() + ": the mode of SELinux is not known");
    }
    boolean apparmor = false;
    Map<String, String> files = new TreeMap<>();
    for (String line : lines(outputs, "security/apparmor")) {
      Matcher file = FILE.matcher(line);
      if (file.matches()) {
        files.put(file.group(1), file.group(2));
      } else if (line.startsWith("enabled ")) {
        apparmor = line.endsWith(" Y");
      } else {
        throw new Undetermined(outputs.host() + ": what is told of AppArmor cannot be read");
      }
    }
    Map<String, String> crypto = pairs(outputs, "security/crypto");
    return new Confinement(
        models,
        mode,
        mode.equals("disabled") ? Optional.empty() : Optional.ofNullable(selinux.get("policy")),
        apparmor,
        files,
        Optional.ofNullable(crypto.get("policy")).filter(p -> !p.isBlank()),
        crypto.getOrDefault("fips", "0").equals("1"));
  }

  private static Map<String, String> pairs(Outputs outputs, String part) {
    Map<String, String> pairs = new TreeMap<>();
    for (String line : lines(outputs, part)) {
      int space = line.indexOf(' ');
      if (space < 0) {
        throw new Undetermined(outputs.host() + ": '" + part + "' cannot be read");
      }
      pairs.put(line.substring(0, space), line.substring(space + 1));
    }
    return pairs;
  }

  /**
   * Returns the lines before the last line {@code end} of a part.
   *
   * @throws Undetermined when that line is missing: then the output was cut
   */
  static List<String> lines(Outputs outputs, String part) {
    String text = outputs.ok(part);
    if (!text.endsWith("\nend\n") && !text.equals("end\n")) {
      throw new Undetermined(
          outputs.host() + ": the output of '" + part + "' is not whole",
          "Collect the evidence again.");
    }
    return text.substring(0, text.length() - "end\n".length()).lines().toList();
  }
}
