package org.migratecheck.check.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.migratecheck.facts.Guests;
import org.migratecheck.facts.network.FakeHost;
import org.migratecheck.facts.network.SegmentVariables;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Status;

/** The check same-segment: bridges of one name that lead into different networks. */
class SameSegmentTest {
  private static final String UUID = "11111111-2222-4333-8444-555555555555";
  private static final String CARD =
      "<interface type='bridge'><mac address='52:54:00:aa:00:01'/><source"
          + " bridge='br1'/></interface>";
  private static final String GATEWAY = "00:00:5e:00:01:07";

  private FakeHost source = host("a", "").guest("web", UUID, CARD);
  private FakeHost destination = host("b", "");

  private static FakeHost host(String name, String fdb) {
    return FakeHost.named(name)
        .link("eno1", "")
        .bridge("br1", "eno1")
        .output("bridge-learnt/fdb", fdb + "end\n");
  }

  private static String met(String state, String from, String to) {
    return "tool python3\nfrom " + from + "\nlink br1 " + state + "\nto " + to + "\n";
  }

  private Finding judge(String here, String there) {
    return new Pair(source, destination)
        .onSource("segment/meet", here)
        .onDestination("segment/meet", there)
        .find("same-segment");
  }

  private Finding silent() {
    return judge(met("silent", "1000.000", "1004.000"), met("silent", "1000.500", "1004.500"));
  }

  @Test
  void bothHearEachOther() {
    Finding finding =
        judge(met("heard", "1000.000", "1000.200"), met("heard", "1000.100", "1000.300"));
    assertThat(finding.status()).isEqualTo(Status.PASS);
    assertThat(finding.message()).isEqualTo("a and b meet in br1");
  }

  @Test
  void oneHearsTheOtherAndIsNotHeard() {
    Finding finding =
        judge(met("heard", "1000.000", "1000.200"), met("silent", "1000.100", "1005.100"));
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message()).startsWith("b does not hear a through br1, though a hears b");
    // Where one cannot send or listen, the other is enough.
    finding = judge(met("heard", "1000.000", "1000.200"), met("failed", "1000.100", "1005.100"));
    assertThat(finding.status()).isEqualTo(Status.PASS);
  }

  @Test
  void neitherHearsTheOther() {
    Finding finding = silent();
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message()).contains("do not hear each other through br1");
  }

  @Test
  void aRouterThatBothKnowProvesNothing() {
    source = host("a", GATEWAY + " dev eno1 used 9/3 master br1 \n").guest("web", UUID, CARD);
    destination = host("b", GATEWAY + " dev eno1 used 9/3 master br1 \n");
    assertThat(silent().status()).isEqualTo(Status.FAIL);
  }

  @Test
  void theGuestItselfWasHeardThere() {
    source =
        host("a", "52:54:00:aa:00:01 dev vnet0 used 0/0 master br1 \n")
            .tap("vnet0")
            .bridge("br1", "eno1", "vnet0")
            .guest("web", UUID, CARD);
    destination = host("b", "52:54:00:aa:00:01 dev eno1 used 1/0 master br1 \n");
    assertThat(judge("off\n", "off\n").status()).isEqualTo(Status.PASS);
    assertThat(silent().status()).isEqualTo(Status.WARN);
    // Calls at other times prove nothing, but the guest was heard.
    assertThat(
            judge(met("silent", "1000.000", "1004.000"), met("silent", "1003.000", "1007.000"))
                .status())
        .isEqualTo(Status.PASS);
  }

  @Test
  void notAtTheSameTimeIsUndetermined() {
    Finding finding =
        judge(met("silent", "1000.000", "1004.000"), met("silent", "1003.000", "1007.000"));
    assertThat(finding.status()).isEqualTo(Status.ERROR);
    assertThat(finding.message()).contains("not surely at the same time");
  }

  @Test
  void whereNothingCanSendNothingIsProven() {
    Finding finding = judge("none\n", "off\n");
    assertThat(finding.status()).isEqualTo(Status.WARN);
    assertThat(finding.message()).contains("nothing tells whether br1");
  }

  @Test
  void aGuestHeardLongAgoProvesNothing() {
    theGuestItselfWasHeardThere();
    destination = host("b", "52:54:00:aa:00:01 dev eno1 used 1/31 master br1 \n");
    assertThat(silent().status()).isEqualTo(Status.FAIL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tool python3\nfrom 1000.000\nlink br1 silent\n",
        "tool python3\nfrom x\nlink br1 silent\nto 1004.000\n",
        "link br1 perhaps\n",
        "<html>\n"
      })
  void whatCannotBeReadIsAnError(String text) {
    assertThat(judge(text, met("silent", "1000.000", "1004.000")).status()).isEqualTo(Status.ERROR);
  }

  @Test
  void onlyPlainLinksOfBothHostsAreTried() {
    source.guest(
        "other",
        "21111111-2222-4333-8444-555555555555",
        "<interface type='bridge'><source bridge='br1; reboot'/></interface>");
    var guests = source.facts().get(Guests.FACT);
    var variables = new SegmentVariables();
    assertThat(variables.variables(source.facts(), destination.facts(), guests))
        .containsEntry("MC_SEGMENT_LINKS", "br1");
    assertThat(variables.variables(source.facts(), FakeHost.named("c").facts(), guests))
        .containsEntry("MC_SEGMENT_LINKS", "");
    assertThat(variables.variables(source.facts(), destination.facts(), List.of()))
        .containsEntry("MC_SEGMENT_LINKS", "");
  }
}
