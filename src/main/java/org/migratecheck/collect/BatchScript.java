package org.migratecheck.collect;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One POSIX {@code sh} script that runs several probes side by side and answers in one stream,
 * which {@link FrameReader} reads. The script is one compound command: the shell runs none of it
 * before it has read all of it, so a script that was cut on its way does nothing.
 *
 * <p>The resource {@code outer.sh} makes its directory and sends its answer; what runs in between
 * are {@code parts.sh} and {@code virsh.sh}, which probes call, and {@code supervisor.sh}.
 */
public final class BatchScript {
  /** Bytes that each of stdout and stderr of one part may have; output of that size was cut. */
  static final int PART_CAP = 4 * 1024 * 1024;

  /** How a script introduces itself; a replaying host reads it. */
  static final String HEADER = "# migrate-check batch 1: nonce, step, probes:";

  // POSIX counts `ulimit -f` in 512-byte blocks. A shell that counts in 1024 allows twice as much;
  // what then lies between is called cut although it is whole, which is safe.
  private static final int BLOCK = 512;

  /** The least number of probes that run side by side, and how long one keeps its place there. */
  private static final int PLACES = 8;

  private static final Duration PLACE_KEPT = Duration.ofSeconds(3);

  // For a login shell to begin on a busy host, for the supervisor's ticks, and for the way back.
  private static final Duration SUPERVISION = Duration.ofSeconds(15);
  private static final Pattern VARIABLE = Pattern.compile("MC_[A-Z][A-Z0-9_]{0,60}");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String OUTER = resource("outer.sh");

  /** What runs between the two ends of {@code outer.sh}, before the probes and their number. */
  static final String INNER =
      Stream.of("parts.sh", "virsh.sh", "supervisor.sh")
          .map(BatchScript::resource)
          .collect(Collectors.joining());

  private final String nonce;
  private final List<Probe> probes;
  private final String text;

  private BatchScript(String nonce, List<Probe> probes, String text) {
    this.nonce = nonce;
    this.probes = List.copyOf(probes);
    this.text = text;
  }

  /**
   * Assembles a script.
   *
   * @param step what it is for; probes of other steps may be among {@code probes}
   * @param probes what it runs; at least one
   * @param variables shell variables that the probes find, by name ({@code MC_...})
   * @throws IllegalArgumentException for a name that is no such name, or a value with a NUL
   *     character, which no shell can hold
   */
  public static BatchScript of(
      Probe.Step step, Collection<Probe> probes, Map<String, String> variables) {
    return of(step, probes, variables, newNonce(), "sh");
  }

  static BatchScript of(
      Probe.Step step,
      Collection<Probe> probes,
      Map<String, String> variables,
      String nonce,
      String shell) {
    SortedMap<String, Probe> byName = new TreeMap<>();
    probes.forEach(p -> byName.put(p.name(), p));
    if (byName.isEmpty()) {
      throw new IllegalArgumentException("a script needs a probe");
    }
    StringBuilder inner = new StringBuilder(INNER);
    inner.append("mc_blocks=").append(PART_CAP / BLOCK).append('\n');
    if (step != Probe.Step.HOST) {
      // Probes on both hosts that wait for each other. What they ask of libvirt is about one guest
      // each: nothing is asked for all.
      inner.append("mc_places=1000\nmc_asking=yes\n");
    }
    new TreeMap<>(variables).forEach((name, value) -> assign(inner, name, value));
    inner.append("mc_probes");
    byName.values().forEach(p -> inner.append(' ').append(p.name()).append(' ').append(seconds(p)));

    StringBuilder out = new StringBuilder();
    out.append(HEADER).append(' ').append(nonce).append(' ').append(step.name());
    byName.keySet().forEach(name -> out.append(' ').append(name));
    out.append("\n{\nmc_nonce=").append(quote(nonce));
    out.append("\nmc_shell=").append(quote(shell)).append('\n');
    out.append(OUTER);
    out.append("mc_file run ").append(quote(inner.toString())).append('\n');
    for (Probe probe : byName.values()) {
      out.append("mc_file ").append(probe.name()).append(".sh ");
      out.append(quote(probe.text())).append('\n');
    }
    out.append("mc_answer\nexit 0\n}\n");
    return new BatchScript(nonce, List.copyOf(byName.values()), out.toString());
  }

  /** Returns the random word that marks this script's answer. */
  String nonce() {
    return nonce;
  }

  /** Returns the names of the probes that it runs, sorted. */
  List<String> probes() {
    return probes.stream().map(Probe::name).toList();
  }

  /** Returns the script's text. */
  public String text() {
    return text;
  }

  /** Returns how long a run takes at most on a host that is able to run it at all. */
  Duration deadline() {
    return probes.stream()
        .map(Probe::deadline)
        .max(Duration::compareTo)
        .orElseThrow()
        .plus(SUPERVISION)
        .plus(PLACE_KEPT.multipliedBy(probes.size() / PLACES));
  }

  /** Returns {@code text} as one word of a POSIX shell. */
  static String quote(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  private static void assign(StringBuilder out, String name, String value) {
    if (!VARIABLE.matcher(name).matches()) {
      throw new IllegalArgumentException("'" + name + "' is no name of a variable");
    }
    if (value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("the value of " + name + " contains a NUL character");
    }
    out.append(name).append('=').append(quote(value)).append('\n');
  }

  private static long seconds(Probe probe) {
    return Math.max(1, probe.deadline().toSeconds());
  }

  private static String newNonce() {
    byte[] random = new byte[16];
    RANDOM.nextBytes(random);
    return "mc" + HexFormat.of().formatHex(random);
  }

  private static String resource(String name) {
    try (InputStream in = BatchScript.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("resource " + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
