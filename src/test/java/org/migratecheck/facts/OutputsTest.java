package org.migratecheck.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.migratecheck.model.ProbeOutput;
import org.migratecheck.model.ProbeOutput.Completeness;

final class OutputsTest {
  private static Outputs outputs(Completeness probe) {
    return new Outputs(
        "hostA",
        new TreeMap<>(
            Map.of(
                "guests", new ProbeOutput(probe, 0, "", "", 1),
                "guests/xml.a", new ProbeOutput(Completeness.COMPLETE, 0, "<a/>", "", 1))));
  }

  @Test
  void anAbsentPartOfAWholeProbeIsAbsent() {
    Outputs outputs = outputs(Completeness.COMPLETE);
    assertThat(outputs.ifOk("guests/xml.a")).contains("<a/>");
    assertThat(outputs.ifOk("guests/xml.b")).isEmpty();
    assertThat(outputs.withPrefix("guests/xml.")).containsOnlyKeys("a");
    assertThat(outputs.ifOk("other/part")).isEmpty();
  }

  @Test
  void anAbsentPartOfAnUnfinishedProbeIsUndetermined() {
    for (Completeness how : new Completeness[] {Completeness.TIMED_OUT, Completeness.MISSING}) {
      Outputs outputs = outputs(how);
      assertThat(outputs.ok("guests/xml.a")).isEqualTo("<a/>");
      assertThatThrownBy(() -> outputs.ifOk("guests/xml.b")).isInstanceOf(Undetermined.class);
      assertThatThrownBy(() -> outputs.withPrefix("guests/xml.")).isInstanceOf(Undetermined.class);
    }
  }
}
