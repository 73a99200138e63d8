package studbook.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.BackfillFixture;
import studbook.faults.environment.Await;
import studbook.quality.Checks;
import studbook.quality.PercentFormat;

/** Schedules, differences of the API, the quality, and the report of a run in a browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SchedulesPageTest {

  @RegisterExtension static final BrowserExtension browser = new BrowserExtension();

  private final BackfillFixture fixture;
  private final DashboardFixture dashboard;

  SchedulesPageTest(@TempDir Path folder) throws Exception {
    fixture = new BackfillFixture(30, folder).imported();
    assertThat(fixture.cli.run("backfill", "--rate", "unlimited", "--no-racecards").code())
        .isZero();
    DashboardFixture.addUsers(fixture);
    dashboard = DashboardFixture.within(fixture);
  }

  @AfterAll
  void close() {
    dashboard.close();
    fixture.close();
  }

  private static void assertAccessible(Page page) {
    assertThat(
            new AxeBuilder(page)
                .withTags(List.of("wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"))
                .analyze()
                .getViolations())
        .isEmpty();
  }

  private static Locator row(Page page, String job) {
    return row(page, "jobs", job);
  }

  private static Locator row(Page page, String heading, String text) {
    return page.locator("section:has(#%s) tbody tr".formatted(heading))
        .filter(new Locator.FilterOptions().setHasText(text));
  }

  @Test
  void aJobIsDisabledEnabledAndRun() throws Exception {
    Page page = browser.page(dashboard, "anna");
    page.navigate(dashboard.url + "/schedules");
    assertThat(page.locator("section:has(#jobs) tbody tr")).hasCount(7);
    assertThat(row(page, "archive")).containsText("0 4 2 * *");
    assertThat(row(page, "archive")).containsText("never");
    assertAccessible(page);
    row(page, "archive").getByText("Disable").click();
    assertThat(page.locator(".notice.good")).containsText("archive is disabled");
    assertThat(row(page, "archive")).containsText("disabled");
    row(page, "archive").getByText("Enable").click();
    assertThat(row(page, "archive")).containsText("enabled");
    row(page, "archive").getByText("Run now").click();
    assertThat(page.locator(".notice.good")).containsText("schedule run archive: started");
    Await.until(
        "the job's end",
        () ->
            fixture.count("SELECT count(*) FROM studbook.job_occurrence WHERE ended_at IS NOT NULL")
                == 1);
    page.navigate(dashboard.url + "/schedules");
    assertThat(row(page, "archive").locator(".state")).hasText("done");
    assertThat(row(page, "archive")).containsText("by hand");
  }

  @Test
  void viewersSeeTheJobsWithoutButtons() throws Exception {
    Page page = browser.page(dashboard, "victor");
    page.navigate(dashboard.url + "/schedules");
    assertThat(page.locator("section:has(#jobs) tbody tr")).hasCount(7);
    assertThat(page.locator("main button")).hasCount(0);
    Map<String, String> headers = dashboard.formHeaders("victor");
    for (String change : List.of("run", "enable", "disable")) {
      assertThat(dashboard.post("/schedules/links/" + change, headers, "").statusCode())
          .isEqualTo(403);
    }
  }

  @Test
  void differencesOfTheApiAreListedHarmlessly() {
    Page page = browser.page(dashboard, "victor");
    page.navigate(dashboard.url + "/drift");
    assertThat(page.locator("main")).containsText("had nothing unknown");
    fixture.sql(
        """
        INSERT INTO studbook.api_drift (endpoint, path, kind, detail, occurrence_count, example)
        VALUES ('pro', '$.<b>silk</b>', 'unknown_field', '', 1234, '<img src=x onerror=alert(1)>')
        """);
    page.reload();
    assertThat(page.locator("tbody tr")).containsText("1,234");
    assertThat(page.locator("tbody tr")).containsText("<img src=x onerror=alert(1)>");
    assertThat(page.locator("main b, main img")).hasCount(0);
    assertAccessible(page);
  }

  @Test
  void theReportOfARunIsStyledAndRunsNoScripts() throws Exception {
    HttpResponse<String> report =
        dashboard.get("/runs/1/report", "Cookie", dashboard.session("victor"));
    Optional<String> policy = report.headers().firstValue("Content-Security-Policy");
    assertThat(policy.orElse(""))
        .startsWith("default-src 'none'; style-src 'sha256-")
        .doesNotContain("script", "unsafe");
    assertThat(dashboard.get("/runs/9/report", "Cookie", dashboard.session("victor")).statusCode())
        .isEqualTo(404);
    Page page = browser.page(dashboard, "victor");
    page.navigate(dashboard.url + "/runs/1");
    page.click("text=Report");
    assertThat(page.locator("h1")).containsText("run 1");
    assertThat(
            page.locator("h1")
                .evaluate("h => getComputedStyle(document.querySelector('.house')).color"))
        .as("the style of the report applies")
        .isNotEqualTo("rgb(0, 0, 0)");
    assertAccessible(page);
  }

  @Test
  void theQualityOfTheRowsIsComputedOnceAndKeptAfterEachRun() {
    fixture.sql(
        """
        TRUNCATE studbook.check_result;
        INSERT INTO ra_horses (horse_id, name, dob) VALUES ('x_1', 'Stray One', '2019-03-04'), ('x_2', 'Stray Two', '2018-03-04');
        UPDATE ra_horses SET sex_code = '<b>' WHERE horse_id IN
          (SELECT horse_id FROM ra_horses WHERE sex_code IS NOT NULL ORDER BY horse_id COLLATE "C" LIMIT 7)
        """);
    List<String> horses =
        fixture.list(
            "SELECT horse_id FROM ra_horses WHERE sex_code = '<b>' ORDER BY horse_id COLLATE \"C\" LIMIT 5");
    Page page = browser.page(dashboard, "victor");
    page.navigate(dashboard.url + "/quality");
    assertThat(page.locator("#criteria")).hasText("Success criteria");
    Locator check = row(page, "checks", "none of");
    assertThat(check.locator(".state")).hasText("fail");
    assertThat(check.locator("a")).hasText(horses.toArray(String[]::new));
    assertThat(check.locator("a").last()).hasAttribute("href", "/horses/" + horses.getLast());
    assertThat(row(page, "checks", "wrong prefix").locator("a"))
        .hasText(new String[] {"x_1", "x_2"});
    assertThat(page.locator("main")).containsText("A chart follows after two finished runs.");
    String computed = page.locator(".facts time").getAttribute("datetime");
    fixture.sql("UPDATE ra_horses SET sex_code = 'C' WHERE sex_code = '<b>'");
    page.reload();
    assertThat(page.locator(".facts time")).hasAttribute("datetime", computed);
    assertThat(check.locator(".state")).hasText("fail");
    refresh();
    fixture.sql("DELETE FROM ra_horses WHERE horse_id = 'x_2'");
    refresh();
    page.reload();
    assertThat(page.locator("figure svg"))
        .hasAttribute(
            "aria-label", Pattern.compile("Quality score after each run\\. score: last .*"));
    assertAccessible(page);
    Page plain =
        browser.page(
            dashboard, "victor", new Browser.NewContextOptions().setJavaScriptEnabled(false));
    plain.navigate(dashboard.url + "/quality");
    assertThat(plain.locator("section:has(#history) thead a")).hasCount(2);
    assertThat(plain.locator("section:has(#history) tbody tr")).hasCount(Checks.ALL.size() + 1);
    long rows = fixture.count("SELECT max(row_count) FROM studbook.check_result");
    String before = PercentFormat.text(200.0 / rows);
    String after = PercentFormat.text(100.0 / (rows - 1));
    Locator history = row(plain, "history", "wrong prefix");
    assertThat(history.locator("td.number")).hasText(new String[] {before, after});
    assertThat(history.locator("svg polyline")).hasAttribute("points", "3.0,3.0 117.0,21.0");
    assertThat(history.locator("svg"))
        .hasAttribute(
            "aria-label",
            "id with a wrong prefix over 2 runs: first %1$s, last %2$s, lowest %2$s, highest %1$s"
                .formatted(before, after));
  }

  private void refresh() {
    assertThat(
            fixture
                .cli
                .run("refresh", "--older-than", "0d", "--non-interactive", "--rate", "unlimited")
                .code())
        .isZero();
  }
}
