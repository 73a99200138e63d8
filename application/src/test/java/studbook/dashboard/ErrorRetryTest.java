package studbook.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.BackfillFixture;
import studbook.faults.environment.Await;
import studbook.simulator.fault.FaultProfile;

/** The retry of failed horses from the page of errors. */
class ErrorRetryTest {

  @RegisterExtension static final BrowserExtension browser = new BrowserExtension();

  @TempDir Path folder;

  @Test
  void aRetryRequestsTheFailedHorsesOfAKindAndEmptiesTheErrors() throws Exception {
    try (BackfillFixture fixture =
        new BackfillFixture(30, folder).imported().failEveryThird("500:1")) {
      assertThat(fixture.cli.run("backfill", "--rate", "unlimited", "--no-racecards").code())
          .isEqualTo(1);
      fixture.simulator.setFaults(FaultProfile.NONE);
      DashboardFixture.addUsers(fixture);
      try (DashboardFixture dashboard = DashboardFixture.within(fixture)) {
        Page page = browser.page(dashboard, "anna");
        page.navigate(dashboard.url + "/errors");
        assertThat(page.getByText("Retry all 10 failed")).isVisible();
        page.click("text=server_error >> nth=-1");
        page.navigate(dashboard.url + "/errors?kind=server_error");
        page.click("text=Retry 10 failed by server_error");
        assertThat(page.locator(".notice.good"))
            .containsText("retry --run 1 --non-interactive --kind server_error: started");
        Await.until(
            "the retry's end",
            () ->
                fixture.count(
                        "SELECT count(*) FROM studbook.run WHERE run_id = 2 AND state = 'finished'")
                    == 1);
        page.navigate(dashboard.url + "/errors");
        assertThat(page.locator("#found")).containsText("Run 2 has logged no error.");
        page.navigate(dashboard.url + "/errors?run=1");
        assertThat(page.locator("#found")).containsText("requested again, last in run 2");
        assertThat(page.locator("main form[method=post]")).hasCount(0);
        assertThat(fixture.in("failed")).isEqualTo(10);
        assertThat(fixture.count("SELECT count(*) FROM ra_horses WHERE dob IS NULL"))
            .isLessThan(10);
      }
    }
  }
}
