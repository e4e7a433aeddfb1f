package org.migratecheck.collect;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.model.Printable;
import org.migratecheck.model.ProbeOutput;
import org.migratecheck.model.ProbeOutput.Completeness;

/**
 * Reads the answer of a {@link BatchScript}:
 *
 * <pre>
 * NONCE CLOCK 1700000000.123456789
 * NONCE INDEX                        sizes of all outputs, as `wc -c` prints them
 *    12 guests+list.o
 * NONCE META                         S: part started, E: part ended, D: probe done, K: given up
 * guests S list
 * guests E list 0 20 -
 * guests D 0 30 -
 * NONCE DATA                         each output that has bytes, followed by the nonce
 * ...bytes...
 * NONCE
 * NONCE END
 * </pre>
 *
 * <p>Whatever else is in the stream (banners, noise of login scripts) is skipped where it stands
 * between these sections and spoils what it stands in. An output is complete only when its size,
 * its end mark and the lines about it are all there.
 */
final class FrameReader {
  /** Hosts decide how many parts there are, within reason. */
  private static final int MAX_LINES = 200_000;

  private static final Pattern SIZE =
      Pattern.compile(
          " *([0-9]{1,10}) +(?:\\./)?([a-z][a-z0-9-]{0,63})(?:\\+([A-Za-z0-9._-]{1,150}))?\\.([oe])");
  private static final Pattern TOTAL = Pattern.compile(" *[0-9]+ total");
  private static final Pattern META =
      Pattern.compile(
          "([a-z][a-z0-9-]{0,63}) (?:(K)|S ([A-Za-z0-9._-]{1,150})|(?:E ([A-Za-z0-9._-]{1,150})|D)"
              + " ([0-9]{1,3}) (-?[0-9]{1,12}) ([-TC]))");

  private final byte[] stream;
  private final byte[] mark;
  private final String nonce;
  private final Completeness absent;
  private final Map<String, Part> parts = new LinkedHashMap<>();
  private final Map<String, Part> probes = new HashMap<>();

  private FrameReader(byte[] stream, String nonce, Completeness absent) {
    this.stream = stream;
    this.nonce = nonce;
    this.mark = ascii("\n" + nonce + "\n");
    this.absent = absent;
  }

  /**
   * Reads an answer.
   *
   * @param stream what the host printed
   * @param nonce the script's nonce
   * @param requested the probes that the script ran; others are ignored
   * @param absent what to say of outputs that are not there: {@link Completeness#TRUNCATED} when
   *     the stream was cut at its cap, {@link Completeness#TIMED_OUT} when the run was ended at its
   *     deadline, else {@link Completeness#MISSING}
   */
  static Frames read(
      byte[] stream, String nonce, Collection<String> requested, Completeness absent) {
    return new FrameReader(stream, nonce, absent).read(requested);
  }

  private Frames read(Collection<String> requested) {
    String clock = "\n" + nonce + " CLOCK ";
    int start = find(ascii(clock), 0);
    Optional<String> said = start < 0 ? Optional.empty() : line(start + clock.length());
    int position = Math.max(start, 0);
    Optional<String> failure = failure(position);
    if (start >= 0 && failure.isEmpty()) {
      readSections(position);
    }
    SortedMap<String, ProbeOutput> outputs = new TreeMap<>();
    for (String probe : new TreeSet<>(requested)) {
      outputs.put(
          probe, Optional.ofNullable(probes.get(probe)).map(Part::output).orElse(nothing()));
    }
    parts.forEach(
        (name, part) -> {
          if (outputs.containsKey(name.substring(0, name.indexOf('/')))) {
            outputs.put(name, part.output());
          }
        });
    return new Frames(start >= 0, said.flatMap(HostTime::parse), failure, outputs);
  }

  private Optional<String> failure(int from) {
    String fail = "\n" + nonce + " FAIL ";
    int at = find(ascii(fail), from);
    return at < 0 ? Optional.empty() : line(at + fail.length()).map(Printable::line);
  }

  private void readSections(int from) {
    int index = after("\n" + nonce + " INDEX\n", from);
    int meta = index < 0 ? -1 : after("\n" + nonce + " META\n", index - 1);
    int data = meta < 0 ? -1 : after("\n" + nonce + " DATA\n", meta - 1);
    if (data < 0) {
      return;
    }
    Map<Part.Stream, Long> sizes = new LinkedHashMap<>();
    if (!readIndex(index, meta - nonce.length() - " META\n".length(), sizes)
        || !readMeta(meta, data - nonce.length() - " DATA\n".length())) {
      probes.clear();
      parts.clear();
      return;
    }
    readData(data, sizes);
  }

  private boolean readIndex(int from, int to, Map<Part.Stream, Long> sizes) {
    List<String> lines = lines(from, to);
    for (String line : lines) {
      Matcher size = SIZE.matcher(line);
      if (!size.matches()) {
        if (TOTAL.matcher(line).matches()) {
          continue;
        }
        return false;
      }
      Part part = part(size.group(2), Optional.ofNullable(size.group(3)));
      Part.Stream output = size.group(4).equals("e") ? part.stderr : part.stdout;
      if (sizes.put(output, Long.parseLong(size.group(1))) != null) {
        return false;
      }
    }
    return lines.size() <= MAX_LINES;
  }

  private boolean readMeta(int from, int to) {
    List<String> lines = lines(from, to);
    for (String line : lines) {
      Matcher meta = META.matcher(line);
      if (!meta.matches()) {
        return false;
      }
      String probe = meta.group(1);
      if (meta.group(2) != null) {
        part(probe, Optional.empty()).givenUp = true;
      } else if (meta.group(3) != null) {
        part(probe, Optional.of(meta.group(3)));
      } else {
        Part part = part(probe, Optional.ofNullable(meta.group(4)));
        if (part.ended) {
          return false;
        }
        part.ended = true;
        part.exitStatus = Integer.parseInt(meta.group(5));
        part.millis = Math.max(0, Long.parseLong(meta.group(6)));
        part.flag = meta.group(7).charAt(0);
      }
    }
    return lines.size() <= MAX_LINES;
  }

  private void readData(int from, Map<Part.Stream, Long> sizes) {
    int position = from;
    for (Map.Entry<Part.Stream, Long> entry : sizes.entrySet()) {
      long size = entry.getValue();
      if (size == 0) {
        entry.getKey().set("", 0);
        continue;
      }
      if (position < 0) {
        continue;
      }
      long end = position + size;
      if (end + mark.length <= stream.length && isAt(mark, (int) end)) {
        String text = new String(stream, position, (int) size, StandardCharsets.UTF_8);
        entry.getKey().set(text, size);
        position = (int) end + mark.length;
      } else {
        // Something stands in this output: it is lost, the next may be found after its mark.
        int next = find(mark, position);
        position = next < 0 ? -1 : next + mark.length;
      }
    }
  }

  private Part part(String probe, Optional<String> name) {
    Part whole = probes.computeIfAbsent(probe, p -> new Part(absent, Optional.empty()));
    return name.isEmpty()
        ? whole
        : parts.computeIfAbsent(
            probe + "/" + name.get(), p -> new Part(absent, Optional.of(whole)));
  }

  private ProbeOutput nothing() {
    return new ProbeOutput(absent, -1, "", "", 0);
  }

  private List<String> lines(int from, int to) {
    String text = new String(stream, from, Math.max(0, to - from), StandardCharsets.ISO_8859_1);
    return text.lines().limit(MAX_LINES + 1L).toList();
  }

  /** Returns the whole line that begins at {@code from}; empty when its end is not there. */
  private Optional<String> line(int from) {
    int end = find(new byte[] {'\n'}, from);
    return end < 0
        ? Optional.empty()
        : Optional.of(
            new String(stream, from, Math.min(end - from, 300), StandardCharsets.ISO_8859_1));
  }

  private int after(String what, int from) {
    int at = find(ascii(what), from);
    return at < 0 ? -1 : at + what.length();
  }

  private int find(byte[] what, int from) {
    for (int i = from; i <= stream.length - what.length; i++) {
      if (stream[i] == what[0] && isAt(what, i)) {
        return i;
      }
    }
    return -1;
  }

  private boolean isAt(byte[] what, int at) {
    for (int i = 0; i < what.length; i++) {
      if (stream[at + i] != what[i]) {
        return false;
      }
    }
    return true;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
