package studbook.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.BackfillFixture;
import studbook.simulator.fault.FaultProfile;

/** What becomes of an action that runs in the background is shown where it was started. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ActionResultTest {

  @RegisterExtension final BrowserExtension browser = new BrowserExtension();

  private final BackfillFixture fixture;
  private final DashboardFixture dashboard;

  ActionResultTest(@TempDir Path folder) throws Exception {
    fixture = new BackfillFixture(9, folder).imported().failEveryThird("500:1");
    assertThat(fixture.cli.run("backfill", "--rate", "unlimited", "--no-racecards").code())
        .isEqualTo(1);
    fixture.simulator.setFaults(FaultProfile.NONE);
    DashboardFixture.addUsers(fixture);
    dashboard = DashboardFixture.within(fixture);
  }

  @AfterAll
  void close() {
    dashboard.close();
    fixture.close();
  }

  @Test
  void aRefusalInTheBackgroundIsShownWithoutAReload() {
    Page page = browser.page(dashboard, "anna");
    page.navigate(dashboard.url + "/errors");
    Locator retry = page.getByText("Retry all 3 failed");
    assertThat(retry).isVisible();
    // Somebody else was faster.
    assertThat(fixture.cli.run("retry", "--rate", "unlimited").code()).isZero();
    retry.click();
    Locator newest = page.locator("#last-actions tbody tr").first();
    assertThat(newest).containsText("refused or failed");
    assertThat(newest).containsText("run 1 was already retried, last in run 2");
    assertThat(newest).containsText("anna");
    assertThat(newest).containsText("retry --run 1 --non-interactive");
    assertThat(page.locator("#last-actions")).not().hasAttribute("hx-get", "/actions/runs");
    assertThat(
            fixture.list(
                "SELECT operator || ' ' || state || ' ' || command FROM studbook.operator_action"))
        .containsExactly("anna failed retry --run 1 --non-interactive");
    Page viewer = browser.page(dashboard, "victor");
    viewer.navigate(dashboard.url + "/runs/1");
    assertThat(viewer.locator("#last-actions tbody tr").first()).containsText("refused or failed");
  }

  @Test
  void anActionThatEndsWellSaysSo() {
    Page page = browser.page(dashboard, "anna");
    page.navigate(dashboard.url + "/schedules");
    page.click("button[aria-label='Run links now']");
    Locator newest = page.locator("#last-actions tbody tr").first();
    assertThat(newest).containsText("schedule run links");
    assertThat(newest.locator(".state")).hasText("done");
  }
}
