package studbook.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.BackfillFixture;
import studbook.faults.proxy.PostgresProxy;
import studbook.faults.proxy.PostgresProxy.Refusal;

/** The dashboard while the database is unavailable, and with several services. */
class DashboardOutageTest {

  /** A login is tried for ten seconds. */
  private static final double NOTICED_WITHIN = 20_000;

  private static final double COMES_BACK_WITHIN = 40_000;

  @RegisterExtension static final BrowserExtension BROWSER = new BrowserExtension();

  @TempDir private Path folder;

  @Test
  void pagesSayThatTheDatabaseIsUnavailableAndComeBack() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(20, folder).imported()) {
      URI database = URI.create(fixture.database.libpqUri());
      try (PostgresProxy proxy = PostgresProxy.to(database.getPort())) {
        fixture.cli.with(
            "DATABASE_URL",
            database.toString().replace(":" + database.getPort(), ":" + proxy.port()));
        watchAnOutage(fixture, proxy);
      }
    }
  }

  private static void watchAnOutage(BackfillFixture fixture, PostgresProxy proxy) throws Exception {
    try (DashboardFixture dashboard = DashboardFixture.within(fixture)) {
      Page watching = BROWSER.page();
      watching.navigate(dashboard.url);
      assertThat(watching.locator("main")).containsText("There is no run yet.");
      proxy.refuse(new Refusal("57P03", "the database system is starting up"));
      assertThat(watching.locator("#connection"))
          .containsText(
              "The database is unavailable: the database system is starting up",
              new LocatorAssertions.ContainsTextOptions().setTimeout(NOTICED_WITHIN));
      Page opened = BROWSER.page();
      Response answer = opened.navigate(dashboard.url + "/runs");
      assertThat(answer.status()).isEqualTo(503);
      assertThat(opened.locator("h1")).hasText("Database unavailable");
      proxy.heal();
      assertThat(watching.locator("#connection"))
          .isHidden(new LocatorAssertions.IsHiddenOptions().setTimeout(COMES_BACK_WITHIN));
      assertThat(opened.locator("h1"))
          .hasText("Runs", new LocatorAssertions.HasTextOptions().setTimeout(COMES_BACK_WITHIN));
    }
  }

  /** Logs in and acts through a proxy, so that consecutive requests reach different services. */
  private static Page useBoth(AlternatingProxy proxy) {
    Page page = BROWSER.page();
    page.navigate(proxy.url() + "/schedules");
    page.fill("#name", "anna");
    page.fill("#password", DashboardFixture.PASSWORD);
    page.click("form.login button");
    page.click("[aria-label='Disable links']");
    assertThat(page.locator(".notice.good")).containsText("links is disabled");
    page.click("[aria-label='Enable links']");
    assertThat(page.locator(".notice.good")).containsText("links is enabled");
    page.click("text=Overview");
    assertThat(page.locator("main")).containsText("There is no run yet.");
    return page;
  }

  @Test
  void sessionsAreKnownToEveryServiceAndSurviveARestart() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(5, folder)) {
      assertThat(fixture.cli.run("init").code()).isZero();
      DashboardFixture.addUsers(fixture);
      String cookie;
      try (DashboardFixture second = DashboardFixture.within(fixture)) {
        try (DashboardFixture first = DashboardFixture.start(fixture, "first-");
            AlternatingProxy proxy = new AlternatingProxy(first, second)) {
          cookie = first.cookie("victor");
          assertThat(second.get("/runs", "Cookie", cookie).statusCode()).isEqualTo(200);
          Page page = useBoth(proxy);
          first.kill();
          page.navigate(proxy.url());
          assertThat(page.locator("#connection")).isHidden();
          page.click("nav >> text=Schedules");
          assertThat(page.locator("h1")).hasText("Schedules");
        }
      }
      try (DashboardFixture again = DashboardFixture.within(fixture)) {
        assertThat(again.get("/runs", "Cookie", cookie).statusCode()).isEqualTo(200);
      }
    }
  }
}
