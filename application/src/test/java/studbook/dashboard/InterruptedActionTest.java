package studbook.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.BackfillFixture;
import studbook.faults.environment.Await;

/** Actions whose service ends before their command. */
class InterruptedActionTest {

  @RegisterExtension static final BrowserExtension browser = new BrowserExtension();

  @TempDir private Path folder;

  @Test
  void anActionWhoseServiceIsKilledIsInterruptedAndOneWhoseServiceStopsEnds() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(100, folder).imported()) {
      fixture.cli.with("RACING_API_RATE", "2");
      DashboardFixture.addUsers(fixture);
      Page page;
      try (DashboardFixture other = DashboardFixture.start(fixture, "other-")) {
        try (DashboardFixture killed = DashboardFixture.start(fixture, "killed-")) {
          assertThat(killed.post("/runs", killed.formHeaders("anna"), "").statusCode())
              .isEqualTo(303);
          Await.until(
              "the run",
              () ->
                  fixture.count("SELECT count(*) FROM studbook.run WHERE state = 'running'") == 1);
          page = browser.page(other, "anna");
          page.navigate(other.url + "/runs");
          assertThat(newest(page)).containsText("started");
          killed.kill();
        }
        assertThat(newest(page)).containsText("interrupted");
        assertThat(newest(page)).containsText("The process that ran it ended first: host ");
        assertThat(page.locator("#last-actions[hx-get]")).hasCount(0);
        Await.until("the record", () -> isRecorded(fixture, "interrupted"));
        page.navigate(other.url + "/runs/1");
        page.click("button:text('Continue')");
        assertThat(newest(page)).containsText("started");
      }
      assertThat(isRecorded(fixture, "running")).isFalse();
    }
  }

  private static Locator newest(Page page) {
    return page.locator("#last-actions tbody tr").first();
  }

  private static boolean isRecorded(BackfillFixture fixture, String state) {
    return fixture.count(
            "SELECT count(*) FROM studbook.operator_action WHERE state = '%s'".formatted(state))
        > 0;
  }
}
