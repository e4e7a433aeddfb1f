package org.migratecheck.facts.system;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;

/**
 * The versions that libvirt reports of itself and of its QEMU, from {@code virsh version --daemon}.
 *
 * @param daemon the version of the daemon that answered, such as {@code 9.0.0}
 * @param qemu the version of the QEMU that a guest started now would run
 */
public record Libvirt(String daemon, String qemu) {
  private static final Pattern DAEMON =
      Pattern.compile("(?m)^Running against daemon: ([0-9]+(?:\\.[0-9]+)+)\\s*$");
  private static final Pattern LIBRARY =
      Pattern.compile("(?m)^Using library: libvirt ([0-9]+(?:\\.[0-9]+)+)\\s*$");
  private static final Pattern QEMU =
      Pattern.compile("(?m)^Running hypervisor: QEMU ([0-9]+(?:\\.[0-9]+)+)\\s*$");

  /** The versions of libvirt and QEMU. */
  public static final Fact<Libvirt> FACT = Fact.host("libvirt", "libvirt", Libvirt::parse);

  private static Libvirt parse(Outputs outputs) {
    String text = outputs.ok("libvirt/version");
    return new Libvirt(
        find(DAEMON, text)
            .or(() -> find(LIBRARY, text))
            .orElseThrow(() -> missing(outputs, "of its daemon")),
        find(QEMU, text).orElseThrow(() -> missing(outputs, "of QEMU")));
  }

  private static Optional<String> find(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static Undetermined missing(Outputs outputs, String of) {
    return new Undetermined(outputs.host() + ": virsh version tells no version " + of);
  }
}
