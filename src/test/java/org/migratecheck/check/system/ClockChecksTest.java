package org.migratecheck.check.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.migratecheck.model.ClockOffset;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Status;

class ClockChecksTest {
  @ParameterizedTest
  @CsvSource({
    "-10, 10, -10, 10, PASS",
    "-10, 10, 900, 1010, PASS",
    "-10, 10, 1020, 1040, WARN",
    "1020, 1040, -10, 10, WARN",
    "-10, 10, 60000, 60020, WARN",
    "-10, 10, 60020, 60040, FAIL",
    "-3700000, -3600000, 0, 5, FAIL",
    "-40000, 40000, -40000, 40000, ERROR",
  })
  void onlyWhatIsCertainCounts(long low, long high, long low2, long high2, Status status) {
    Finding finding =
        Scene.healthy()
            .clocks(
                Optional.of(new ClockOffset(low, high)), Optional.of(new ClockOffset(low2, high2)))
            .judge("clock-skew");
    assertThat(finding.status()).as(finding.message()).isEqualTo(status);
  }

  @Test
  void theClockThatIsAheadIsNamed() {
    Finding finding =
        Scene.healthy()
            .clocks(
                Optional.of(new ClockOffset(0, 10)), Optional.of(new ClockOffset(-90010, -90000)))
            .judge("clock-skew");
    assertThat(finding.message())
        .isEqualTo("The clock of hostA.lab is 90 s ahead of that of hostB.lab");
    assertThat(Scene.commands(finding))
        .isEqualTo("hostA.lab: chronyc makestep\nhostB.lab: chronyc makestep\n");
  }

  @Test
  void unmeasuredClockIsNoPass() {
    Finding finding =
        Scene.healthy()
            .clocks(Optional.empty(), Optional.of(new ClockOffset(0, 1)))
            .judge("clock-skew");
    assertThat(finding.status()).isEqualTo(Status.ERROR);
  }

  @Test
  void clockThatNobodyKeeps() {
    Scene scene =
        Scene.healthy().editSource("clock/chrony", c -> c.replace("Normal", "Not synchronised"));
    assertThat(scene.judge("clock-synchronised").message())
        .isEqualTo("chrony runs on hostA.lab, but the clock is not synchronised");
    scene.without("clock/chrony").source("clock/services", "");
    assertThat(scene.judge("clock-synchronised").message())
        .isEqualTo("No time service keeps the clock of hostA.lab");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          clock/systemd | NTP=yes\\nNTPSynchronized=yes\\n                    | PASS
          clock/systemd | NTPSynchronized=no\\n                               | WARN
          clock/systemd | '     NTP enabled: yes\\nNTP synchronized: yes\\n'  | PASS
          clock/systemd | 'System clock synchronized: no\\n'                  | WARN
          clock/ntp     | 'associd=0 status=0615 leap_none, sync_ntp, 1 event\\n' | PASS
          clock/ntp     | 'associd=0 status=c016 leap_alarm, sync_unspec\\n'  | WARN
          """)
  void otherTimeServices(String part, String output, Status status) {
    Finding finding =
        Scene.healthy()
            .without("clock/chrony")
            .source(part, output.replace("\\n", "\n"))
            .judge("clock-synchronised");
    assertThat(finding.status()).isEqualTo(status);
  }

  @Test
  void localTimeOfAGuestNeedsTheSameZone() {
    String berlin = "offset +0100\nlink /usr/share/zoneinfo/Europe/Berlin\nrules 1 2298\n";
    Scene scene =
        Scene.healthy()
            .guestXml("<clock offset='utc'/>", "<clock offset='localtime'/>")
            .source("clock/zone", berlin);
    Finding finding = scene.judge("time-zone-same");
    assertThat(finding.status()).isEqualTo(Status.WARN);
    assertThat(finding.message())
        .endsWith("Europe/Berlin (UTC+0100) on hostA.lab, Etc/UTC (UTC+0000) on hostB.lab");
    assertThat(Scene.commands(finding))
        .isEqualTo(
            "hostB.lab: timedatectl set-timezone Europe/Berlin 2>/dev/null || ln -sf"
                + " /usr/share/zoneinfo/Europe/Berlin /etc/localtime\n");
    // Lagos has the same difference to UTC in winter, but not in summer.
    scene.destination(
        "clock/zone", "offset +0100\nlink /usr/share/zoneinfo/Africa/Lagos\nrules 2 235\n");
    assertThat(scene.judge("time-zone-same").status()).isEqualTo(Status.WARN);
    scene.destination("clock/zone", "offset +0100\nlink /etc/localtime\nrules 1 2298\n");
    assertThat(scene.judge("time-zone-same").status()).isEqualTo(Status.PASS);
  }
}
