package org.migratecheck.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.model.Observed;
import org.migratecheck.model.Policy;
import org.migratecheck.model.Scope;
import org.migratecheck.testing.EvidenceBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

final class RuleTest {
  private static final JsonMapper JSON = new JsonMapper();

  /** A fact whose evidence is JSON text, so that every rule can be shown any value. */
  private static final Fact<Object> FACT =
      Fact.host("thing", "thing", o -> JSON.readValue(o.ok("thing"), Object.class));

  @Test
  void equalFindsTheDifference() {
    Outcome differs = pair("{'equal': 'thing.v'}", "{'v': '9.4'}", "{'v': '9.2'}");
    assertThat(differs.problems()).extracting(Problem::kind).containsExactly("differs");
    assertThat(differs.problems().get(0).values())
        .containsEntry("source-value", "9.4")
        .containsEntry("destination-value", "9.2");
    assertThat(pair("{'equal': 'thing.v'}", "{'v': '9.4'}", "{'v': '9.4'}").problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"9.2,9.10,0", "9.10,9.2,1", "9.2,9.2,0", "1.0~rc1,1.0,0", "1.0,1.0~rc1,1"})
  void atLeastUsesTheVersionOrderOfThePackageSystem(
      String source, String destination, int problems) {
    Outcome outcome =
        pair("{'at-least': 'thing.v'}", "{'v': '" + source + "'}", "{'v': '" + destination + "'}");
    assertThat(outcome.problems()).hasSize(problems);
  }

  @Test
  void identicalListsEveryDifference() {
    Outcome outcome =
        pair(
            "{'identical': {'table': 'thing.rows', 'key': 'name', 'columns': ['v'], 'except': '^lo$'}}",
            "{'rows': [{'name':'a','v':1},{'name':'b','v':1},{'name':'lo','v':7}]}",
            "{'rows': [{'name':'b','v':2},{'name':'c','v':1}]}");
    assertThat(outcome.problems())
        .extracting(Problem::kind)
        .containsExactly("only-on-source", "differs", "only-on-destination");
    assertThat(outcome.observed())
        .containsExactly(
            new Observed("a", "1", ""), new Observed("b", "1", "2"), new Observed("c", "", "1"));
  }

  @Test
  void aRepeatedKeyIsNotHiddenByTheLastRow() {
    Outcome outcome =
        pair(
            "{'identical': {'table': 'thing', 'key': 'name', 'columns': ['v']}}",
            "[{'name':'kernel','v':1},{'name':'kernel','v':2}]",
            "[{'name':'kernel','v':2}]");
    assertThat(outcome.problems()).extracting(Problem::kind).containsExactly("differs");
  }

  @Test
  void containsAllowsMoreOnTheDestination() {
    assertThat(pair("{'contains': {'table': 'thing'}}", "['a']", "['a','b']").problems()).isEmpty();
    assertThat(pair("{'contains': {'table': 'thing'}}", "['a','b']", "['a']").problems())
        .extracting(Problem::kind)
        .containsExactly("only-on-source");
  }

  @Test
  void hostRules() {
    assertThat(host("{'matches': {'path': 'thing', 'pattern': '^RHEL'}}", "'RHEL 9'").problems())
        .isEmpty();
    assertThat(host("{'matches': {'path': 'thing', 'pattern': '^RHEL'}}", "'SLES'").problems())
        .extracting(Problem::kind)
        .containsExactly("mismatch");
    assertThat(host("{'one-of': {'path': 'thing', 'values': ['a', 'b']}}", "'c'").problems())
        .hasSize(1);
    assertThat(host("{'empty': 'thing'}", "['x']").problems())
        .extracting(Problem::kind)
        .containsExactly("not-empty");
    assertThat(host("{'empty': 'thing'}", "[]").problems()).isEmpty();
    assertThat(host("{'within': {'path': 'thing', 'min': 1, 'max': 2}}", "3").problems())
        .extracting(Problem::kind)
        .containsExactly("outside");
    assertThat(host("{'within': {'path': 'thing', 'max': 2}}", "1.5").problems()).isEmpty();
  }

  @Test
  void whatIsNotThereIsUndetermined() {
    assertThatThrownBy(() -> pair("{'equal': 'thing.v'}", "{}", "{}"))
        .isInstanceOf(Undetermined.class);
    assertThatThrownBy(() -> host("{'within': {'path': 'thing', 'max': 2}}", "'many'"))
        .isInstanceOf(Undetermined.class);
    assertThatThrownBy(
            () -> pair("{'identical': {'table': 'thing', 'key': 'n'}}", "[{'m':1}]", "[]"))
        .isInstanceOf(Undetermined.class);
  }

  @Test
  void aPatternThatExplodesIsCutOff() {
    String hostile = "'" + "a".repeat(40) + "!'";
    assertThatThrownBy(
            () -> host("{'matches': {'path': 'thing', 'pattern': '^(.*a){25}b$'}}", hostile))
        .isInstanceOf(Undetermined.class)
        .hasMessageContaining("too long");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'equal': 'other.v'}",
        "{'equal': 7}",
        "{'same': 'thing'}",
        "{'equal': 'thing', 'at-least': 'thing'}",
        "{'identical': {'table': 'thing', 'colour': 'red'}}",
        "{'identical': {'table': 'thing', 'only': '('}}",
        "{'empty': 'thing'}",
        "[]"
      })
  void aWrongRuleIsRefusedWithAReason(String rule) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Rule.of(json(rule), Scope.PAIR, List.of(FACT)))
        .satisfies(e -> assertThat(e.getMessage()).isNotBlank());
  }

  private static Outcome pair(String rule, String source, String destination) {
    return Rule.of(json(rule), Scope.PAIR, List.of(FACT))
        .evaluate(context(facts("hostA", source), facts("hostB", destination)));
  }

  private static Outcome host(String rule, String value) {
    HostFacts host = facts("hostA", value);
    return Rule.of(json(rule), Scope.HOST, List.of(FACT)).evaluate(context(host, host));
  }

  private static CheckContext context(HostFacts source, HostFacts destination) {
    return new CheckContext(
        source,
        destination,
        Optional.empty(),
        Optional.empty(),
        Policy.STRICT,
        JsonNodeFactory.instance.objectNode());
  }

  private static HostFacts facts(String name, String json) {
    return EvidenceBuilder.host(name).ok("thing", json.replace('\'', '"')).facts();
  }

  private static JsonNode json(String text) {
    return JSON.readTree(text.replace('\'', '"'));
  }

  @Test
  void inlineProbesAreRead() {
    Map<CheckFile.Parse, String> texts =
        Map.of(
            CheckFile.Parse.LINES, "a\n\n b \n",
            CheckFile.Parse.KEYVALUE, "a=1\n# no\nb: \"2\"\n",
            CheckFile.Parse.TABLE, "NAME SIZE\nx 1\ny 2 3\n",
            CheckFile.Parse.REGEX, "version 9.4 final");
    Map<CheckFile.Parse, Object> expected =
        Map.of(
            CheckFile.Parse.LINES, List.of("a", "b"),
            CheckFile.Parse.KEYVALUE, Map.of("a", "1", "b", "2"),
            CheckFile.Parse.TABLE,
                List.of(Map.of("NAME", "x", "SIZE", "1"), Map.of("NAME", "y", "SIZE", "2 3")),
            CheckFile.Parse.REGEX, List.of("version 9.4", "9.4"));
    texts.forEach(
        (parse, text) ->
            assertThat(
                    EvidenceBuilder.host("h")
                        .ok("site.x", text)
                        .facts()
                        .get(InlineProbe.fact("site.x", parse, "version ([0-9.]+)")))
                .as(parse.name())
                .isEqualTo(expected.get(parse)));
  }
}
