package org.migratecheck.lab;

import static org.migratecheck.lab.Requirement.STORAGE;

import java.time.Duration;
import java.util.List;

/** What can be wrong with Fibre Channel, and multipath. */
final class VmFaults {
  private static final String MAP = "/dev/mapper/mpatha";
  private static final String RESCAN =
      "for r in /sys/block/sd*/device/rescan; do echo 1 >$r; done; ";

  private VmFaults() {}

  /** Returns whether the count that the guest writes to its disk grows, as the source sees it. */
  static boolean counts(Lab lab) {
    String read =
        "timeout 20 dd if=%s bs=512 skip=1 count=1 iflag=direct 2>/dev/null | head -c 11"
            .formatted(MAP);
    Exec exec =
        lab.on(
            Duration.ofMinutes(2),
            VmLab.A,
            "a=$(%s); for i in 1 2 3 4 5 6; do sleep 2; b=$(%s); [ \"$a\" = \"$b\" ] || break; done; echo \"$a $b\"; [ -n \"$b\" ] && [ \"$a\" != \"$b\" ]"
                .formatted(read, read));
    return exec.ok() && exec.out().startsWith("tick ");
  }

  private static Outcome writesAreLost() {
    return Outcome.damages("the guest's writes go nowhere", lab -> !counts(lab));
  }

  private static void san(Lab lab, String... arguments) {
    var command = new java.util.ArrayList<String>(List.of("san"));
    command.addAll(List.of(arguments));
    VmLab.vm(lab, command.toArray(String[]::new));
  }

  private static void rescanned(Lab lab, String host, String then) {
    lab.must(host, RESCAN + then);
  }

  /** Returns the faults of the guest's LUN. */
  static List<Fault> fibreChannel() {
    return List.of(
        Fault.of("fc-link-down-one", STORAGE, lab -> link(lab, "down", 1))
            .warned()
            .found("multipath-paths", "storage-fc", "fc-ports")
            .mendedBy(lab -> link(lab, "up", 1)),
        Fault.of("fc-link-down-both", STORAGE, lab -> link(lab, "down", 1, 2))
            .found("storage-fc", "multipath-paths")
            .really(writesAreLost())
            .mendedBy(lab -> link(lab, "up", 1, 2)),
        Fault.of("fc-port-offline", STORAGE, lab -> fcoe(lab, "disable", "F"))
            .warned()
            .found("fc-ports", "multipath-paths", "storage-fc")
            .mendedBy(lab -> fcoe(lab, "enable", "A")),
        Fault.of(
                "fc-lun-not-mapped",
                STORAGE,
                lab -> {
                  san(lab, "unmap", VmLab.B, "1");
                  lab.must(
                      VmLab.B,
                      "dd if=" + MAP + " of=/dev/null count=1 iflag=direct & " + paths("F"));
                })
            .found("multipath-paths", "storage-fc")
            .really(writesAreLost())
            .mendedBy(
                lab -> {
                  san(lab, "map", VmLab.B, "1", "vm");
                  lab.must(VmLab.B, paths("A"));
                }),
        Fault.of(
                "fc-lun-read-only",
                STORAGE,
                lab -> {
                  san(lab, "protect", VmLab.B, "1", "1");
                  rescanned(
                      lab,
                      VmLab.B,
                      "multipathd reconfigure; "
                          + soon("[ \"$(blockdev --getro " + MAP + ")\" = 1 ]"));
                })
            .found("block-devices-equal")
            .really(Outcome.refused("The device is not writable: Permission denied"))
            .mendedBy(lab -> san(lab, "protect", VmLab.B, "1", "0")),
        Fault.of(
                "fc-lun-grown-one-side",
                STORAGE,
                lab -> {
                  san(lab, "grow", "vm", "96");
                  rescanned(lab, VmLab.A, "multipathd resize map mpatha");
                })
            .found("block-devices-equal"),
        Fault.of(
                "fc-map-names-swapped",
                STORAGE,
                lab ->
                    lab.must(
                        VmLab.B, bindings("s/^mpatha /x /; s/^mpathc /mpatha /; s/^x /mpathc /")))
            .found("same-storage", "block-devices-equal", "storage-fc")
            .really(Outcome.damages("it writes to the wrong LUN", lab -> !counts(lab))));
  }

  private static void link(Lab lab, String state, int... numbers) {
    for (int number : numbers) {
      VmLab.vm(lab, "link", VmLab.B, String.valueOf(number), state);
    }
    lab.must(
        VmLab.B,
        numbers.length == 2 && state.equals("down")
            ? soon(
                "! dmsetup status mpatha | grep -q ' A [0-9] [0-9] [0-9] *$' && ! dmsetup status mpatha | grep -q ':[0-9]* A '")
            : paths(state.equals("down") ? "F" : "A"));
  }

  private static void fcoe(Lab lab, String what, String path) {
    lab.must(VmLab.B, "echo eth1 >/sys/module/libfcoe/parameters/" + what + "; " + paths(path));
  }

  /** Waits until the map has failed paths (F), or no failed one and two that work (A). */
  private static String paths(String state) {
    return state.equals("F")
        ? soon(
            "dmsetup status mpatha | grep -q ':[0-9]* F ' || [ \"$(ls /sys/block/dm-*/slaves | grep -c sd)\" -lt 6 ]")
        : soon("[ \"$(dmsetup status mpatha | grep -o ':[0-9]* A ' | wc -l)\" = 2 ]");
  }

  private static String soon(String test) {
    return "timeout 55 sh -c '" + "until " + test.replace("'", "'\\''") + "; do sleep 1; done'";
  }

  private static String bindings(String script) {
    return "systemctl stop multipathd; multipath -F; sed -i '"
        + script
        + "' /etc/multipath/bindings; systemctl start multipathd; "
        + paths("A");
  }
}
