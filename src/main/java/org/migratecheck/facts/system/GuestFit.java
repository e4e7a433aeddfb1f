package org.migratecheck.facts.system;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.model.Printable;
import org.migratecheck.model.ProbeOutput;

/**
 * What one host's libvirt says of a guest. Refusals are libvirt's own words; empty means accepted.
 *
 * @param platform what it says of the guest's emulator, architecture and machine type
 * @param cpu what it says of the guest's CPU; absent where there is nothing to compare
 * @param missingFeatures the CPU features that it says the host does not provide
 * @param rehearsal what it says of the guest's whole XML
 * @param unknown why the answers are no use; empty when they are
 */
public record GuestFit(
    String platform,
    Optional<String> cpu,
    List<String> missingFeatures,
    String rehearsal,
    String unknown) {
  private static final Pattern MISSING =
      Pattern.compile("(?:does not provide required features|missing features): ([^;\\n]*)");

  /** What the destination's libvirt says, by the guest's UUID. */
  public static final Fact<Map<String, GuestFit>> ON_DESTINATION =
      new Fact<>(
          "guestFitDestination",
          Fact.Place.LINK_DESTINATION,
          List.of("guest-fit"),
          GuestFit::parseAll);

  /** What the source's own libvirt says, where the guest runs now, by the guest's UUID. */
  public static final Fact<Map<String, GuestFit>> ON_SOURCE =
      new Fact<>(
          "guestFitSource", Fact.Place.LINK_SOURCE, List.of("guest-fit"), GuestFit::parseAll);

  /** Copies the list. */
  public GuestFit {
    missingFeatures = List.copyOf(missingFeatures);
  }

  /** Returns what was said of one guest. */
  public static GuestFit of(Map<String, GuestFit> all, String uuid, String name) {
    GuestFit fit = all.get(uuid);
    if (fit == null) {
      throw new Undetermined("libvirt was not asked about " + name);
    }
    if (!fit.unknown.isEmpty()) {
      throw new Undetermined(fit.unknown);
    }
    return fit;
  }

  private static Map<String, GuestFit> parseAll(Outputs outputs) {
    Map<String, GuestFit> result = new TreeMap<>();
    outputs.complete("guest-fit");
    for (String uuid : outputs.withPrefix("guest-fit/platform.").keySet()) {
      result.put(uuid, parseOne(outputs, uuid));
    }
    return java.util.Collections.unmodifiableMap(result);
  }

  /** One guest that could not be asked about says nothing about the others. */
  private static GuestFit parseOne(Outputs outputs, String uuid) {
    try {
      return parse(outputs, uuid);
    } catch (Undetermined e) {
      return new GuestFit("", Optional.empty(), List.of(), "", e.getMessage());
    }
  }

  private static GuestFit parse(Outputs outputs, String uuid) {
    Optional<String> cpu =
        outputs.has("guest-fit/cpu." + uuid)
            ? Optional.of(refusal(outputs, "guest-fit/cpu." + uuid))
            : Optional.empty();
    return new GuestFit(
        refusal(outputs, "guest-fit/platform." + uuid),
        cpu,
        missing(cpu.orElse("")),
        refusal(outputs, "guest-fit/rehearsal." + uuid),
        "");
  }

  /**
   * virsh prints first that it failed and then why. A connection that failed is no refusal of the
   * guest.
   */
  private static String refusal(Outputs outputs, String name) {
    ProbeOutput output = outputs.complete(name);
    if (output.exitStatus() == 0) {
      return "";
    }
    String stderr = output.stderr();
    if (!stderr.contains("error: ") || stderr.contains("failed to connect to the hypervisor")) {
      String said = output.stdout().strip();
      if (name.startsWith("guest-fit/cpu.") && said.contains("incompatible")) {
        return Printable.line(said);
      }
      throw outputs.failed(name, output);
    }
    return stderr
        .lines()
        .filter(l -> l.startsWith("error: "))
        .reduce((a, b) -> b)
        .map(l -> Printable.line(l.substring("error: ".length()).strip()))
        .orElse("");
  }

  private static List<String> missing(String refusal) {
    Matcher features = MISSING.matcher(refusal);
    return features.find()
        ? Arrays.stream(features.group(1).split("[,\\s]+")).filter(f -> !f.isEmpty()).toList()
        : List.of();
  }
}
