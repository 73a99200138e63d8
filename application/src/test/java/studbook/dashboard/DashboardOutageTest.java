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
    try (DashboardFixture dashboard = DashboardFixture.start(fixture, "serve-")) {
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

  @Test
  void sessionsAreKnownToEveryServiceAndSurviveARestart() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(5, folder)) {
      assertThat(fixture.cli.run("init").code()).isZero();
      DashboardFixture.addUsers(fixture);
      String cookie;
      try (DashboardFixture first = DashboardFixture.start(fixture, "first-");
          DashboardFixture second = DashboardFixture.start(fixture, "second-")) {
        cookie = first.cookie("victor");
        assertThat(second.get("/runs", "Cookie", cookie).statusCode()).isEqualTo(200);
      }
      try (DashboardFixture again = DashboardFixture.start(fixture, "again-")) {
        assertThat(again.get("/runs", "Cookie", cookie).statusCode()).isEqualTo(200);
      }
    }
  }
}
