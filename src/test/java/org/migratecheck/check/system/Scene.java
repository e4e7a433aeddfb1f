package org.migratecheck.check.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.migratecheck.check.Catalogue;
import org.migratecheck.check.CatalogueException;
import org.migratecheck.check.CatalogueLoader;
import org.migratecheck.check.Direction;
import org.migratecheck.check.Judge;
import org.migratecheck.facts.FactRegistry;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.Guests;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.facts.LinkFacts;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.model.ClockOffset;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Fix;
import org.migratecheck.model.HostEvidence;
import org.migratecheck.model.HostIdentity;
import org.migratecheck.model.LinkEvidence;
import org.migratecheck.model.Policy;
import org.migratecheck.model.ProbeOutput;
import org.migratecheck.testing.Examples;

/**
 * Two hosts with one guest, recorded from a healthy pair, to be changed part by part and judged by
 * one check of the shipped catalogue.
 */
final class Scene {
  static final String GUEST = "4c4c4544-1000-4000-8000-000000000032";
  private static final Catalogue CATALOGUE = catalogue();

  private final SortedMap<String, ProbeOutput> source = sample("hostA.txt");
  private final SortedMap<String, ProbeOutput> destination = sample("hostB.txt");
  private final SortedMap<String, ProbeOutput> onSource = sample("link-source.txt");
  private final SortedMap<String, ProbeOutput> onDestination = sample("link-destination.txt");
  private String destinationName = "hostB.lab";
  private Optional<ClockOffset> sourceClock = Optional.of(new ClockOffset(-3, 4));
  private Optional<ClockOffset> destinationClock = Optional.of(new ClockOffset(-2, 5));
  private HostIdentity sourceIdentity = identity("10.77.0.11", "ssh-ed25519 SHA256:a");
  private HostIdentity destinationIdentity = identity("10.77.0.12", "ssh-ed25519 SHA256:b");

  private Scene() {}

  static Scene healthy() {
    return new Scene();
  }

  Scene source(String part, String stdout) {
    source.put(part, output(0, stdout, ""));
    return this;
  }

  Scene destination(String part, String stdout) {
    destination.put(part, output(0, stdout, ""));
    return this;
  }

  Scene both(String part, String stdout) {
    return source(part, stdout).destination(part, stdout);
  }

  Scene sourceFails(String part, int exitStatus, String stderr) {
    source.put(part, output(exitStatus, "", stderr));
    return this;
  }

  Scene destinationFails(String part, int exitStatus, String stderr) {
    destination.put(part, output(exitStatus, "", stderr));
    return this;
  }

  Scene editSource(String part, UnaryOperator<String> edit) {
    return source(part, edited(source, part, edit));
  }

  Scene editDestination(String part, UnaryOperator<String> edit) {
    return destination(part, edited(destination, part, edit));
  }

  /** Changes the guest's live XML. */
  Scene guestXml(String from, String to) {
    return editSource("guests/xml." + GUEST, x -> x.replace(from, to));
  }

  Scene guestState(String state) {
    return source("guests/state." + GUEST, state);
  }

  Scene linkSource(String part, int exitStatus, String stdout, String stderr) {
    onSource.put(part + "." + GUEST, output(exitStatus, stdout, stderr));
    return this;
  }

  Scene linkDestination(String part, int exitStatus, String stdout, String stderr) {
    onDestination.put(part + "." + GUEST, output(exitStatus, stdout, stderr));
    return this;
  }

  Scene linkDestinationPart(String part, String stdout) {
    onDestination.put(part, output(0, stdout, ""));
    return this;
  }

  Scene linkDestinationFailure(String part, String stderr) {
    onDestination.put(part, output(1, "", stderr));
    return this;
  }

  Scene editLinkDestination(String part, UnaryOperator<String> edit) {
    return linkDestinationPart(part, edited(onDestination, part, edit));
  }

  String textOf(String part) {
    return source.get(part).stdout();
  }

  /** Lets the destination have been asked about another guest, with the same answers. */
  Scene alsoAskedAbout(String uuid) {
    for (String part : List.copyOf(onDestination.keySet())) {
      onDestination.put(part.replace(GUEST, uuid), onDestination.get(part));
    }
    return this;
  }

  Scene withoutLink() {
    onSource.clear();
    onDestination.clear();
    return this;
  }

  Scene without(String part) {
    source.remove(part);
    destination.remove(part);
    return this;
  }

  Scene sourceOutput(String part, ProbeOutput output) {
    source.put(part, output);
    return this;
  }

  Scene destinationNamed(String name) {
    destinationName = name;
    return this;
  }

  Scene clocks(Optional<ClockOffset> ofSource, Optional<ClockOffset> ofDestination) {
    sourceClock = ofSource;
    destinationClock = ofDestination;
    return this;
  }

  Scene hostKeys(String ofSource, String ofDestination) {
    sourceIdentity = identity("10.77.0.11", ofSource);
    destinationIdentity = identity("10.77.0.12", ofDestination);
    return this;
  }

  /** Adds the guest to the destination too, under another name or UUID. */
  Scene guestThere(String name, String uuid, String state) {
    String xml =
        source
            .get("guests/xml." + GUEST)
            .stdout()
            .replace("<name>guest</name>", "<name>" + name + "</name>")
            .replace(GUEST, uuid);
    return destination("guests/list", uuid + "\n")
        .destination("guests/persistent", uuid + "\n")
        .destination("guests/autostart", "")
        .destination("guests/state." + uuid, state)
        .destination("guests/xml." + uuid, xml);
  }

  /** Returns what the check says of the pair or the guest; for host scope, of the source. */
  Finding judge(String id) {
    return judge(id, Policy.STRICT);
  }

  Finding judge(String id, Policy policy) {
    return findings(id, policy).stream()
        .filter(f -> f.source().isPresent() || f.destination().isEmpty())
        .findFirst()
        .orElseThrow();
  }

  /** Returns what a check of host scope says of the destination. */
  Finding judgeDestination(String id) {
    return findings(id, Policy.STRICT).stream()
        .filter(f -> f.source().isEmpty())
        .findFirst()
        .orElseThrow();
  }

  /** Returns the commands of a fix, one a line, each after its host. */
  static String commands(Finding finding) {
    StringBuilder all = new StringBuilder();
    for (Fix.Command command : finding.fix().commands()) {
      all.append(command.host()).append(": ").append(command.command()).append('\n');
    }
    return all.toString();
  }

  private List<Finding> findings(String id, Policy policy) {
    HostFacts a = new HostFacts(evidence("hostA.lab", sourceIdentity, sourceClock, source));
    HostFacts b =
        new HostFacts(
            evidence(destinationName, destinationIdentity, destinationClock, destination));
    LinkFacts link =
        new LinkFacts(new LinkEvidence("hostA.lab", destinationName, onSource, onDestination));
    Direction direction = new Direction(a, b, Optional.of(link), guests(a), List.of());
    try {
      return Examples.noted(
              new Judge(CATALOGUE.select(List.of(id), List.of()), policy)
                  .judge(List.of(a, b), List.of(direction)))
          .stream()
          .filter(f -> f.id().equals(id))
          .toList();
    } catch (CatalogueException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Guest> guests(HostFacts source) {
    try {
      return source.get(Guests.FACT);
    } catch (Undetermined e) {
      return List.of();
    }
  }

  private static HostEvidence evidence(
      String name,
      HostIdentity identity,
      Optional<ClockOffset> clock,
      SortedMap<String, ProbeOutput> probes) {
    return new HostEvidence(
        HostEvidence.SCHEMA_VERSION,
        name,
        identity,
        Instant.EPOCH,
        1,
        clock,
        probes,
        List.of(),
        Optional.empty());
  }

  private static HostIdentity identity(String address, String hostKey) {
    return new HostIdentity("ssh", address, 22, "root", hostKey, true);
  }

  static ProbeOutput output(int exitStatus, String stdout, String stderr) {
    return new ProbeOutput(ProbeOutput.Completeness.COMPLETE, exitStatus, stdout, stderr, 1);
  }

  private static String edited(
      SortedMap<String, ProbeOutput> host, String part, UnaryOperator<String> edit) {
    String before = host.get(part).stdout();
    String after = edit.apply(before);
    if (after.equals(before)) {
      throw new IllegalArgumentException("the edit of " + part + " changed nothing");
    }
    return after;
  }

  private static Catalogue catalogue() {
    try {
      return new CatalogueLoader(FactRegistry.load()).load(List.of(Path.of("checks")));
    } catch (CatalogueException e) {
      throw new IllegalStateException(String.join("\n", e.mistakes()));
    }
  }

  /** Reads {@code === NAME EXIT-STATUS} and {@code === NAME stderr} sections. */
  private static SortedMap<String, ProbeOutput> sample(String file) {
    SortedMap<String, ProbeOutput> result = new TreeMap<>();
    String text;
    try (InputStream in = Scene.class.getResourceAsStream("/samples/system/" + file)) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (String section : text.split("(?m)^=== ")) {
      if (section.isEmpty()) {
        continue;
      }
      String[] headAndBody = section.split("\n", 2);
      String[] head = headAndBody[0].split(" ");
      if (head[1].equals("stderr")) {
        ProbeOutput before = result.get(head[0]);
        result.put(head[0], output(before.exitStatus(), before.stdout(), headAndBody[1]));
      } else {
        result.put(head[0], output(Integer.parseInt(head[1]), headAndBody[1], ""));
      }
    }
    return result;
  }
}
