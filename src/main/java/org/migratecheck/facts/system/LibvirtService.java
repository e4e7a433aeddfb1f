package org.migratecheck.facts.system;

import java.util.List;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.model.Printable;
import org.migratecheck.model.ProbeOutput;

/**
 * Whether libvirt answers on {@code qemu:///system}, and which daemon is in charge.
 *
 * @param state what a connection attempt gave
 * @param said virsh's own words when it failed; else empty
 * @param daemon the daemon in charge: {@code virtqemud} (modular) or {@code libvirtd} (monolithic);
 *     empty when neither is there
 */
public record LibvirtService(State state, String said, String daemon) {

  /** What a connection attempt gave. */
  public enum State {
    /** libvirt answers. */
    ANSWERS,
    /** There is no virsh. */
    NO_CLIENT,
    /** No daemon listens. */
    DOWN,
    /** A daemon answers, but it has no driver for QEMU. */
    NO_QEMU_DRIVER
  }

  /** Whether libvirt answers. */
  public static final Fact<LibvirtService> FACT =
      Fact.host("libvirtService", "libvirt", LibvirtService::parse);

  private static LibvirtService parse(Outputs outputs) {
    ProbeOutput answer = outputs.complete("libvirt/uri");
    String daemon = daemon(outputs);
    if (answer.exitStatus() == 0) {
      return new LibvirtService(State.ANSWERS, "", daemon);
    }
    if (answer.exitStatus() == 127) {
      return new LibvirtService(State.NO_CLIENT, "", daemon);
    }
    String stderr = answer.stderr();
    String said = said(stderr);
    if (stderr.contains("no connection driver available for qemu")) {
      return new LibvirtService(State.NO_QEMU_DRIVER, said, daemon);
    }
    if (stderr.contains("Permission denied")
        || stderr.contains("polkit")
        || stderr.contains("authentication")
        || stderr.contains("access denied")) {
      throw new Undetermined(
          outputs.host() + ": the user may not talk to libvirt: " + said,
          "Log in as root, or use --sudo.");
    }
    if (stderr.contains("failed to connect to the hypervisor")) {
      return new LibvirtService(State.DOWN, said, daemon);
    }
    throw outputs.failed("libvirt/uri", answer);
  }

  /** The socket that exists is the one that virsh takes; without one, what is installed tells. */
  private static String daemon(Outputs outputs) {
    List<String> sockets = outputs.ok("libvirt/sockets").lines().map(String::strip).toList();
    List<String> installed = outputs.ok("libvirt/daemons").lines().map(String::strip).toList();
    if (sockets.contains("virtqemud-sock")) {
      return "virtqemud";
    }
    if (sockets.contains("libvirt-sock")) {
      return "libvirtd";
    }
    for (String daemon : List.of("virtqemud", "libvirtd")) {
      if (installed.contains(daemon)) {
        return daemon;
      }
    }
    return "";
  }

  /** virsh says first that it failed and then why: the reason is the last line. */
  private static String said(String stderr) {
    return stderr
        .lines()
        .map(String::strip)
        .filter(l -> !l.isEmpty())
        .reduce((a, b) -> b)
        .map(l -> Printable.line(l.replaceFirst("^error: ", "")))
        .orElse("");
  }
}
