package studbook.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.BackfillFixture;

/** Errors, reviews and changes in a browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DataPagesTest {

  @RegisterExtension static final BrowserExtension browser = new BrowserExtension();

  private static final String HOSTILE =
      "<script>alert(1)</script>\u202E\"'><img src=x onerror=alert(1)>";

  private final BackfillFixture fixture;
  private final DashboardFixture dashboard;

  DataPagesTest(@TempDir Path folder) throws Exception {
    fixture = new BackfillFixture(30, folder).imported().failEveryThird("500:1");
    assertThat(fixture.cli.run("backfill", "--rate", "unlimited", "--no-racecards").code())
        .isEqualTo(1);
    DashboardFixture.addUsers(fixture);
    dashboard = DashboardFixture.within(fixture);
  }

  @AfterAll
  void close() {
    dashboard.close();
    fixture.close();
  }

  @BeforeEach
  void clear() {
    fixture.sql("DELETE FROM studbook.review; DELETE FROM studbook.change");
  }

  private void review(int horse, String field, String sqlOld, String sqlNew) {
    fixture.sql(
        """
        INSERT INTO studbook.review (horse_id, field, old_value, new_value, source)
        SELECT horse_id, '%s', %s, %s, 'pro' FROM ra_horses
        WHERE dob IS NOT NULL ORDER BY horse_id OFFSET %d LIMIT 1
        """
            .formatted(field, sqlOld, sqlNew, horse));
  }

  private void reviewsOfDates(int count) {
    for (int i = 0; i < count; i++) {
      review(i, "dob", "dob::text", "(dob - 400)::text");
    }
  }

  private List<String> states() {
    return fixture.list("SELECT state FROM studbook.review ORDER BY review_id");
  }

  private static void assertAccessible(Page page) {
    assertThat(
            new AxeBuilder(page)
                .withTags(List.of("wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"))
                .analyze()
                .getViolations())
        .isEmpty();
  }

  private Page open(String user, String path) {
    Page page = browser.page(dashboard, user);
    page.navigate(dashboard.url + path);
    return page;
  }

  private static Locator rows(Page page, String region) {
    return page.getByRole(
            AriaRole.REGION, new Page.GetByRoleOptions().setName(region).setExact(true))
        .locator("tbody tr");
  }

  @Test
  void errorsAreGroupedAndFilteredAsOneTypesAndByTheAddress() {
    String horse =
        fixture.list("SELECT horse_id FROM studbook.error ORDER BY error_id LIMIT 1").getFirst();
    // Three attempts, and probes of a pause if the first horses of the run all failed.
    int entries =
        (int) fixture.count("SELECT count(*) FROM studbook.error WHERE horse_id = '" + horse + "'");
    Page page = open("victor", "/errors");
    assertThat(page.locator("table").first()).containsText("server_error");
    assertAccessible(page);
    page.fill("#text", horse);
    page.waitForURL(url -> url.contains("text=" + horse));
    Locator links = page.locator("#found a[href^='/horses/']");
    assertThat(links.first()).hasText(horse);
    assertThat(page.locator("#found a[href='/horses/%s']".formatted(horse))).hasCount(entries);
    assertThat(links).hasCount(entries);
    page.reload();
    assertThat(links).hasCount(entries);
    assertThat(page.locator("#text")).hasValue(horse);
    page.selectOption("#kind", "timeout");
    assertThat(page.locator("#found")).containsText("No entry matches.");
    page.goBack();
    assertThat(links).hasCount(entries);
    assertThat(page.locator("#kind")).hasValue("");
    assertThat(page.locator("#text")).hasValue(horse);
  }

  @Test
  void aLongTableHasPagesThatKeepTheFilter() {
    fixture.sql(
        """
        INSERT INTO studbook.error (run_id, kind, message) SELECT 1, 'connection', 'line ' || n FROM generate_series(1, 60) n
        """);
    Page page = open("victor", "/errors?kind=connection");
    assertThat(rows(page, "Entries, newest first")).hasCount(50);
    page.click("text=Next page");
    page.waitForURL(url -> url.contains("kind=connection") && url.contains("page=2"));
    assertThat(rows(page, "Entries, newest first")).hasCount(10);
    assertThat(rows(page, "Entries, newest first").last()).containsText("line 1");
    page.goBack();
    assertThat(rows(page, "Entries, newest first").first()).containsText("line 60");
  }

  @Test
  void filtersWorkWithoutScriptsAndUnknownOnesCountAsAbsent() throws Exception {
    String cookie = dashboard.session("victor");
    assertThat(dashboard.get("/errors?kind=nothing&text=%00&page=x", "Cookie", cookie).body())
        .contains("server_error");
    assertThat(dashboard.get("/errors?run=77", "Cookie", cookie).statusCode()).isEqualTo(404);
    assertThat(dashboard.get("/changes?since=2026-02-31&column=x", "Cookie", cookie).body())
        .contains("Nothing was changed yet.");
    try (Page page = browser.page(new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
      page.navigate(dashboard.url + "/login");
      page.fill("#name", "anna");
      page.fill("#password", DashboardFixture.PASSWORD);
      page.click("form.login button");
      reviewsOfDates(2);
      page.navigate(dashboard.url + "/errors");
      page.fill("#text", "nowhere");
      page.click("text=Show >> nth=-1");
      assertThat(page.locator("#found")).containsText("No entry matches.");
      page.navigate(dashboard.url + "/review");
      page.locator("button[value=reject]").first().click();
      assertThat(page.locator("tr[data-keys]")).hasCount(1);
      assertThat(states()).containsExactly("rejected", "waiting");
    }
  }

  @Test
  void viewersSeeNoButtonsAndMayNotPost() throws Exception {
    reviewsOfDates(1);
    for (String path :
        List.of("/errors", "/errors?kind=server_error", "/review", "/review?field=dob")) {
      Page page = open("victor", path);
      assertThat(page.locator("main form[method=post]")).hasCount(0);
      assertThat(page.locator("tr[tabindex]")).hasCount(0);
    }
    Map<String, String> headers = dashboard.formHeaders("victor");
    String id = fixture.list("SELECT review_id::text FROM studbook.review").getFirst();
    assertThat(dashboard.post("/review/" + id, headers, "decision=accept").statusCode())
        .isEqualTo(403);
    assertThat(dashboard.post("/errors/retry", headers, "run=1").statusCode()).isEqualTo(403);
    assertThat(states()).containsExactly("waiting");
  }

  @Test
  void aReviewIsDecidedByMouseAndTheNextHasTheFocus() {
    reviewsOfDates(3);
    String before =
        fixture.list("SELECT old_value FROM studbook.review ORDER BY review_id").getFirst();
    Page page = open("anna", "/review?field=dob");
    assertAccessible(page);
    assertThat(rows(page, "Waiting, oldest first")).hasCount(3);
    assertThat(rows(page, "Waiting, oldest first").first()).containsText(before);
    page.locator("button[value=accept]").first().click();
    assertThat(page.locator(".notice.good")).containsText("1 review accepted.");
    assertThat(rows(page, "Waiting, oldest first")).hasCount(2);
    assertThat(rows(page, "Waiting, oldest first").first()).isFocused();
    assertThat(page.locator("#field")).hasValue("dob");
    assertThat(states()).containsExactly("accepted", "waiting", "waiting");
    assertThat(
            fixture.count(
                "SELECT count(*) FROM ra_horses h JOIN studbook.review r USING (horse_id) WHERE r.state = 'accepted' AND h.dob::text = r.new_value"))
        .isEqualTo(1);
    assertThat(
            fixture
                .list(
                    "SELECT operator || ' ' || command FROM studbook.operator_action ORDER BY action_id DESC LIMIT 1")
                .getFirst())
        .startsWith("anna review accept ");
  }

  @Test
  void theKeyboardMovesAcceptsAndRejects() {
    reviewsOfDates(4);
    Page page = open("anna", "/review");
    Locator waiting = rows(page, "Waiting, oldest first");
    waiting.first().focus();
    page.keyboard().press("j");
    page.keyboard().press("ArrowDown");
    page.keyboard().press("k");
    assertThat(waiting.nth(1)).isFocused();
    page.keyboard().press("a");
    assertThat(waiting).hasCount(3);
    assertThat(waiting.nth(1)).isFocused();
    assertThat(states()).containsExactly("waiting", "accepted", "waiting", "waiting");
    page.keyboard().press("r");
    assertThat(waiting).hasCount(2);
    assertThat(waiting.nth(1)).isFocused();
    assertThat(states()).containsExactly("waiting", "accepted", "rejected", "waiting");
    page.keyboard().press("r");
    assertThat(waiting).hasCount(1);
    assertThat(waiting.first()).isFocused();
    page.keyboard().press("r");
    assertThat(page.locator("main")).containsText("No suspicious change waits");
  }

  @Test
  void allOfAFieldAreDecidedAfterAConfirmation() {
    reviewsOfDates(3);
    review(5, "name", "name", "'Another (IRE)'");
    Page page = open("anna", "/review?field=dob");
    assertThat(page.getByText("Accept all 3")).not().isVisible();
    page.click("text=Accept all of dob");
    page.click("text=Accept all 3");
    assertThat(page.locator(".notice.good")).containsText("3 reviews accepted.");
    assertThat(states()).containsExactly("accepted", "accepted", "accepted", "waiting");
  }

  @Test
  void changesAreFilteredAndShowOldAndNew() {
    fixture.sql(
        """
        INSERT INTO studbook.change (horse_id, column_name, old_value, new_value, source, run_id, changed_at) VALUES
          ('hrs_1', 'colour', 'bay', 'brown', 'pro', 1, '2026-01-05 12:00Z'),
          ('hrs_2', 'dob', NULL, '2020-02-03', 'racecards', 1, '2026-01-07 12:00Z')
        """);
    Page page = open("victor", "/changes");
    Locator changes = rows(page, "Newest first");
    assertThat(changes).hasCount(2);
    assertThat(changes.first().locator("del")).hasCount(0);
    assertThat(changes.nth(1).locator("del")).hasText("bay");
    assertThat(changes.nth(1).locator("ins")).hasText("brown");
    assertAccessible(page);
    page.fill("#horse", "hrs_1");
    assertThat(changes).hasCount(1);
    page.fill("#horse", "");
    assertThat(changes).hasCount(2);
    page.fill("#since", "2026-01-06");
    assertThat(changes).hasCount(1);
    page.waitForURL(Pattern.compile(".*since=2026-01-06.*"));
    page.reload();
    assertThat(page.locator("#since")).hasValue("2026-01-06");
    assertThat(changes.first()).containsText("hrs_2");
    page.selectOption("#column", "colour");
    assertThat(page.locator("#found")).containsText("No change matches.");
  }

  @Test
  void hostileTextsAreHarmless() {
    fixture
        .jdbi()
        .useHandle(handle -> {
          handle.execute(
              "INSERT INTO studbook.error (run_id, horse_id, kind, message) VALUES (1, ?, 'malformed', ?)",
              "hrs_7",
              HOSTILE);
          handle.execute(
              "INSERT INTO studbook.change (horse_id, column_name, old_value, new_value, source) VALUES (?, 'name', ?, ?, ?)",
              "'><b>x",
              HOSTILE,
              HOSTILE,
              "<i>");
          handle.execute(
              "INSERT INTO studbook.review (horse_id, field, old_value, old_code, new_value, new_code, source) VALUES (?, 'sire', ?, ?, ?, ?, 'pro')",
              "'><b>x",
              HOSTILE,
              HOSTILE,
              HOSTILE,
              HOSTILE);
        });
    Page page = browser.page(dashboard, "anna");
    page.onDialog(dialog -> {
      throw new IllegalStateException("a script ran");
    });
    for (String path : List.of("/errors?kind=malformed", "/changes", "/review?field=sire")) {
      page.navigate(dashboard.url + path);
      assertThat(page.locator("main")).containsText("<script>alert(1)</script>");
      assertThat(page.locator("main img, main script, main b, main i")).hasCount(0);
      assertThat(page.content()).doesNotContain("\u202E");
    }
    page.navigate(dashboard.url + "/errors?text=%22%3E%3Cimg%20src=x%3E");
    assertThat(page.locator("#text")).hasValue("\"><img src=x>");
    assertThat(page.locator("main img")).hasCount(0);
  }
}
