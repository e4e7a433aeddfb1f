package org.migratecheck.facts.guest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.FactSource;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.model.ProbeOutput;

/** What a host offers to guests and does with them on its own, from the probe guest-services. */
public final class GuestServices implements FactSource {
  /** The versions of swtpm and swtpm_setup by program; none where they are not installed. */
  public static final Fact<Map<String, String>> TPM =
      Fact.host("virtualTpm", "guest-services", GuestServices::tpm);

  /** Where screens listen and whether they are encrypted. */
  public static final Fact<ScreenSettings> SCREENS =
      Fact.host("screenSettings", "guest-services", ScreenSettings::parse);

  /** The USB devices, each {@code VENDOR:PRODUCT BUS DEVICE}, hexadecimal and decimal. */
  public static final Fact<List<String>> USB =
      Fact.host("usbDevices", "guest-services", o -> Lines.of(o, "guest-services/usb"));

  /** Programs and cluster resources that manage guests. */
  public static final Fact<Managers> MANAGERS =
      Fact.host("guestManagers", "guest-services", Managers::parse);

  /** The UUIDs of the guests whose memory is saved on disk. */
  public static final Fact<Set<String>> MANAGED_SAVE =
      Fact.host("managedSaves", "guest-services", o -> uuids(o, "guest-services/managed-save"));

  /** The UUIDs of the guests with checkpoints. */
  public static final Fact<Set<String>> CHECKPOINTS =
      Fact.host("guestCheckpoints", "guest-services", o -> uuids(o, "guest-services/checkpoints"));

  /** Whether the host's virtiofsd announces that its state can be sent. */
  public static final Fact<Boolean> VIRTIOFS_MIGRATES =
      Fact.host(
          "virtiofsMigrates",
          "guest-services",
          o -> Lines.of(o, "guest-services/virtiofs").contains("migrate-precopy"));

  private static final Pattern UUID = Pattern.compile("[0-9a-f-]{36}");

  @Override
  public List<Fact<?>> facts() {
    return List.of(
        TPM,
        VIRTIOFS_MIGRATES,
        SCREENS,
        USB,
        MANAGERS,
        MANAGED_SAVE,
        CHECKPOINTS,
        GuestFiles.SOURCE,
        GuestFiles.DESTINATION,
        BoundSocket.FACT,
        BoundSocket.UDP,
        SendSpeed.FACT,
        SendSpeed.PAUSE);
  }

  private static Map<String, String> tpm(Outputs outputs) {
    Map<String, String> programs = new TreeMap<>();
    for (String line : Lines.of(outputs, "guest-services/tpm")) {
      String[] words = line.strip().split(" ");
      if (words.length < 2 || !words[1].startsWith("/")) {
        throw Lines.unreadable(outputs.host(), "guest-services/tpm", line);
      }
      programs.put(words[0], words.length > 2 ? words[2] : "");
    }
    return java.util.Collections.unmodifiableMap(programs);
  }

  /** A virsh that does not know the option belongs to a libvirt that has no such thing. */
  private static Set<String> uuids(Outputs outputs, String name) {
    ProbeOutput output = outputs.complete(name);
    if (output.exitStatus() != 0 && output.stderr().contains("doesn't support option")) {
      return Set.of();
    }
    Set<String> uuids = new TreeSet<>();
    for (String line : outputs.ok(name).lines().map(String::strip).toList()) {
      if (!line.isEmpty() && !UUID.matcher(line).matches()) {
        throw new Undetermined(outputs.host() + ": '" + name + "' printed what is no guest UUID");
      }
      if (!line.isEmpty()) {
        uuids.add(line);
      }
    }
    return Set.copyOf(uuids);
  }

  /**
   * Who else manages guests of the host.
   *
   * @param programs names of running programs, such as {@code nova-compute}
   * @param resources the definitions that Pacemaker starts guests from
   * @param restarted UUIDs of guests that libvirt-guests starts when it is started next
   */
  public record Managers(List<String> programs, List<String> resources, Set<String> restarted) {
    /** Copies what it is given. */
    public Managers {
      programs = List.copyOf(programs);
      resources = List.copyOf(resources);
      restarted = Set.copyOf(restarted);
    }

    private static Managers parse(Outputs outputs) {
      List<String> programs = new ArrayList<>();
      List<String> resources = new ArrayList<>();
      Set<String> restarted = new TreeSet<>();
      boolean restarts = true;
      for (String line : Lines.of(outputs, "guest-services/managers")) {
        String[] words = line.split(" ", 2);
        if (words.length < 2) {
          throw Lines.unreadable(outputs.host(), "guest-services/managers", line);
        }
        switch (words[0]) {
          case "program" -> programs.add(words[1]);
          case "resource" -> resources.add(words[1]);
          case "restart" -> restarted.add(words[1]);
          case "on-boot" -> restarts = words[1].equals("start");
          default -> throw Lines.unreadable(outputs.host(), "guest-services/managers", line);
        }
      }
      return new Managers(programs, resources, restarts ? restarted : Set.of());
    }
  }
}
