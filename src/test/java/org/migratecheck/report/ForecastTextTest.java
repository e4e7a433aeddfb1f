package org.migratecheck.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.migratecheck.model.Report;

class ForecastTextTest {
  private final ForecastText text = new ForecastText();

  @Test
  void writesSizesRatesAndTimesAsPeopleDo() {
    assertThat(text.size(-1)).isEqualTo("–");
    assertThat(text.size(0)).isEqualTo("0 B");
    assertThat(text.size(2_621_440)).isEqualTo("2.5 MiB");
    assertThat(text.rate(117_440_512)).isEqualTo("112 MiB/s");
    assertThat(text.size(Long.MAX_VALUE)).isEqualTo("8388608 TiB");
    assertThat(text.time(317)).isEqualTo("0.3 s");
    assertThat(text.time(600_000)).isEqualTo("10 min");
    assertThat(text.time(36_000_000)).isEqualTo("10 h");
    assertThat(text.time(-1)).isEqualTo("–");
    assertThat(text.roundTrip(250)).isEqualTo("0.25 ms");
  }

  @Test
  void aLineForTheTerminalAndWordsBesideAMove() {
    Report report = RenderingTest.report("db01");
    assertThat(text.line(report.forecasts().get(0)))
        .isEqualTo(
            "db01, hostA -> hostB: will not converge, suspended at the end for 9.4 s, offline 38.0"
                + " s (4.0 GiB in use, changes 200 MiB/s, nominal bandwidth 110 MiB/s; certainty"
                + " fair)");
    assertThat(ConsoleReport.render(report, new Style(false, 200), false))
        .contains("Forecast\n  db01, hostA -> hostB: will not converge");
    assertThat(ForecastText.beside(report, "db01")).hasValue("will not converge, pause 9.4 s");
    assertThat(ForecastText.beside(report, "other")).isEmpty();
  }
}
