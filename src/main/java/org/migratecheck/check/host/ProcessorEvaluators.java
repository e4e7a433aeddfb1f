package org.migratecheck.check.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.Xml;
import org.migratecheck.facts.host.Mitigations;
import org.migratecheck.facts.host.Platform;
import org.migratecheck.facts.host.Processors;
import org.migratecheck.facts.host.QemuAbilities;
import org.migratecheck.model.Observed;

/** What a guest's virtual processor needs of the destination besides features. */
final class ProcessorEvaluators {
  /** What the kernel's KVM tolerates without scaling, and libvirt with it. */
  private static final long PARTS_PER_MILLION = 250;

  private ProcessorEvaluators() {}

  /** Judges guests that can run guests themselves. */
  static Outcome nested(CheckContext context) {
    Optional<String> skip = notKvm(context);
    if (skip.isPresent()) {
      return Outcome.skipped(skip.get());
    }
    Xml xml = context.guest().xml();
    Processors source = context.source(Processors.FACT);
    Processors destination = context.destination(Processors.FACT);
    boolean named =
        xml.all("cpu/feature").stream()
            .filter(f -> f.attr("name").equals("vmx") || f.attr("name").equals("svm"))
            .anyMatch(f -> f.attr("policy").equals("require") || f.attr("policy").equals("force"));
    boolean disabled =
        xml.all("cpu/feature").stream()
            .filter(f -> f.attr("name").equals("vmx") || f.attr("name").equals("svm"))
            .anyMatch(f -> f.attr("policy").equals("disable"));
    boolean whole = passedThrough(xml) && source.nested().orElse(false) && !disabled;
    if (!named && !whole) {
      return Outcome.skipped("not-nested");
    }
    if (destination.nested().isEmpty()) {
      return Outcome.skipped("no-module");
    }
    List<Problem> problems =
        destination.nested().get() ? List.of() : List.of(Problem.of("off", "feature", "vmx"));
    return Outcome.of(
        problems,
        List.of(
            new Observed(
                "nested",
                source.nested().map(String::valueOf).orElse("unknown"),
                String.valueOf(destination.nested().get()))));
  }

  /** Judges a guest whose time stamp counter has a fixed frequency. */
  static Outcome tsc(CheckContext context) {
    Optional<String> skip = notKvm(context);
    if (skip.isPresent()) {
      return Outcome.skipped(skip.get());
    }
    Optional<Long> wanted =
        context.guest().xml().all("clock/timer").stream()
            .filter(t -> t.attr("name").equals("tsc"))
            .flatMap(t -> t.attribute("frequency").stream())
            .filter(f -> f.matches("[0-9]{1,15}"))
            .map(Long::parseLong)
            .findFirst();
    if (wanted.isEmpty()) {
      return Outcome.skipped("no-frequency");
    }
    Processors there = context.destination(Processors.FACT);
    if (there.tscHertz() == 0) {
      return Outcome.skipped("not-told");
    }
    List<Observed> observed =
        List.of(
            new Observed("TSC in Hz", Long.toString(wanted.get()), Long.toString(there.tscHertz())),
            new Observed("TSC scaling", "", there.tscScaling() ? "yes" : "no"));
    long tolerance = there.tscHertz() / 1_000_000 * PARTS_PER_MILLION;
    boolean outside = Math.abs(wanted.get() - there.tscHertz()) > tolerance;
    List<Problem> problems =
        outside && !there.tscScaling()
            ? List.of(
                Problem.of(
                    "outside",
                    "wanted",
                    Long.toString(wanted.get()),
                    "there",
                    Long.toString(there.tscHertz())))
            : List.of();
    return Outcome.of(problems, observed);
  }

  /** Judges the Hyper-V features that a guest sees. */
  static Outcome hyperv(CheckContext context) {
    Optional<String> skip = notKvm(context);
    if (skip.isPresent()) {
      return Outcome.skipped(skip.get());
    }
    Optional<Xml> hyperv = context.guest().xml().first("features/hyperv");
    if (hyperv.isEmpty()) {
      return Outcome.skipped("none");
    }
    if (hyperv.get().attr("mode").equals("passthrough")) {
      return Outcome.of(
          List.of(Problem.on(Side.SOURCE, "passthrough")),
          List.of(new Observed("Hyper-V mode", "passthrough", "")));
    }
    Optional<QemuAbilities> abilities =
        QemuAbilities.of(context.link(QemuAbilities.FACT), Platform.of(context.guest().xml()));
    if (abilities.isEmpty()) {
      return Outcome.skipped("no-platform");
    }
    Optional<SortedSet<String>> there = abilities.get().hyperv();
    if (there.isEmpty()) {
      return Outcome.skipped("not-told");
    }
    List<String> wanted =
        hyperv.get().children().stream()
            .filter(f -> f.attr("state").equals("on"))
            .map(Xml::name)
            .toList();
    List<Problem> problems =
        wanted.stream()
            .filter(f -> !there.get().contains(f))
            .map(f -> Problem.of("missing", "feature", f))
            .toList();
    return Outcome.of(
        problems,
        List.of(
            new Observed(
                "Hyper-V features", String.join(" ", wanted), String.join(" ", there.get()))));
  }

  /** Warns of a guest that was told of wider addresses than the destination has. */
  static Outcome addressBits(CheckContext context) {
    Optional<String> skip = notKvm(context);
    if (skip.isPresent()) {
      return Outcome.skipped(skip.get());
    }
    Xml xml = context.guest().xml();
    Optional<Xml> set = xml.first("cpu/maxphysaddr");
    boolean whole =
        set.map(m -> m.attr("mode").equals("passthrough")).orElseGet(() -> passedThrough(xml));
    int here = context.source(Processors.FACT).physicalBits();
    int there = context.destination(Processors.FACT).physicalBits();
    String bits = set.map(m -> m.attr("bits")).orElse("");
    int told = whole ? here : bits.matches("[0-9]{1,3}") ? Integer.parseInt(bits) : 0;
    if (told == 0 || there == 0) {
      return Outcome.skipped("not-fixed");
    }
    List<Problem> problems =
        told > there
            ? List.of(Problem.of("narrower", "told", "" + told, "there", "" + there))
            : List.of();
    return Outcome.of(problems, List.of(new Observed("address bits", "" + told, "" + there)));
  }

  /** Compares what the hosts do about flaws of their processors. */
  static Outcome mitigations(CheckContext context) {
    Mitigations source = context.source(Mitigations.FACT);
    Mitigations destination = context.destination(Mitigations.FACT);
    List<Problem> problems = new ArrayList<>();
    List<Observed> observed = new ArrayList<>();
    compare("state", source.states(), destination.states(), problems, observed);
    compare("option", source.commandLine(), destination.commandLine(), problems, observed);
    return Outcome.of(problems, observed);
  }

  private static void compare(
      String kind,
      SortedMap<String, String> source,
      SortedMap<String, String> destination,
      List<Problem> problems,
      List<Observed> observed) {
    SortedSet<String> names = new TreeSet<>(source.keySet());
    names.addAll(destination.keySet());
    for (String name : names) {
      String here = source.getOrDefault(name, "absent");
      String there = destination.getOrDefault(name, "absent");
      if (!here.equals(there)) {
        observed.add(new Observed(name, here, there));
        problems.add(
            Problem.of(kind, "item", name, "source-value", here, "destination-value", there));
      }
    }
  }

  private static boolean passedThrough(Xml guest) {
    String mode = guest.attribute("cpu", "mode").orElse("");
    return mode.equals("host-passthrough") || mode.equals("maximum");
  }

  private static Optional<String> notKvm(CheckContext context) {
    if (!context.guest().active()) {
      return Optional.of("not-active");
    }
    return context.guest().xml().attr("type").equals("kvm")
        ? Optional.empty()
        : Optional.of("emulated");
  }
}
