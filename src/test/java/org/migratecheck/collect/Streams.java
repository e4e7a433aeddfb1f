package org.migratecheck.collect;

import java.time.Instant;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.migratecheck.model.ProbeOutput;
import org.migratecheck.model.ProbeOutput.Completeness;

/** A valid answer for tests. */
final class Streams {
  static final String NONCE = "mc00112233445566778899aabbccddeeff";
  static final BatchRequest REQUEST =
      new BatchRequest(NONCE, Probe.Step.HOST, Set.of("guests", "tools"));

  private Streams() {}

  static SortedMap<String, ProbeOutput> outputs() {
    SortedMap<String, ProbeOutput> outputs = new TreeMap<>();
    outputs.put("guests", output("", "a warning\n"));
    outputs.put("guests/list", output("one\ntwo\n", ""));
    outputs.put("guests/xml.one", output("<domain/>\n\n" + "x".repeat(300), "W: \u00fc\n"));
    outputs.put("tools", output("ip\nnft\n1234567\n", ""));
    return outputs;
  }

  static byte[] bytes() {
    return FrameWriter.write(REQUEST, Instant.ofEpochSecond(1_700_000_000), outputs());
  }

  private static ProbeOutput output(String out, String err) {
    return new ProbeOutput(Completeness.COMPLETE, 0, out, err, 10);
  }
}
