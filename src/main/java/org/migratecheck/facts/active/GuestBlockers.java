package org.migratecheck.facts.active;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.model.Printable;
import org.migratecheck.model.ProbeOutput;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What QEMU answers to {@code query-migrate}: all reasons why it would refuse to migrate, which is
 * what libvirt asks in its first phase (QEMU 6.0 and newer).
 *
 * @param reasons QEMU's own words
 * @param status the state of the guest's last migration, such as {@code completed}; may be empty
 * @param unknown why the answer is no use; empty when it is
 */
public record GuestBlockers(List<String> reasons, String status, String unknown) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MAX_REASONS = 100;

  /** What keeps each guest from migrating, by UUID. */
  public static final Fact<Map<String, GuestBlockers>> FACT =
      new Fact<>(
          "guestBlockers",
          Fact.Place.LINK_SOURCE,
          List.of("migrate-blockers"),
          GuestBlockers::parseAll);

  /** Copies the list. */
  public GuestBlockers {
    reasons = List.copyOf(reasons);
  }

  /** Returns what was said of one guest. */
  public static GuestBlockers of(Map<String, GuestBlockers> all, String uuid, String name) {
    GuestBlockers one = all.get(uuid);
    if (one == null) {
      throw new Undetermined("QEMU of " + name + " was not asked");
    }
    if (!one.unknown.isEmpty()) {
      throw new Undetermined(one.unknown);
    }
    return one;
  }

  private static Map<String, GuestBlockers> parseAll(Outputs outputs) {
    Map<String, GuestBlockers> result = new TreeMap<>();
    outputs.complete("migrate-blockers");
    for (String uuid : outputs.withPrefix("migrate-blockers/blockers.").keySet()) {
      try {
        result.put(uuid, parse(outputs, "migrate-blockers/blockers." + uuid));
      } catch (Undetermined e) {
        result.put(uuid, new GuestBlockers(List.of(), "", e.getMessage()));
      }
    }
    return Collections.unmodifiableMap(result);
  }

  private static GuestBlockers parse(Outputs outputs, String part) {
    ProbeOutput output = outputs.complete(part);
    if (output.exitStatus() != 0) {
      throw outputs.failed(part, output);
    }
    JsonNode answer;
    try {
      answer = JSON.readTree(output.stdout()).path("return");
    } catch (JacksonException e) {
      throw new Undetermined(outputs.host() + ": QEMU's answer is no JSON");
    }
    if (!answer.isObject()) {
      throw new Undetermined(outputs.host() + ": QEMU's answer has no result");
    }
    List<String> reasons = new ArrayList<>();
    for (JsonNode reason : answer.path("blocked-reasons")) {
      if (reasons.size() < MAX_REASONS) {
        reasons.add(Printable.line(reason.asString(""), 500));
      }
    }
    return new GuestBlockers(reasons, answer.path("status").asString(""), "");
  }
}
