package studbook.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
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

  /** Figures are sent each second; the machine may be busy. */
  private static final double LIVE_WITHIN = 3_000;

  /** A worker records its requests with its heartbeat, every five seconds. */
  private static final double HEARTBEAT_WITHIN = 3 * 5_000;

  /** How far anything has moved that was there before, as browsers measure it. */
  private static final String MEASURE_SHIFTS =
      """
      window.shifted = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
      }).observe({ type: "layout-shift", buffered: true });
      """;

  @RegisterExtension static final BrowserExtension BROWSER = new BrowserExtension();

  @TempDir private Path folder;

  @Test
  void anOperatorStartsFollowsPausesAndCancelsARun() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(300, folder).imported()) {
      fixture.cli.with("RACING_API_RATE", "5");
      DashboardFixture.addUsers(fixture);
      try (DashboardFixture dashboard = DashboardFixture.within(fixture)) {
        Page page = BROWSER.page();
        page.addInitScript(MEASURE_SHIFTS);
        logIn(page, dashboard);
        start(page, fixture);
        page.navigate(dashboard.url);
        follow(page);
        page.click("h2 >> text=Run 1");
        follow(page);
        followWorkers(page, fixture);
        page.reload();
        assertThat(page.locator("[data-chart=rate] .plot canvas")).isVisible();
        page.waitForResponse("**/runs/1/history", () -> {}); // a new sample is drawn
        pauseElsewhere(page, fixture);
        end(page);
      }
      assertThat(
              fixture.list(
                  "SELECT operator || ' ' || command FROM studbook.operator_action ORDER BY action_id"))
          .containsExactly(
              "anna backfill --non-interactive", "anna resume", "anna pause", "anna cancel --yes");
    }
  }

  private static void logIn(Page page, DashboardFixture dashboard) {
    page.navigate(dashboard.url + "/runs");
    page.fill("#name", "anna");
    page.fill("#password", DashboardFixture.PASSWORD);
    page.click("text=Log in >> nth=-1");
    page.waitForURL(dashboard.url + "/runs");
  }

  private static void start(Page page, BackfillFixture fixture) throws Exception {
    page.click("text=Start a backfill…");
    assertThat(page.locator("section:has(#plan) pre")).containsText("300 horses");
    page.click("text=Start the backfill");
    assertThat(page.locator(".notice.good")).containsText("backfill --non-interactive: started");
    Await.until(
        "the run",
        () -> fixture.count("SELECT count(DISTINCT sampled_at) FROM studbook.run_sample") >= 2);
  }

  /** The figures change without a reload, and nothing else moves. */
  private static void follow(Page page) {
    Locator completed =
        page.locator("[aria-describedby=hint-completed] >> xpath=../../dd[1]").first();
    assertThat(page.locator(".state").first()).hasText("running");
    assertThat(page.locator("#connection")).isHidden();
    page.waitForLoadState();
    Locator hint = page.locator("[aria-describedby=hint-completed]").first();
    hint.focus();
    Object places = places(page);
    page.evaluate("window.shifted = 0");
    for (int i = 0; i < 2; i++) {
      String before = completed.textContent();
      assertThat(completed).not().hasText(before);
    }
    assertThat(hint).isFocused();
    assertThat(((Number) page.evaluate("window.shifted")).doubleValue()).isZero();
    assertThat(places(page)).isEqualTo(places);
  }

  /** Workers and events change without a reload, also while the state of the run does not. */
  private static void followWorkers(Page page, BackfillFixture fixture) {
    Locator workers = page.locator("[aria-labelledby=workers][tabindex]");
    workers.focus();
    Locator requests = workers.locator("tbody td.number");
    assertThat(requests)
        .not()
        .hasText(
            requests.textContent(),
            new LocatorAssertions.HasTextOptions().setTimeout(HEARTBEAT_WITHIN));
    fixture.sql(
        "INSERT INTO studbook.run_event (run_id, event, detail) VALUES (1, 'limit_restored', 'just now')");
    assertThat(page.locator("section:has(#events) tbody tr").first()).containsText("just now");
    assertThat(workers).isFocused();
  }

  private static Object places(Page page) {
    return page.evaluate(
        "[...document.querySelectorAll('main h2')].map(h => h.id + ' ' + h.getBoundingClientRect().top)");
  }

  /** Somebody pauses it by the command line; the page that is open says so by itself. */
  private static void pauseElsewhere(Page page, BackfillFixture fixture) {
    assertThat(fixture.cli.run("pause").code()).isZero();
    assertThat(page.locator(".reason"))
        .containsText(
            "paused by", new LocatorAssertions.ContainsTextOptions().setTimeout(LIVE_WITHIN));
    assertThat(page.locator(".state").first()).hasText("paused");
    assertThat(button(page, "Resume")).isVisible();
    assertThat(button(page, "Pause")).hasCount(0);
    assertThat(page.locator("section:has(#events) tbody tr").first()).containsText("paused");
  }

  private static void end(Page page) {
    button(page, "Resume").click();
    assertThat(page.locator(".state").first()).hasText("running");
    button(page, "Pause").click();
    assertThat(page.locator(".notice.good")).containsText("pause requested");
    assertThat(page.locator(".state").first()).hasText("paused");
    page.click("summary:has-text('Cancel')");
    button(page, "Cancel run 1").click();
    assertThat(page.locator(".state").first()).hasText("cancelled");
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  @Test
  void aBackfillServesItsDashboard() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(20, folder).imported();
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

  @Test
  void anEmptyDatabaseSaysWhatToDo() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(5, folder)) {
      assertThat(fixture.cli.run("init").code()).isZero();
      try (DashboardFixture dashboard = DashboardFixture.within(fixture)) {
        Page page = BROWSER.page();
        page.navigate(dashboard.url);
        assertThat(page.locator("main")).containsText("studbook import horses.csv");
        assertThat(page.locator("main")).containsText("There is no run yet.");
        assertThat(page.locator("section:has(#attention)")).containsText("Nothing");
        page.click("nav >> text=Runs");
        assertThat(page.locator("main")).containsText("There is no run yet.");
      }
    }
  }

  @Test
  void whatNeedsAPersonAppearsAndNothingMoves() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(5, folder).imported();
        DashboardFixture dashboard = DashboardFixture.within(fixture)) {
      Page page = BROWSER.page();
      page.addInitScript(MEASURE_SHIFTS);
      page.navigate(dashboard.url);
      assertThat(page.locator("section:has(#attention)")).containsText("Nothing");
      page.waitForLoadState();
      Object places = places(page);
      page.evaluate("window.shifted = 0");
      fixture.sql(
          """
          INSERT INTO studbook.review (horse_id, field, old_value, new_value, source)
          SELECT horse_id, 'name', name, 'Another', 'pro' FROM ra_horses
          """);
      fixture.sql(
          """
          INSERT INTO studbook.job_occurrence (job, due_at, process, ended_at, result, message)
          SELECT job, now(), 'here', now(), 'failed', repeat('a long reason ', 20) FROM unnest(ARRAY['archive', 'validate', 'links']) job
          """);
      assertThat(page.locator("section:has(#attention) li")).hasCount(4);
      assertThat(((Number) page.evaluate("window.shifted")).doubleValue()).isZero();
      assertThat(places(page)).isEqualTo(places);
    }
  }

  @Test
  void aLongListOfRunsHasPages() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(2, folder).imported()) {
      assertThat(fixture.cli.run("backfill", "--rate", "unlimited", "--no-racecards").code())
          .isZero();
      fixture.sql(
          """
          INSERT INTO studbook.run (kind, state, owner_worker_id, version, horses_before, enriched_before, pedigrees_before)
          SELECT 'refresh', 'cancelled', owner_worker_id, version, 2, 2, 2 FROM studbook.run, generate_series(1, 60)
          """);
      try (DashboardFixture dashboard = DashboardFixture.within(fixture)) {
        Page page = BROWSER.page();
        page.navigate(dashboard.url + "/runs");
        assertThat(page.locator("tbody tr")).hasCount(50);
        page.click("text=Next page");
        assertThat(page.locator("tbody tr")).hasCount(11);
        assertThat(page.locator("tbody tr").last()).containsText("100.0%");
        page.navigate(dashboard.url + "/runs?page=3");
        assertThat(page.locator("main")).containsText("There is no further run.");
      }
    }
  }

  @Test
  void aLostConnectionShowsAndEnds() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(5, folder)) {
      assertThat(fixture.cli.run("init").code()).isZero();
      Page page = BROWSER.page();
      int port;
      try (DashboardFixture dashboard = DashboardFixture.within(fixture)) {
        port = URI.create(dashboard.url).getPort();
        page.navigate(dashboard.url);
        assertThat(page.locator("#connection")).isHidden();
      }
      assertThat(page.locator("#connection")).isVisible();
      try (DashboardFixture _ = DashboardFixture.within(fixture, "--listen", "127.0.0.1:" + port)) {
        assertThat(page.locator("#connection"))
            .isHidden(new LocatorAssertions.IsHiddenOptions().setTimeout(30_000));
      }
    }
  }
}
