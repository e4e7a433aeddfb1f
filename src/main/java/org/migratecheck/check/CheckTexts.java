package org.migratecheck.check;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.migratecheck.model.Severity;

/**
 * The words of a check file.
 *
 * @param why what goes wrong when it does not hold
 * @param how how it is found out
 * @param pass the message of a pass
 * @param skip reasons by key why it does not apply
 * @param problems what can be wrong, by kind
 * @param reference where the rule comes from
 */
public record CheckTexts(
    String why,
    String how,
    String pass,
    Map<String, String> skip,
    Map<String, ProblemText> problems,
    List<String> reference) {
  /** Copies the collections. */
  public CheckTexts {
    skip = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(skip));
    problems = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(problems));
    reference = List.copyOf(reference);
  }

  /**
   * The words of one kind of problem.
   *
   * @param message what is wrong
   * @param level {@link Severity#WARNING} or {@link Severity#INFO} when this kind never blocks
   * @param error what libvirt or QEMU would say
   * @param fix the remedy in words
   * @param commands alternatives; for each host the first whose tool exists is taken
   */
  public record ProblemText(
      String message,
      Optional<Severity> level,
      Optional<String> error,
      String fix,
      List<CommandText> commands) {
    /** Fills in what the file may leave out. */
    public ProblemText {
      commands = commands == null ? List.of() : List.copyOf(commands);
    }
  }

  /**
   * One command.
   *
   * @param on the host to run it on; empty: where the problem says
   * @param when the tool that must exist there; empty: any host
   * @param run the shell text with placeholders
   */
  public record CommandText(
      @JsonProperty("on") Optional<Side> on, Optional<String> when, String run) {}
}
