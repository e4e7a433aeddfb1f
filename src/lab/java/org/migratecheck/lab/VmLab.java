package org.migratecheck.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Two virtual machines that run guests, and their storage, with Fibre Channel on two fabrics. They
 * are emulated, and so are the guests in them, so everything is slow: a kept state, with the guest
 * running, is what every case begins with. For one thread at a time.
 */
final class VmLab implements AutoCloseable {
  /** The host that guests leave. */
  static final String A = "vmA";

  /** The host that guests go to. */
  static final String B = "vmB";

  /** A lab of its own, beside those of the namespace hosts. */
  private static final int NUMBER = 91;

  private static final Duration PATIENCE = Duration.ofMinutes(15);

  /** Probes that answer within 2 s on a real host need up to a minute here. */
  private static final int PROBE_SECONDS = 150;

  private final Lab lab;
  private final Path checks;

  private VmLab(Lab lab, Path checks) {
    this.lab = lab;
    this.checks = checks;
  }

  /** Runs the installer with {@code --check}: exit 0 when nothing is missing. */
  static Exec missing() {
    return Exec.run(
        Duration.ofSeconds(30),
        List.of(Lab.project().resolve("src/lab/sh/install-vm.sh").toString(), "--check"));
  }

  /** Starts the machines and keeps their states. */
  static VmLab up() {
    VmLab vms = new VmLab(Lab.of(NUMBER, A, B), patientProbes());
    vms.close();
    try {
      vm(vms.lab, "prepare");
    } catch (AssertionError e) {
      vms.close();
      throw e;
    }
    return vms;
  }

  /** The probes of the program with longer deadlines, as a site could have them. */
  private static Path patientProbes() {
    Path directory = Lab.project().resolve("target/patient-checks");
    try (Stream<Path> probes = Files.list(Lab.project().resolve("checks/probes"))) {
      Files.createDirectories(directory.resolve("probes"));
      for (Path probe : (Iterable<Path>) probes::iterator) {
        String text =
            Files.readString(probe)
                .replaceFirst("(?m)^# Deadline: .*$", "# Deadline: " + PROBE_SECONDS);
        Files.writeString(directory.resolve("probes").resolve(probe.getFileName()), text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + directory, e);
    }
    return directory;
  }

  /** Runs {@code vm ARGUMENT...} for a lab; it must succeed. */
  static void vm(Lab lab, String... arguments) {
    lab.script(PATIENCE, "vm", List.of(arguments)).orFail("vm " + String.join(" ", arguments));
  }

  /** Goes back to a kept state: {@code fc}. */
  void load(String state) {
    vm(lab, "load", state);
  }

  /** Returns the hosts as a lab, for what works on hosts of any kind. */
  Lab lab() {
    return lab;
  }

  /** Audits vmA and vmB with the checks of storage. */
  Tool.Run check() {
    return Tool.check(
        Duration.ofMinutes(8),
        lab,
        A,
        B,
        "--checks",
        checks.toString(),
        "--timeout",
        "300",
        "--only",
        "storage");
  }

  @Override
  public void close() {
    vm(lab, "down");
  }
}
