package org.migratecheck.facts.system;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.model.ProbeOutput;

/**
 * The name under which a host offers itself as the destination of a migration.
 *
 * @param hostname what libvirt takes for the host's name, from {@code virsh hostname}
 * @param configured {@code migration_host} of {@code qemu.conf}, which wins over it; empty where it
 *     is not set
 * @param configurationRead whether {@code qemu.conf} could be read
 */
public record LibvirtName(String hostname, Optional<String> configured, boolean configurationRead) {
  private static final Pattern MIGRATION_HOST =
      Pattern.compile("(?m)^\\s*migration_host\\s*=\\s*[\"']([^\"']*)[\"']");

  /** The name under which a host offers itself. */
  public static final Fact<LibvirtName> FACT =
      Fact.host("libvirtName", "libvirt", LibvirtName::parse);

  /** Returns the name that is sent to the source. */
  public String announced() {
    return configured.orElse(hostname);
  }

  private static LibvirtName parse(Outputs outputs) {
    String hostname = outputs.ok("libvirt/hostname").strip();
    ProbeOutput conf = outputs.complete("libvirt/migration-host");
    Matcher setting = MIGRATION_HOST.matcher(conf.stdout());
    Optional<String> configured = Optional.empty();
    while (setting.find()) {
      configured = Optional.of(setting.group(1)); // the last one counts
    }
    boolean read = conf.exitStatus() <= 1 || conf.stderr().contains("No such file");
    return new LibvirtName(hostname, configured, read);
  }
}
