package org.migratecheck.facts.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.Xml;
import org.migratecheck.model.Printable;
import org.migratecheck.model.ProbeOutput;

/**
 * What the destination's QEMU can do for one kind of machine, from {@code virsh domcapabilities}.
 *
 * @param emulator the program
 * @param architecture such as {@code x86_64}
 * @param machine the machine type
 * @param type {@code kvm} or {@code qemu}
 * @param maxCpus how many virtual processors the machine can have; 0 where libvirt does not tell
 * @param hyperv the Hyper-V features that it has; empty where libvirt does not tell
 */
public record QemuAbilities(
    String emulator,
    String architecture,
    String machine,
    String type,
    int maxCpus,
    Optional<SortedSet<String>> hyperv) {

  /** What is known of one platform: its abilities, or libvirt's words why there are none. */
  public record Answer(Optional<QemuAbilities> abilities, String refusal) {}

  /** The answers in the order in which {@link HostVariables} asked. */
  public static final Fact<List<Answer>> FACT =
      new Fact<>(
          "qemuAbilities",
          Fact.Place.LINK_DESTINATION,
          List.of("guest-host"),
          QemuAbilities::parse);

  /**
   * Returns what the destination said of a platform; empty where it refused it.
   *
   * @throws Undetermined when it was not asked
   */
  public static Optional<QemuAbilities> of(List<Answer> answers, Platform platform) {
    Optional<QemuAbilities> found =
        answers.stream()
            .flatMap(a -> a.abilities().stream())
            .filter(a -> a.serves(platform))
            .findFirst();
    if (found.isEmpty() && answers.stream().allMatch(a -> a.refusal().isEmpty())) {
      throw new Undetermined("the destination's libvirt was not asked about " + platform.machine());
    }
    return found;
  }

  private boolean serves(Platform platform) {
    return emulator.equals(platform.emulator())
        && architecture.equals(platform.architecture())
        && type.equals(platform.type())
        && (platform.machine().isEmpty() || machine.equals(platform.machine()));
  }

  private static List<Answer> parse(Outputs outputs) {
    outputs.complete("guest-host");
    List<Answer> answers = new ArrayList<>();
    for (Map.Entry<String, ProbeOutput> part :
        outputs.withPrefix("guest-host/capabilities.").entrySet()) {
      answers.add(answer(outputs, "guest-host/capabilities." + part.getKey()));
    }
    return List.copyOf(answers);
  }

  private static Answer answer(Outputs outputs, String part) {
    ProbeOutput output = outputs.complete(part);
    if (output.exitStatus() != 0) {
      if (!output.stderr().contains("error: ")
          || output.stderr().contains("failed to connect to the hypervisor")) {
        throw outputs.failed(part, output);
      }
      return new Answer(Optional.empty(), Printable.line(output.stderr().strip()));
    }
    Xml xml = Xml.parse(outputs.host() + ": virsh domcapabilities", output.stdout());
    return new Answer(
        Optional.of(
            new QemuAbilities(
                xml.textAt("path").orElse(""),
                xml.textAt("arch").orElse(""),
                xml.textAt("machine").orElse(""),
                xml.textAt("domain").orElse(""),
                xml.attribute("vcpu", "max")
                    .filter(m -> m.matches("[0-9]{1,6}"))
                    .map(Integer::parseInt)
                    .orElse(0),
                hyperv(xml))),
        "");
  }

  private static Optional<SortedSet<String>> hyperv(Xml xml) {
    return xml.first("features/hyperv")
        .filter(h -> h.attr("supported").equals("yes"))
        .map(
            h -> {
              SortedSet<String> features = new TreeSet<>();
              h.all("enum").stream()
                  .filter(e -> e.attr("name").equals("features"))
                  .flatMap(e -> e.all("value").stream())
                  .forEach(v -> features.add(v.text()));
              return features;
            });
  }
}
