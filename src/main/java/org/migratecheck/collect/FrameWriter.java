package org.migratecheck.collect;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.SortedMap;
import org.migratecheck.model.ProbeOutput;
import org.migratecheck.model.ProbeOutput.Completeness;

/** Writes stored evidence as the answer of a host, for hosts that replay it. */
public final class FrameWriter {
  private final String nonce;
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private final StringBuilder index = new StringBuilder();
  private final StringBuilder meta = new StringBuilder();

  private FrameWriter(String nonce) {
    this.nonce = nonce;
  }

  /**
   * Returns the bytes that a host would print.
   *
   * @param request what the host was asked
   * @param now what its clock says
   * @param evidence outputs by name; those of probes that were not asked for are left out
   */
  public static byte[] write(
      BatchRequest request, Instant now, SortedMap<String, ProbeOutput> evidence) {
    FrameWriter writer = new FrameWriter(request.nonce());
    evidence.forEach(
        (name, output) -> {
          int slash = name.indexOf('/');
          String probe = slash < 0 ? name : name.substring(0, slash);
          if (request.probes().contains(probe) && output.completeness() != Completeness.MISSING) {
            writer.add(probe, slash < 0 ? "" : name.substring(slash + 1), output);
          }
        });
    return writer.stream(now);
  }

  private void add(String probe, String part, ProbeOutput output) {
    String file = part.isEmpty() ? probe : probe + "+" + part;
    stream(file + ".e", output.stderr());
    stream(file + ".o", output.stdout());
    if (!part.isEmpty()) {
      meta.append(probe).append(" S ").append(part).append('\n');
    }
    meta.append(probe).append(part.isEmpty() ? " D" : " E " + part);
    // A part without a status, such as one that was given up, still needs a number here.
    meta.append(' ').append(Math.max(0, output.exitStatus()));
    meta.append(' ').append(output.millis()).append(' ');
    switch (output.completeness()) {
      case TIMED_OUT -> meta.append('T');
      case TRUNCATED -> meta.append('C');
      default -> meta.append('-');
    }
    meta.append('\n');
  }

  private void stream(String file, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    index.append(bytes.length).append(' ').append(file).append('\n');
    if (bytes.length > 0) {
      data.writeBytes(bytes);
      data.writeBytes(ascii("\n" + nonce + "\n"));
    }
  }

  private byte[] stream(Instant now) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        ascii("\n%s CLOCK %d.%09d\n".formatted(nonce, now.getEpochSecond(), now.getNano())));
    out.writeBytes(ascii("\n" + nonce + " INDEX\n" + index));
    out.writeBytes(ascii(nonce + " META\n" + meta));
    out.writeBytes(ascii(nonce + " DATA\n"));
    out.writeBytes(data.toByteArray());
    out.writeBytes(ascii(nonce + " END\n"));
    return out.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
