package org.migratecheck.facts.system;

import java.util.Locale;
import java.util.regex.Pattern;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;

/**
 * What tells one machine from another.
 *
 * @param machineId {@code /etc/machine-id}, 32 small hexadecimal digits
 * @param productUuid the UUID in the SMBIOS tables, in small letters; empty where the machine has
 *     none or only root may read it
 */
public record Identity(String machineId, String productUuid) {
  private static final Pattern MACHINE_ID = Pattern.compile("[0-9a-f]{32}");

  /** The identity; its machine id is needed, for every system with systemd or dbus has one. */
  public static final Fact<Identity> FACT = Fact.host("identity", "system", Identity::parse);

  private static Identity parse(Outputs outputs) {
    String id = outputs.ok("system/machine-id").strip().toLowerCase(Locale.ROOT);
    if (!MACHINE_ID.matcher(id).matches()) {
      throw new Undetermined(
          outputs.host() + ": /etc/machine-id holds no machine id",
          "Create one on " + outputs.host() + ": systemd-machine-id-setup");
    }
    return new Identity(
        id,
        outputs
            .ifOk("system/product-uuid")
            .map(u -> u.strip().toLowerCase(Locale.ROOT))
            .orElse(""));
  }
}
