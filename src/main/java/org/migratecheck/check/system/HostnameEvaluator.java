package org.migratecheck.check.system;

import java.util.List;
import java.util.regex.Pattern;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.system.LibvirtName;
import org.migratecheck.facts.system.LibvirtService;
import org.migratecheck.model.Observed;

/**
 * libvirt's destination refuses to announce a name that begins with {@code localhost}
 * (qemuMigrationDstPrepareDirect in libvirt's src/qemu/qemu_migration.c).
 */
final class HostnameEvaluator implements Evaluator {
  private static final Pattern FULL_NAME =
      Pattern.compile(
          "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9-]*[A-Za-z][A-Za-z0-9-]*)+");

  @Override
  public Outcome evaluate(CheckContext context) {
    LibvirtName name = context.destination(LibvirtName.FACT);
    List<Observed> observed =
        List.of(
            new Observed("host name", "", name.hostname()),
            new Observed("migration_host", "", name.configured().orElse("")));
    if (!name.announced().startsWith("localhost")) {
      return Outcome.of(List.of(), observed).with("name", name.announced());
    }
    if (!name.configurationRead()) {
      throw new Undetermined(
          context.destination().name()
              + " is called "
              + name.hostname()
              + ", and whether qemu.conf sets migration_host could not be read",
          "Log in as root, or use --sudo.");
    }
    String typed = typedName(context.destination().name());
    String address = context.destination().evidence().identity().address();
    boolean named = FULL_NAME.matcher(typed).matches() && !typed.startsWith("localhost");
    String kind =
        named ? "localhost" : address.isEmpty() ? "localhost-unnamed" : "localhost-address";
    return Outcome.of(
        List.of(
            Problem.on(
                Side.DESTINATION,
                kind,
                "name",
                name.announced(),
                "wanted",
                typed,
                "address",
                address,
                "daemon",
                daemon(context))),
        observed);
  }

  /** Returns the host part of {@code [user@]host[:port]}. */
  private static String typedName(String typed) {
    String host = typed.substring(typed.lastIndexOf('@') + 1);
    return host.replaceFirst(":[0-9]+$", "");
  }

  private static String daemon(CheckContext context) {
    String daemon = context.destination(LibvirtService.FACT).daemon();
    return daemon.isEmpty() ? "libvirtd" : daemon;
  }
}
