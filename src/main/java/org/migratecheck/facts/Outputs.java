package org.migratecheck.facts;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.migratecheck.model.Printable;
import org.migratecheck.model.ProbeOutput;

/**
 * The probe outputs that a parser may read, by name. A probe's parts are named {@code PROBE/PART};
 * the probe itself is named {@code PROBE} (its own stdout, exit status and duration).
 *
 * <p>All getters throw {@link Undetermined} for evidence that is missing, cut or timed out, so that
 * a parser never mistakes half an output for a whole one.
 */
public final class Outputs {
  private final String host;
  private final SortedMap<String, ProbeOutput> outputs;

  /** Creates a view on {@code outputs} of the host named {@code host}. */
  public Outputs(String host, SortedMap<String, ProbeOutput> outputs) {
    this.host = host;
    this.outputs = outputs;
  }

  /** Returns the host's name as typed. */
  public String host() {
    return host;
  }

  /** Returns whether there is evidence of that name, whole or not. */
  public boolean has(String name) {
    return outputs.containsKey(name);
  }

  /**
   * Returns the outputs of all parts whose name starts with {@code prefix}, by the rest of the
   * name. A probe that was cut short may have more parts than it told of: then this throws.
   */
  public SortedMap<String, ProbeOutput> withPrefix(String prefix) {
    requireWholeProbe(prefix);
    return reached(prefix);
  }

  /**
   * Like {@link #withPrefix}, also of a probe that did not come to its end. For probes whose parts
   * say what they are about, where the reader misses the one that is not there: of storage that
   * hangs, a part hangs, and with it its probe.
   */
  public SortedMap<String, ProbeOutput> reached(String prefix) {
    SortedMap<String, ProbeOutput> result = new TreeMap<>();
    for (Map.Entry<String, ProbeOutput> e : outputs.tailMap(prefix).entrySet()) {
      if (!e.getKey().startsWith(prefix)) {
        break;
      }
      result.put(e.getKey().substring(prefix.length()), e.getValue());
    }
    return result;
  }

  /** Returns the whole output of that name, whatever its exit status. */
  public ProbeOutput complete(String name) {
    ProbeOutput output = outputs.get(name);
    if (output == null) {
      throw new Undetermined(
          host + ": no evidence of '" + name + "'", "Collect the evidence again.");
    }
    switch (output.completeness()) {
      case COMPLETE -> {
        return output;
      }
      case TRUNCATED ->
          throw new Undetermined(host + ": the output of '" + name + "' was cut at its size limit");
      case TIMED_OUT ->
          throw new Undetermined(
              host + ": '" + name + "' did not answer before its deadline",
              "Find out why it hangs on " + host + ", or raise --timeout.");
      case MISSING ->
          throw new Undetermined(
              host
                  + ": '"
                  + name
                  + "' sent no answer"
                  + (output.stderr().isBlank() ? "" : ": " + firstLine(output.stderr())),
              "Collect the evidence again.");
    }
    throw new AssertionError(output.completeness());
  }

  /** Returns stdout of a command that must have succeeded (exit status 0). */
  public String ok(String name) {
    ProbeOutput output = complete(name);
    if (output.exitStatus() != 0) {
      throw failed(name, output);
    }
    return output.stdout();
  }

  /** Returns stdout of a command that succeeded; empty where it failed or there is no evidence. */
  public Optional<String> ifOk(String name) {
    if (!has(name)) {
      requireWholeProbe(name);
      return Optional.empty();
    }
    ProbeOutput output = complete(name);
    return output.exitStatus() == 0 ? Optional.of(output.stdout()) : Optional.empty();
  }

  /** A part that is not there means nothing when its probe did not come to its end. */
  private void requireWholeProbe(String name) {
    int slash = name.indexOf('/');
    if (slash > 0 && has(name.substring(0, slash))) {
      complete(name.substring(0, slash));
    }
  }

  /** Returns what to throw for a command that failed: its own words, and advice where known. */
  public Undetermined failed(String name, ProbeOutput output) {
    String said = firstLine(output.stderr().isBlank() ? output.stdout() : output.stderr());
    if (output.exitStatus() == 127) {
      return new Undetermined(
          host + ": a command that '" + name + "' needs is not installed: " + said,
          "Install the missing command on " + host + ".");
    }
    if (output.stderr().contains("failed to connect to the hypervisor")) {
      return new Undetermined(
          host + ": libvirt does not answer, so '" + name + "' is unknown",
          "See libvirt-answers of " + host + ".");
    }
    return new Undetermined(
        host + ": '" + name + "' failed with exit status " + output.exitStatus() + ": " + said);
  }

  private static String firstLine(String text) {
    String line = text.strip().lines().findFirst().orElse("no message");
    return Printable.of(line.length() > 300 ? line.substring(0, 300) + "..." : line);
  }
}
