package org.migratecheck.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.migratecheck.collect.Streams.NONCE;
import static org.migratecheck.collect.Streams.REQUEST;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.migratecheck.model.ProbeOutput;
import org.migratecheck.model.ProbeOutput.Completeness;

final class FrameReaderProperties {
  private static final byte[] VALID = Streams.bytes();
  private static final SortedMap<String, ProbeOutput> ORIGINAL = Streams.outputs();

  private static SortedMap<String, ProbeOutput> read(byte[] stream) {
    return FrameReader.read(stream, NONCE, REQUEST.probes(), Completeness.MISSING).outputs();
  }

  /** What is called whole is the original, and every probe that was asked for is spoken of. */
  private static void assertHonest(SortedMap<String, ProbeOutput> outputs) {
    assertThat(outputs).containsKeys("guests", "tools");
    outputs.forEach(
        (name, output) -> {
          if (output.completeness() == Completeness.COMPLETE) {
            assertThat(output).as(name).isEqualTo(ORIGINAL.get(name));
          }
        });
  }

  @Property
  void aCutStreamIsNeverTakenForWhole(@ForAll @IntRange(max = 10_000) int at) {
    int length = at % VALID.length;
    var outputs = read(Arrays.copyOf(VALID, length));
    assertHonest(outputs);
    if (outputs.get("guests").completeness() == Completeness.COMPLETE) {
      assertThat(outputs.keySet()).isEqualTo(ORIGINAL.keySet());
    }
  }

  @Property
  void insertedNoiseIsNeverTakenForOutput(
      @ForAll @IntRange(max = 10_000) int at, @ForAll @Size(min = 1, max = 40) byte[] noise) {
    int position = at % VALID.length;
    byte[] stream = Arrays.copyOf(VALID, VALID.length + noise.length);
    System.arraycopy(noise, 0, stream, position, noise.length);
    System.arraycopy(VALID, position, stream, position + noise.length, VALID.length - position);
    int data = new String(VALID, StandardCharsets.ISO_8859_1).indexOf(" DATA\n");
    var outputs = read(stream);
    if (position > data) {
      assertHonest(outputs);
    }
    assertThat(outputs).containsKeys("guests", "tools");
  }

  @Property
  void anyBytesAreSurvived(@ForAll @Size(max = 300) byte[] noise) {
    byte[] clock =
        ("\n" + NONCE + " CLOCK 1\n\n" + NONCE + " INDEX\n").getBytes(StandardCharsets.US_ASCII);
    byte[] stream = Arrays.copyOf(clock, clock.length + noise.length);
    System.arraycopy(noise, 0, stream, clock.length, noise.length);
    assertThat(read(stream).values()).allMatch(o -> o.completeness() == Completeness.MISSING);
  }

  @Property(tries = 300)
  void whatIsWrittenIsRead(@ForAll("outputs") SortedMap<String, ProbeOutput> outputs) {
    byte[] stream = FrameWriter.write(REQUEST, Instant.EPOCH, outputs);
    SortedMap<String, ProbeOutput> expected = new TreeMap<>(outputs);
    REQUEST.probes().forEach(p -> expected.putIfAbsent(p, ProbeOutput.missing()));
    assertThat(read(stream)).isEqualTo(expected);
  }

  @Provide
  Arbitrary<SortedMap<String, ProbeOutput>> outputs() {
    Arbitrary<String> names =
        Combinators.combine(
                Arbitraries.of("guests", "tools"),
                Arbitraries.strings().withChars("aZ09._-").ofMinLength(1).ofMaxLength(8))
            .as((probe, part) -> probe + "/" + part);
    Arbitrary<String> texts = Arbitraries.strings().excludeChars('\ud800').ofMaxLength(50);
    Arbitrary<ProbeOutput> output =
        Combinators.combine(
                Arbitraries.of(
                    Completeness.COMPLETE, Completeness.TRUNCATED, Completeness.TIMED_OUT),
                Arbitraries.integers().between(0, 255),
                texts.filter(FrameReaderProperties::encodable),
                texts.filter(FrameReaderProperties::encodable),
                Arbitraries.longs().between(0, 1_000_000))
            .as(ProbeOutput::new);
    return Arbitraries.maps(Arbitraries.oneOf(names, Arbitraries.of("guests", "tools")), output)
        .ofMaxSize(8)
        .map(TreeMap::new);
  }

  private static boolean encodable(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }
}
