package studbook.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.BackfillFixture;
import studbook.faults.environment.Await;

/** The overview and the pages of runs in a browser, beside a run on the simulated API. */
class DashboardRunTest {

  @RegisterExtension static final BrowserExtension BROWSER = new BrowserExtension();

  @TempDir private Path folder;

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
  void anOperatorFollowsPausesAndCancelsARun() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(300, folder).imported();
        DashboardFixture dashboard = start(fixture)) {
      Process run =
          fixture.cli.start(
              "run-", List.of(), "backfill", "--rate", "5", "--no-racecards", "--yes");
      try {
        Page page = BROWSER.page(dashboard, "anna");
        page.click("h2 >> text=Run 1");
        assertThat(page.locator(".state").first()).hasText("running");
        String before =
            page.locator("[aria-describedby=hint-completed] >> xpath=../../dd[1]").textContent();
        assertThat(page.locator("[aria-describedby=hint-completed] >> xpath=../../dd[1]"))
            .not()
            .hasText(before);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Pause")).click();
        assertThat(page.locator(".notice.good")).containsText("pause requested");
        assertThat(page.locator(".state").first()).hasText("paused");
        assertThat(page.locator(".reason")).containsText("paused by");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Resume")).click();
        assertThat(page.locator(".state").first()).hasText("running");
        page.click("summary:has-text('Cancel')");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Cancel run 1"))
            .click();
        assertThat(page.locator(".state").first()).hasText("cancelled");
        assertThat(run.waitFor(20, TimeUnit.SECONDS)).isTrue();
      } finally {
        run.destroyForcibly();
      }
      assertThat(
              fixture.list(
                  "SELECT operator || ' ' || command FROM studbook.operator_action ORDER BY action_id"))
          .containsExactly("anna pause", "anna resume", "anna cancel --yes");
    }
  }

  @Test
  void aBackfillServesItsDashboard() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(40, folder).imported();
        HttpClient client = HttpClient.newHttpClient()) {
      fixture.cli.with("STUDBOOK_LISTEN", "127.0.0.1:0");
      Process run =
          fixture.cli.start(
              "run-",
              List.of(),
              "backfill",
              "--rate",
              "5",
              "--no-racecards",
              "--yes",
              "--dashboard");
      try {
        Path out = folder.resolve("run-out.txt");
        Pattern line = Pattern.compile("Dashboard: (\\S+)");
        Await.until("the address", () -> line.matcher(DashboardFixture.read(out)).find());
        Matcher url = line.matcher(DashboardFixture.read(out));
        assertThat(url.find()).isTrue();
        Await.until(
            "the run's page",
            () -> fixture.count("SELECT count(*) FROM studbook.run WHERE state = 'running'") == 1);
        HttpRequest page = HttpRequest.newBuilder(URI.create(url.group(1) + "/runs/1")).build();
        assertThat(client.send(page, HttpResponse.BodyHandlers.ofString()).body())
            .contains("<h1>Run 1</h1>", "running");
        assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(run.exitValue()).isZero();
      } finally {
        run.destroyForcibly();
      }
    }
  }

  private static DashboardFixture start(BackfillFixture fixture) throws Exception {
    DashboardFixture.addUsers(fixture);
    return DashboardFixture.start(fixture, "serve-");
  }

  @Test
  void pagesTellEverythingWithoutScripts() throws Exception {
    try (BackfillFixture fixture = ended();
        DashboardFixture dashboard = DashboardFixture.start(fixture, "serve-")) {
      Page page = BROWSER.page(new Browser.NewContextOptions().setJavaScriptEnabled(false));
      page.navigate(dashboard.url);
      assertThat(page.locator("main")).containsText("60");
      page.click("h2 >> text=Run 1");
      assertThat(page.locator(".state").first()).hasText("finished");
      assertThat(page.locator("svg.outcomes rect.outcome-failed")).hasCount(1);
      assertThat(page.locator(".legend")).containsText(Pattern.compile("failed\\s+20"));
      assertThat(page.locator("figure.chart polyline").first()).isAttached();
    }
  }

  private BackfillFixture ended() throws Exception {
    BackfillFixture fixture = new BackfillFixture(60, folder).imported().failEveryThird("500:1");
    fixture.cli.run("backfill", "--rate", "unlimited", "--no-racecards");
    return fixture;
  }

  @Test
  void pagesAreAccessibleAndFitAPhone() throws Exception {
    try (BackfillFixture fixture = ended();
        DashboardFixture dashboard = DashboardFixture.start(fixture, "serve-")) {
      Page page = BROWSER.page(new Browser.NewContextOptions().setViewportSize(360, 740));
      for (String path :
          List.of(
              "/",
              "/runs",
              "/runs/1",
              "/errors",
              "/changes",
              "/schedules",
              "/drift",
              "/quality",
              "/horses?q=be",
              "/mating",
              "/login",
              "/nothing")) {
        page.navigate(dashboard.url + path);
        assertThat(violations(page)).as(path).isEmpty();
        assertThat(page.evaluate("document.documentElement.scrollWidth")).as(path).isEqualTo(360);
      }
    }
  }

  @Test
  void anEmptyDatabaseSaysWhatToDo() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(5, folder)) {
      assertThat(fixture.cli.run("init").code()).isZero();
      try (DashboardFixture dashboard = DashboardFixture.start(fixture, "serve-")) {
        Page page = BROWSER.page();
        page.navigate(dashboard.url);
        assertThat(page.locator("main")).containsText("studbook import horses.csv");
        assertThat(page.locator("main")).containsText("There is no run yet.");
        page.click("nav >> text=Runs");
        assertThat(page.locator("main")).containsText("There is no run yet.");
      }
    }
  }

  @Test
  void aLostConnectionShowsAndEnds() throws Exception {
    try (BackfillFixture fixture = ended()) {
      Page page = BROWSER.page();
      int port;
      try (DashboardFixture dashboard = DashboardFixture.start(fixture, "serve-")) {
        port = URI.create(dashboard.url).getPort();
        page.navigate(dashboard.url);
        assertThat(page.locator("#connection")).isHidden();
      }
      assertThat(page.locator("#connection")).isVisible();
      try (DashboardFixture _ =
          DashboardFixture.start(fixture, "again-", "--listen", "127.0.0.1:" + port)) {
        assertThat(page.locator("#connection"))
            .isHidden(new LocatorAssertions.IsHiddenOptions().setTimeout(30_000));
      }
    }
  }
}
