package studbook.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.BackfillFixture;

/** What holds for every page. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryPageTest {

  private static final int MOST_BYTES = 100_000;

  @RegisterExtension static final BrowserExtension BROWSER = new BrowserExtension();

  private final BackfillFixture fixture;
  private final DashboardFixture dashboard;
  private final List<String> paths;

  EveryPageTest(@TempDir Path folder) throws Exception {
    fixture = new BackfillFixture(60, folder).imported().failEveryThird("500:1");
    fixture.cli.run("backfill", "--rate", "unlimited", "--no-racecards");
    fixture.sql(
        """
        INSERT INTO studbook.review (horse_id, field, old_value, new_value, source)
        SELECT horse_id, 'name', name, 'Another', 'pro' FROM ra_horses ORDER BY horse_id LIMIT 2;
        INSERT INTO studbook.change (horse_id, column_name, new_value, source)
        SELECT horse_id, 'colour', 'bay', 'pro' FROM ra_horses LIMIT 1;
        INSERT INTO studbook.api_drift (endpoint, path, kind, detail, occurrence_count, example)
        VALUES ('pro', 'shoe', 'unknown_field', 'string', 7, 'steel')
        """);
    List<String> parents =
        fixture.list(
            "SELECT horse_id FROM ra_horse_pedigree WHERE sire_id IS NOT NULL ORDER BY horse_id LIMIT 2");
    paths =
        List.of(
            "/",
            "/runs",
            "/runs/1",
            "/horses",
            "/horses?q=be",
            "/horses/" + parents.getFirst(),
            "/mating?sire=%s&dam=%s".formatted(parents.getFirst(), parents.getLast()),
            "/quality",
            "/errors",
            "/review",
            "/changes",
            "/schedules",
            "/drift",
            "/login",
            "/nothing");
    dashboard = DashboardFixture.within(fixture);
    // Counted in the background, so a first page may be without them.
    dashboard.awaitText("/", "Oldest confirmation");
    dashboard.awaitText("/quality", "id=\"criteria\"");
    dashboard.awaitText("/runs/1", "Response time in seconds");
  }

  @AfterAll
  void close() {
    dashboard.close();
    fixture.close();
  }

  /**
   * Headings, names of figures, and cells; not those with a time, which a script shows in another
   * zone.
   */
  private static List<String> told(Page page) {
    return Stream.of(
            "main h1, main h2",
            "main th:not(:has(time))",
            "main dt",
            "main td:not(:has(time))",
            "main p code")
        .flatMap(kind -> page.locator(kind).allTextContents().stream())
        .map(text -> text.replaceAll("\\s+", " ").strip())
        .toList();
  }

  @Test
  void everyPageTellsTheSameWithoutScripts() {
    Page scripted = BROWSER.page();
    Page plain = BROWSER.page(new Browser.NewContextOptions().setJavaScriptEnabled(false));
    for (String path : paths) {
      scripted.navigate(dashboard.url + path);
      plain.navigate(dashboard.url + path);
      assertThat(told(plain)).as(path).isNotEmpty().isEqualTo(told(scripted));
    }
    plain.navigate(dashboard.url);
    plain.click("h2 >> text=Run 1");
    assertThat(plain.locator(".state").first()).hasText("finished");
    assertThat(plain.locator("svg.outcomes rect.outcome-failed")).hasCount(1);
    assertThat(plain.locator(".legend")).containsText(Pattern.compile("failed\\s+20"));
    assertThat(plain.locator("figure.chart polyline").first()).isAttached();
  }

  @Test
  void pagesAreAccessibleAndFitAPhone() {
    Page page = BROWSER.page(new Browser.NewContextOptions().setViewportSize(360, 740));
    for (String path : paths) {
      page.navigate(dashboard.url + path);
      assertThat(violations(page)).as(path).isEmpty();
      assertThat(page.evaluate("document.documentElement.scrollWidth")).as(path).isEqualTo(360);
    }
  }

  private static List<String> violations(Page page) {
    return new AxeBuilder(page)
            .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"))
            .analyze()
            .getViolations()
            .stream()
            .map(Rule::toString)
            .toList();
  }

  @Test
  void everyFigureIsExplainedOnHoverAndOnFocus() {
    Page page = BROWSER.page();
    int figures = 0;
    for (String path : paths) {
      page.navigate(dashboard.url + path);
      for (int i = 0; i < page.locator("dl.figures dt").count(); i++) {
        Locator hint = page.locator("dl.figures dt").nth(i).locator(".hint");
        hint.focus();
        assertThat(hint.locator(".tip")).isVisible();
        assertThat(hint.locator(".tip")).hasText(Pattern.compile(".{12,}"));
        page.keyboard().press("Escape");
        assertThat(hint.locator(".tip")).isHidden();
        figures++;
      }
    }
    page.navigate(dashboard.url);
    page.locator("dl.figures .hint").first().hover();
    assertThat(page.locator("dl.figures .tip").first()).isVisible();
    assertThat(figures).isGreaterThan(20);
  }

  @Test
  void nothingMovesForThoseWhoPreferThat() {
    Page page =
        BROWSER.page(new Browser.NewContextOptions().setReducedMotion(ReducedMotion.REDUCE));
    page.navigate(dashboard.url + "/runs/1");
    assertThat(
            page.evaluate(
                """
                () => {
                  const moving = (rules) => [...rules].filter((rule) =>
                    rule instanceof CSSMediaRule
                      ? matchMedia(rule.conditionText).matches && moving(rule.cssRules).length > 0
                      : /transition|animation|scroll-behavior/.test(rule.cssText));
                  return [...document.styleSheets]
                    .filter((sheet) => sheet.href.endsWith("dashboard.css"))
                    .flatMap((sheet) => moving(sheet.cssRules)).length;
                }
                """))
        .isEqualTo(0);
  }

  @Test
  void theFirstPageWithAllItNeedsIsSmall() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<byte[]> page = compressed(client, "/");
      List<String> needed = new ArrayList<>();
      Pattern.compile("(?:src|href)=\"(/assets/[^\"]+)\"")
          .matcher(dashboard.get("/").body())
          .results()
          .map(found -> found.group(1))
          .forEach(needed::add);
      assertThat(needed).hasSize(7);
      long bytes = page.body().length;
      for (String asset : needed) {
        bytes += compressed(client, asset).body().length;
      }
      assertThat(bytes).isLessThanOrEqualTo(MOST_BYTES);
    }
  }

  private HttpResponse<byte[]> compressed(HttpClient client, String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(dashboard.url + path))
            .header("Accept-Encoding", "gzip")
            .build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }
}
