package org.migratecheck.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * The forecast against real migrations: guests that write memory at several rates over links of
 * several speeds. The class must be right, and the time within 30 % where it converges.
 */
@Tag("long")
@RequiresLab
final class ForecastIT {
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final double TOLERANCE = 0.3;
  private static final double MIB = 1024 * 1024.0;

  /** A guest that has not arrived after so many seconds does not converge. */
  private static final int PATIENCE = 40;

  /**
   * @param name what the guest does
   * @param link MiB/s that the source may send
   * @param converges whether a live migration ends by itself
   * @param options of {@code lab guest}
   */
  private record Case(String name, int link, boolean converges, List<String> options) {
    boolean equalBytes() {
      return options.contains("--dirty") && !options.contains("--changing");
    }

    @Override
    public String toString() {
      return name + ", link " + link + " MiB/s";
    }
  }

  static Stream<Case> cases() {
    List<String> quiet = List.of();
    String only = System.getProperty("lab.forecast", "");
    return Stream.of(
            new Case("quiet", 15, true, quiet),
            new Case("quiet", 30, true, quiet),
            new Case("4 MiB/s over 60 MiB", 20, true, writing(60, "4")),
            new Case("4 MiB/s over 60 MiB", 30, true, writing(60, "4")),
            new Case("6 MiB/s over 60 MiB", 30, true, writing(60, "6")),
            new Case("fast over 6 MiB", 30, true, writing(6, "")),
            new Case("fast over 60 MiB", 10, false, writing(60, "")),
            new Case("fast over 60 MiB", 20, false, writing(60, "")),
            new Case("20 MiB/s over 80 MiB", 8, false, writing(80, "20")),
            new Case("fast over 60 MiB, equal bytes", 10, false, List.of("--dirty", "60")))
        .filter(c -> c.toString().contains(only));
  }

  private static List<String> writing(int set, String rate) {
    List<String> options = List.of("--dirty", Integer.toString(set), "--changing");
    return rate.isEmpty()
        ? options
        : Stream.concat(options.stream(), Stream.of("--rate", rate)).toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void foretellsWhatHappens(Case c, Lab lab, LabReport report) {
    final long start = System.nanoTime();
    lab.reset();
    boot(c, lab);
    lab.must(
        Lab.A,
        "tc qdisc replace dev eth0 root tbf rate %dbit burst 256kb latency 100ms"
            .formatted(c.link * 8L * 1024 * 1024));
    Tool.Run run = Tool.check(lab, Lab.A, Lab.B, "--measure-bandwidth");
    assertThat(run.verdict()).as(run.summary()).isEqualTo("READY");
    JsonNode forecast = new ObjectMapper().readTree(run.exec().out()).path("forecasts").path(0);

    Real real = migrate(lab);
    long took = (System.nanoTime() - start) / 1_000_000_000;
    report.add(
        LabTable.FORECASTS,
        "%s %03d".formatted(c.name, c.link),
        took,
        c.name,
        c.link + " (SSH " + mib(forecast, "bandwidthBytesPerSecond") + ")",
        forecast.path("outlook").asString().toLowerCase(Locale.ROOT),
        forecast.path("certainty").asString().toLowerCase(Locale.ROOT),
        seconds(forecast.path("liveMillis").asLong()),
        seconds(forecast.path("pauseMillis").asLong()),
        real.converged() ? "converged" : "suspended at end",
        seconds(real.millis),
        seconds(real.pauseMillis),
        real.sent);

    assertThat(real.converged()).as("what really happens").isEqualTo(c.converges);
    assertThat(forecast.path("bandwidthFrom").asString()).isEqualTo("measured");
    if (c.equalBytes()) {
      // Sampling cannot see it: then the forecast must not be sure.
      assertThat(forecast.path("certainty").asString()).isNotEqualTo("GOOD");
      assertThat(forecast.path("doubts").toString()).contains("EQUAL_BYTES");
      return;
    }
    assertThat(forecast.path("outlook").asString())
        .isEqualTo(c.converges ? "CONVERGES" : "WILL_NOT_CONVERGE");
    if (c.converges) {
      double ratio = forecast.path("liveMillis").asLong() / (double) real.millis;
      assertThat(ratio).as("forecast against real time").isBetween(1 - TOLERANCE, 1 + TOLERANCE);
    }
  }

  private static void boot(Case c, Lab lab) {
    Guest guest =
        Guest.start(
            lab,
            Lab.A,
            "guest",
            Stream.concat(Stream.of("--memory", "256"), c.options.stream()).toArray(String[]::new));
    assertThat(guest.ticksPast(Lab.A, 3, SOON)).as("the guest boots").isTrue();
    if (c.options.contains("--dirty")) {
      lab.look(
              SOON,
              Lab.A,
              "timeout 80 sh -c 'until grep -q DIRTYING /var/log/libvirt/qemu/guest-serial.log; do"
                  + " sleep 0.2; done; sleep 8'")
          .orFail("the guest writes");
    }
  }

  private record Real(long millis, long pauseMillis, String sent) {
    boolean converged() {
      return millis < PATIENCE * 1000L;
    }
  }

  private static Real migrate(Lab lab) {
    lab.on(
            Duration.ofMinutes(3),
            Lab.A,
            "virsh -q migrate --live --p2p --timeout %d --timeout-suspend guest qemu+ssh://hostB/system"
                .formatted(PATIENCE))
        .orFail("virsh migrate");
    String job = lab.must(Lab.B, "virsh domjobinfo guest --completed");
    return new Real(
        number(job, "Time elapsed"),
        number(job, "Total downtime"),
        Long.toString(number(job, "Data processed")));
  }

  private static long number(String job, String field) {
    Matcher matcher = Pattern.compile(field + ":\\s+([0-9]+)").matcher(job);
    assertThat(matcher.find()).as(field + " in " + job).isTrue();
    return Long.parseLong(matcher.group(1));
  }

  private static String seconds(long millis) {
    return millis < 0 ? "-" : String.format(Locale.ROOT, "%.1f", millis / 1000.0);
  }

  private static String mib(JsonNode forecast, String field) {
    return String.format(Locale.ROOT, "%.0f", forecast.path(field).asLong() / MIB);
  }
}
