package studbook.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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

  private BackfillFixture fixture;
  private DashboardFixture dashboard;

  /** Ten of thirty horses have failed; from now on the API answers. */
  @BeforeEach
  void open() throws Exception {
    fixture = new BackfillFixture(30, folder).imported().failEveryThird("500:1");
    assertThat(fixture.cli.run("backfill", "--rate", "unlimited", "--no-racecards").code())
        .isEqualTo(1);
    fixture.simulator.setFaults(FaultProfile.NONE);
    DashboardFixture.addUsers(fixture);
    dashboard = DashboardFixture.within(fixture);
  }

  @AfterEach
  void close() {
    dashboard.close();
    fixture.close();
  }

  private void awaitRetry() throws InterruptedException {
    Await.until(
        "the retry's end",
        () ->
            fixture.count(
                    "SELECT count(*) FROM studbook.run WHERE run_id = 2 AND state = 'finished'")
                == 1);
  }

  @Test
  void aRetryRequestsTheFailedHorsesOfAKindAndEmptiesTheErrors() throws Exception {
    Page page = browser.page(dashboard, "anna");
    page.navigate(dashboard.url + "/errors");
    assertThat(page.getByText("Retry all 10 failed")).isVisible();
    page.click("text=server_error >> nth=-1");
    page.navigate(dashboard.url + "/errors?kind=server_error");
    page.click("text=Retry 10 failed by server_error");
    assertThat(page.locator(".notice.good"))
        .containsText("retry --run 1 --non-interactive --kind server_error: started");
    awaitRetry();
    page.navigate(dashboard.url + "/errors");
    assertThat(page.locator("#found")).containsText("Run 2 has logged no error.");
    page.navigate(dashboard.url + "/errors?run=1");
    assertThat(page.locator("#found")).containsText("requested again, last in run 2");
    assertThat(page.locator("main form[method=post]")).hasCount(0);
    assertThat(fixture.in("failed")).isEqualTo(10);
    assertThat(fixture.count("SELECT count(*) FROM ra_horses WHERE dob IS NULL")).isLessThan(10);
  }

  @Test
  void markedRowsAreRetriedAloneWithoutScripts() throws Exception {
    Page viewer = browser.page(dashboard, "victor");
    viewer.navigate(dashboard.url + "/errors");
    assertThat(viewer.locator("main input[type=checkbox]")).hasCount(0);
    assertThat(
            dashboard
                .post("/errors/retry-marked", dashboard.formHeaders("victor"), "run=1&horse=hrs_1")
                .statusCode())
        .isEqualTo(403);
    assertThat(
            dashboard
                .post("/errors/retry-marked", dashboard.formHeaders("anna"), "run=1&horse=--help")
                .statusCode())
        .isEqualTo(404);

    Page scripted = browser.page(dashboard, "anna");
    scripted.navigate(dashboard.url + "/errors");
    Locator boxes = scripted.locator("input[name=horse]");
    assertThat(boxes).hasCount(10);
    scripted.getByLabel("Mark all horses of this page").check();
    for (Locator box : boxes.all()) {
      assertThat(box).isChecked();
    }
    assertThat(
            new AxeBuilder(scripted)
                .withTags(List.of("wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"))
                .analyze()
                .getViolations())
        .isEmpty();

    Page page =
        browser.page(
            dashboard, "anna", new Browser.NewContextOptions().setJavaScriptEnabled(false));
    page.navigate(dashboard.url + "/errors?kind=server_error");
    assertThat(page.getByLabel("Mark all horses of this page")).isHidden();
    page.click("text=Retry the marked horses");
    assertThat(page.locator("main .notice")).containsText("No row is marked");
    assertThat(fixture.count("SELECT count(*) FROM studbook.operator_action")).isZero();
    List<String> marked =
        List.of(
            page.locator("input[name=horse]").first().getAttribute("value"),
            page.locator("input[name=horse]").last().getAttribute("value"));
    page.locator("input[name=horse]").first().check();
    page.locator("input[name=horse]").last().check();
    page.click("text=Retry the marked horses");
    assertThat(page.locator(".notice.good"))
        .containsText(
            "retry --run 1 --non-interactive --horse %s,%s: started"
                .formatted(marked.getFirst(), marked.getLast()));
    awaitRetry();
    assertThat(fixture.list("SELECT horse_id FROM studbook.work_item WHERE run_id = 2"))
        .containsExactlyInAnyOrderElementsOf(marked);
  }
}
