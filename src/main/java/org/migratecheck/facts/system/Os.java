package org.migratecheck.facts.system;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;

/**
 * The operating system of a host.
 *
 * @param id the distribution, {@code ID} of os-release(5), such as {@code rhel}
 * @param idLike the distributions that it is derived from
 * @param versionId {@code VERSION_ID}, such as {@code 9.4}; empty for a rolling release
 * @param version the most exact release number known: that of {@code /etc/redhat-release} or {@code
 *     /etc/debian_version} where it refines {@code VERSION_ID}, such as {@code 7.9.2009}
 * @param platformId {@code PLATFORM_ID}, such as {@code platform:el9}; empty where there is none
 * @param prettyName the name for people
 * @param architecture {@code uname -m}
 */
public record Os(
    String id,
    List<String> idLike,
    String versionId,
    String version,
    String platformId,
    String prettyName,
    String architecture) {
  private static final Pattern RELEASE =
      Pattern.compile("^(.*?)(?: Linux)?(?: Server)? release ([0-9][0-9.]*)");

  /** The operating system. */
  public static final Fact<Os> FACT = Fact.host("os", "system", Os::parse);

  /** Copies the list. */
  public Os {
    idLike = List.copyOf(idLike);
  }

  /** Returns the major release, such as {@code 9}; empty for a rolling release. */
  public String major() {
    return version.split("\\.", 2)[0];
  }

  private static Os parse(Outputs outputs) {
    String architecture = Kernel.uname(outputs).get(2);
    String redhat = outputs.ifOk("system/redhat-release").orElse("").strip();
    Optional<String> osRelease = outputs.ifOk("system/os-release");
    if (osRelease.isEmpty()) {
      if (redhat.isEmpty()) {
        throw outputs.failed("system/os-release", outputs.complete("system/os-release"));
      }
      return old(outputs.host(), redhat, architecture);
    }
    Map<String, String> values = OsRelease.parse(osRelease.get());
    if (values.isEmpty()) {
      throw new Undetermined(outputs.host() + ": /etc/os-release says nothing");
    }
    String versionId = values.getOrDefault("VERSION_ID", "");
    Matcher release = RELEASE.matcher(redhat);
    String exact =
        release.find()
            ? release.group(2)
            : outputs.ifOk("system/debian-version").orElse("").strip();
    String id = values.getOrDefault("ID", "linux");
    return new Os(
        id,
        values.getOrDefault("ID_LIKE", "").isBlank()
            ? List.of()
            : List.of(values.get("ID_LIKE").strip().split("\\s+")),
        versionId,
        refines(exact, versionId) ? exact : versionId,
        values.getOrDefault("PLATFORM_ID", ""),
        values.getOrDefault("PRETTY_NAME", (id + " " + versionId).strip()),
        architecture);
  }

  private static boolean refines(String exact, String versionId) {
    return versionId.isEmpty() ? !exact.isEmpty() : exact.startsWith(versionId + ".");
  }

  /** Reads {@code /etc/redhat-release} of systems that have no os-release (RHEL before 7). */
  private static Os old(String host, String redhat, String architecture) {
    Matcher release = RELEASE.matcher(redhat);
    if (!release.find()) {
      throw new Undetermined(host + ": /etc/redhat-release names no release");
    }
    String name = release.group(1).toLowerCase(Locale.ROOT);
    String id = name.startsWith("red hat enterprise") ? "rhel" : name.split(" ")[0];
    String version = release.group(2);
    return new Os(
        id,
        List.of("fedora"),
        version,
        version,
        "",
        redhat.lines().findFirst().get(),
        architecture);
  }
}
