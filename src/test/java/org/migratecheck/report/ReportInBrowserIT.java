package org.migratecheck.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;

/** The page as a real browser shows it. */
@Tag("browser")
final class ReportInBrowserIT {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static ChromeDriver browser;

  @TempDir static Path directory;

  @BeforeAll
  static void start() {
    Assumptions.assumeTrue(
        Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
        "needs Chromium and its driver: apt-get install chromium chromium-driver");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM.toString());
    options.addArguments(
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage");
    browser =
        new ChromeDriver(
            new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build(),
            options);
    browser.manage().timeouts().pageLoadTimeout(Duration.ofSeconds(30));
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.quit();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {360, 768, 1280})
  void nothingHangsOutOfThePage(int width) throws Exception {
    open(width, RenderingTest.report("db01".repeat(60)));
    assertThat(number("document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(number("window.innerWidth"));
  }

  @Test
  void theVerdictIsSeenWithoutScrolling() throws Exception {
    open(1280, RenderingTest.report("db01"));
    WebElement verdict = browser.findElement(By.cssSelector("h1"));
    assertThat(verdict.getText()).contains("NOT READY");
    assertThat(verdict.getRect().getY()).isLessThan(100);
  }

  @Test
  void hostileTextRunsNothingAndLoadsNothing() throws Exception {
    open(1280, RenderingTest.report(RenderingTest.HOSTILE));
    assertThat(browser.findElements(By.cssSelector("script, img, link, iframe"))).isEmpty();
    assertThat(browser.findElements(By.cssSelector("[onmouseover]"))).isEmpty();
    assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
    assertThat(browser.findElement(By.tagName("body")).getText()).contains("<script>alert(1)");
  }

  @Test
  void everyLinkInsideThePageHasItsTarget() throws Exception {
    open(1280, RenderingTest.report("db01"));
    List<WebElement> links = browser.findElements(By.cssSelector("a[href^='#']"));
    assertThat(links).isNotEmpty();
    for (WebElement link : links) {
      String id = link.getDomAttribute("href").substring(1);
      assertThat(browser.findElements(By.id(id))).as(id).hasSize(1);
    }
  }

  @Test
  void printingHidesNothing() throws Exception {
    open(1280, RenderingTest.report("db01"));
    browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "print"));
    try {
      for (WebElement row : browser.findElements(By.cssSelector("details tbody tr"))) {
        assertThat(row.getRect().getHeight()).isPositive();
      }
    } finally {
      browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", ""));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void textStandsOutFromItsGround(String scheme) throws Exception {
    open(1280, RenderingTest.report("db01"));
    browser.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    for (String selector :
        List.of("body", ".tag.s-fail", ".tag.s-error", ".dim", "td.s-pass", "td.s-fail", "a")) {
      assertThat(contrast(selector)).as(scheme + " " + selector).isGreaterThanOrEqualTo(4.5);
    }
  }

  /** WCAG 2 contrast ratio of the first element of {@code selector} against its background. */
  private static double contrast(String selector) {
    Object ratio =
        browser.executeScript(
            """
            const rgb = c => c.match(/[0-9.]+/g).map(Number);
            const lum = c => { const f = v => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
              return 0.2126 * f(c[0]) + 0.7152 * f(c[1]) + 0.0722 * f(c[2]); };
            const e = document.querySelector(arguments[0]);
            let g = e, bg;
            do { bg = rgb(getComputedStyle(g).backgroundColor); g = g.parentElement; } while (bg.length == 4 && bg[3] == 0 && g);
            const a = lum(rgb(getComputedStyle(e).color)), b = lum(bg);
            return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
            """,
            selector);
    return ((Number) ratio).doubleValue();
  }

  private static void open(int width, org.migratecheck.model.Report report) throws Exception {
    Path file = Files.createTempFile(directory, "report", ".html");
    Files.writeString(file, new HtmlReport(Path.of("templates")).render(report));
    browser.manage().window().setSize(new Dimension(width, 900));
    browser.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    browser.get(file.toUri().toString());
  }

  private static long number(String expression) {
    return ((Number) browser.executeScript("return " + expression)).longValue();
  }
}
