package org.migratecheck.facts.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.model.ProbeOutput;

/**
 * Output that is cut, broken or made up: a parser answers with a whole fact or with Undetermined,
 * never with another exception, and never with part of the truth.
 */
class HostileOutputTest {
  private static final Map<String, List<Fact<?>>> READERS =
      Map.of(
          "network/links", List.of(Link.FACT, Bridge.FACT, Bond.FACT, Address.FACT),
          "network/kinds", List.of(Link.FACT),
          "network/addresses", List.of(Address.FACT),
          "network/bonding", List.of(Bond.FACT),
          "network/vlans", List.of(PortVlans.FACT),
          "network/devices", List.of(NetworkDevices.FACT),
          "libvirt-networks/list", List.of(VirtualNetwork.FACT),
          "libvirt-networks/info", List.of(VirtualNetwork.FACT),
          "libvirt-networks/live", List.of(VirtualNetwork.FACT),
          "ovs/tables", List.of(Ovs.FACT));

  private static FakeHost real() {
    FakeHost host = FakeHost.named("a");
    for (String part : List.of("links", "kinds", "addresses", "bonding", "vlans", "devices")) {
      host.output("network/" + part, FakeHost.sample("veth/" + part + ".txt"));
    }
    for (String part : List.of("daemons", "list", "info", "live", "inactive")) {
      host.output("libvirt-networks/" + part, FakeHost.sample("libvirt/" + part + ".txt"));
    }
    return host.output("ovs/tables", FakeHost.sample("ovs/tables.txt"));
  }

  @Provide
  Arbitrary<String> parts() {
    return Arbitraries.of(READERS.keySet().stream().sorted().toList());
  }

  /** Reads without the safety net that turns any exception into Undetermined. */
  private static Optional<Object> read(Fact<?> fact, FakeHost host) {
    try {
      return Optional.of(fact.parser().apply(new Outputs("a", host.outputs())));
    } catch (Undetermined e) {
      assertThat(e.getMessage()).doesNotContain("\n");
      return Optional.empty();
    }
  }

  private static void check(String part, Function<String, String> change, boolean wholeOrNothing) {
    String text = real().outputs().get(part).stdout();
    FakeHost changed = real().output(part, change.apply(text));
    for (Fact<?> fact : READERS.get(part)) {
      Optional<Object> result = read(fact, changed);
      if (wholeOrNothing && result.isPresent()) {
        assertThat(result).isEqualTo(read(fact, real()));
      }
    }
  }

  /**
   * Lines of {@code ip} and {@code virsh} have no end mark; what was cut there, the frame tells.
   */
  @Property(tries = 300)
  void outputThatStopsInTheMiddle(
      @ForAll @From("parts") String part, @ForAll @IntRange(max = 9999) int at) {
    String text = real().outputs().get(part).stdout();
    Assume.that(at < text.length());
    boolean linewise = text.substring(0, at).endsWith("\n") || at == 0;
    boolean marked =
        List.of("network/links", "network/bonding", "network/devices", "ovs/tables").contains(part);
    check(part, t -> t.substring(0, at), marked || !linewise && !part.startsWith("libvirt"));
  }

  @Property(tries = 300)
  void outputWithOneCharacterChanged(
      @ForAll @From("parts") String part, @ForAll @IntRange(max = 9999) int at, @ForAll char c) {
    String text = real().outputs().get(part).stdout();
    Assume.that(at < text.length());
    check(part, t -> t.substring(0, at) + c + t.substring(at + 1), false);
  }

  @Property(tries = 300)
  void outputThatIsAnythingAtAll(@ForAll @From("parts") String part, @ForAll String text) {
    check(part, t -> text, false);
    check(part, t -> text + "\nend\n", false);
  }

  @Property(tries = 100)
  void linesThatAreRepeatedOrLost(
      @ForAll @From("parts") String part,
      @ForAll @IntRange(max = 200) int at,
      @ForAll boolean twice) {
    check(
        part,
        t -> {
          List<String> lines = t.lines().toList();
          StringBuilder text = new StringBuilder();
          for (int i = 0; i < lines.size(); i++) {
            text.append((lines.get(i) + "\n").repeat(i == at ? twice ? 2 : 0 : 1));
          }
          return text.toString();
        },
        false);
  }

  /** The kernel allows any character but blanks and slashes in a name. */
  @Property(tries = 200)
  void anyNameTheKernelAllows(@ForAll @From("names") String name) {
    FakeHost host =
        FakeHost.named("a").link("eth0", "").bridge(name, "eth0").address(name, "10.0.0.1/24");
    assertThat(host.facts().get(Bridge.FACT)).extracting(Bridge::name).containsExactly(name);
    assertThat(host.facts().get(Link.FACT))
        .filteredOn(l -> l.kind().equals("bridge"))
        .extracting(Link::name)
        .containsExactly(name);
    assertThat(host.facts().get(Address.FACT)).extracting(Address::link).containsExactly(name);
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.strings()
        .withCharRange('!', '~')
        .withChars("äß€\u001b\u202e\u0001")
        .excludeChars('/', ':')
        .ofMinLength(1)
        .ofMaxLength(15)
        .filter(n -> !n.equals(".") && !n.equals("..") && !n.equals("eth0") && !n.equals("lo"));
  }

  @Property(tries = 100)
  void cutPartsAreNeverRead(@ForAll @From("parts") String part) {
    FakeHost host = real().cut(part);
    assertThat(host.outputs().get(part).completeness())
        .isEqualTo(ProbeOutput.Completeness.TRUNCATED);
    for (Fact<?> fact : READERS.get(part)) {
      assertThat(read(fact, host)).isEmpty();
    }
  }
}
