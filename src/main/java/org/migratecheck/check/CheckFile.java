package org.migratecheck.check;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.migratecheck.model.Phase;
import org.migratecheck.model.Policy;
import org.migratecheck.model.Scope;
import org.migratecheck.model.Severity;
import tools.jackson.databind.JsonNode;

/** The shape of a check file, before it is resolved; unknown or repeated keys are refused. */
record CheckFile(
    @JsonProperty(required = true) String id,
    @JsonProperty(required = true) String title,
    @JsonProperty(required = true) String group,
    @JsonProperty(required = true) Scope scope,
    @JsonProperty(required = true) Severity severity,
    Optional<Phase> phase,
    Optional<Boolean> measured,
    List<String> needs,
    Optional<String> active,
    Optional<String> evaluator,
    JsonNode rule,
    JsonNode parameters,
    Map<Policy, Change> policies,
    @JsonProperty(required = true) String why,
    String how,
    @JsonProperty(required = true) String pass,
    Map<String, String> skip,
    @JsonProperty(required = true) Map<String, CheckTexts.ProblemText> problems,
    @JsonProperty(required = true) List<String> reference,
    Optional<String> probe,
    Optional<Parse> parse,
    Optional<String> pattern) {

  /** What another policy changes. */
  record Change(
      Optional<Severity> severity, JsonNode rule, JsonNode parameters, Optional<String> skip) {}

  /** How the output of an inline probe is read. */
  enum Parse {
    @JsonProperty("lines")
    LINES,
    @JsonProperty("keyvalue")
    KEYVALUE,
    @JsonProperty("json")
    JSON,
    @JsonProperty("table")
    TABLE,
    @JsonProperty("regex")
    REGEX
  }
}
