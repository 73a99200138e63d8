package studbook.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.BackfillFixture;

/** The search and the pages of horses, in a browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HorsePagesTest {

  private static final int LONG = 500;

  /** Each is a name, a colour, a breeder, an error message, an old and a new value. */
  private static final List<String> HOSTILE =
      List.of(
          "<script>alert(1)</script>",
          "\"><img src=x onerror=alert(1)>",
          "' onmouseover='alert(1)",
          "javascript:alert(1)",
          "\u202Eesroh\u202C reversed",
          "x".repeat(LONG));

  @RegisterExtension final BrowserExtension browser = new BrowserExtension();

  private final BackfillFixture fixture;
  private final DashboardFixture dashboard;

  HorsePagesTest(@TempDir Path folder) throws Exception {
    fixture = new BackfillFixture(20, folder).imported();
    assertThat(fixture.cli.run("backfill", "--rate", "unlimited").code()).isZero();
    // The tables are the user's: names may be longer than Studbook's own tables have them.
    fixture.sql(
        """
        ALTER TABLE ra_horses ALTER name TYPE text;
        ALTER TABLE ra_horse_pedigree
          ALTER sire TYPE text, ALTER dam TYPE text, ALTER damsire TYPE text, ALTER breeder TYPE text
        """);
    family();
    for (int i = 0; i < HOSTILE.size(); i++) {
      hostile(i);
    }
    assertThat(fixture.cli.run("init", "--search-index").code()).isZero();
    assertThat(fixture.cli.run("pedigree", "inbreeding", "--all").code()).isZero();
    DashboardFixture.addUsers(fixture);
    dashboard = DashboardFixture.within(fixture);
  }

  /**
   * hrs_901 is by Old Oak out of his daughter; its great-grandsire is an ancestor of Studbook's.
   */
  private void family() {
    fixture.sql(
        """
        INSERT INTO ra_horses (horse_id, name, sex, sex_code, dob) VALUES
          ('hrs_901', 'Long Meadow (IRE)', 'filly', 'F', '2020-03-04'),
          ('hrs_902', 'Old Oak (GB)', 'horse', 'H', '2006-02-03'),
          ('hrs_903', 'Acorn (GB)', 'mare', 'M', '2012-04-05'),
          ('hrs_904', 'Full Sister (IRE)', 'filly', 'F', '2021-03-04'),
          ('hrs_905', 'Half Brother (IRE)', 'colt', 'C', '2022-03-04')
        """);
    fixture.sql(
        """
        INSERT INTO ra_horse_pedigree (horse_id, sire_id, sire, dam_id, dam, damsire_id, damsire) VALUES
          ('hrs_901', 'sir_902', 'Old Oak (GB)', 'dam_903', 'Acorn (GB)', NULL, NULL),
          ('hrs_903', 'sir_902', 'Old Oak (GB)', 'dam_906', 'Never Fetched', 'dsi_908', 'Far Sire'),
          ('hrs_902', 'sir_907', 'Ancient', NULL, NULL, NULL, NULL),
          ('hrs_904', 'sir_902', 'Old Oak (GB)', 'dam_903', 'Acorn (GB)', NULL, NULL),
          ('hrs_905', 'sir_901901', 'Somebody', 'dam_903', 'Acorn (GB)', NULL, NULL)
        """);
    fixture.sql(
        """
        INSERT INTO studbook.ancestor (horse_id, status, generation, name, sex, dob, run_id)
        VALUES ('hrs_907', 'found', 2, 'Ancient', 'horse', '1998-05-06', 1)
        """);
  }

  private void hostile(int number) {
    String text = HOSTILE.get(number);
    String id = "hrs_80" + number;
    fixture
        .jdbi()
        .useHandle(handle -> {
          handle.execute(
              "INSERT INTO ra_horses (horse_id, name, sex, colour, region, dob) VALUES (?, ?, left(?, 50), left(?, 100), left(?, 20), '2010-02-03')",
              id,
              text,
              text,
              text,
              text);
          handle.execute(
              "INSERT INTO ra_horse_pedigree (horse_id, sire_id, sire, dam_id, dam, damsire, breeder) VALUES (?, 'sir_902', ?, ?, ?, ?, ?)",
              id,
              text,
              "dam_81" + number,
              text,
              text,
              text);
          handle.execute(
              "INSERT INTO studbook.change (horse_id, column_name, old_value, new_value, source) VALUES (?, 'name', ?, ?, 'pro')",
              id,
              text,
              text);
          handle.execute(
              "INSERT INTO studbook.review (horse_id, field, old_value, new_value, source) VALUES (?, 'name', ?, ?, 'pro')",
              id,
              text,
              text);
          handle.execute(
              "INSERT INTO studbook.error (run_id, horse_id, kind, http_status, attempt, duration_ms, message) VALUES (1, ?, 'malformed', 200, 1, 1, ?)",
              id,
              text);
        });
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
                    .getViolations()
                    .stream()
                    .map(violation ->
                        violation.getId() + ": " + violation.getNodes().getFirst().getHtml()))
        .isEmpty();
  }

  private static void assertFits(Page page) {
    assertThat(page.evaluate("document.documentElement.scrollWidth - innerWidth")).isEqualTo(0);
  }

  @Test
  void theSearchFindsWhileOneTypesAndTheAddressKeepsTheText() {
    Page page = browser.page(dashboard, "victor");
    page.navigate(dashboard.url + "/horses");
    assertThat(page.locator("#q")).isFocused();
    page.keyboard().type("lomg meado");
    Locator found = page.locator("#found a:text('Long Meadow (IRE)')");
    assertThat(found).isVisible();
    assertThat(page.locator("#found-count")).hasText("1 horse");
    assertThat(page).hasURL(Pattern.compile("/horses\\?q=lomg(%20|\\+)meado$"));
    page.reload();
    assertThat(page.locator("#q")).hasValue("lomg meado");
    assertThat(found).isVisible();
    assertAccessible(page);
    found.click();
    assertThat(page.locator("h1")).hasText("Long Meadow (IRE)");
    page.goBack();
    assertThat(found).isVisible();
  }

  @Test
  void withoutTheIndexTheSearchSaysWhatItDoesNotFind() throws Exception {
    fixture.sql("ALTER INDEX studbook_horses_by_name RENAME TO another");
    try {
      Page page = browser.page(dashboard, "victor");
      page.navigate(dashboard.url + "/horses?q=lomg+meado");
      assertThat(page.locator("#found .notice")).containsText("studbook init --search-index");
      assertThat(page.locator("#found a")).hasCount(0);
      page.navigate(dashboard.url + "/horses?q=long+meado");
      assertThat(page.locator("#found a:text('Long Meadow (IRE)')")).isVisible();
    } finally {
      fixture.sql("ALTER INDEX another RENAME TO studbook_horses_by_name");
    }
  }

  @Test
  void theSearchNeedsNoScript() {
    Page page =
        browser.page(
            dashboard, "victor", new Browser.NewContextOptions().setJavaScriptEnabled(false));
    page.navigate(dashboard.url + "/horses");
    page.fill("#q", "902");
    page.click("text=Search >> nth=-1");
    page.click("#found a >> nth=0");
    assertThat(page.locator("h1")).hasText("Old Oak (GB)");
    assertThat(page.locator(".pedigree a").first()).hasText("Ancient");
    page.click("text=5 generations");
    assertThat(page).hasURL(Pattern.compile("generations=5"));
  }

  @Test
  void theChartLinksItsAncestorsAndShowsRepeatedOnesTogether() {
    Page page = browser.page(dashboard, "victor");
    page.navigate(dashboard.url + "/horses/hrs_901?generations=5");
    assertThat(page.locator(".pedigree td.vacant:text('dam not recorded')").first()).isVisible();
    assertThat(page.locator(".pedigree td.unstored a"))
        .hasText(new String[] {"Never Fetched", "Far Sire"});
    Locator oak = page.locator(".pedigree td.marked:has-text('Old Oak')");
    assertThat(oak).hasCount(2);
    assertThat(page.locator(".repeated li").first()).containsText("Old Oak (GB) 1S x 2D, 75.0%");
    oak.first().locator("a").focus();
    assertThat(page.locator(".pedigree td.together")).hasCount(2);
    assertThat(page.locator("#figures ~ dl .value").first()).hasText("25.000%");
    assertAccessible(page);
    page.keyboard().press("Enter");
    assertThat(page.locator("h1")).hasText("Old Oak (GB)");
    page.click(".pedigree a:text('Ancient')");
    assertThat(page.locator(".facts")).containsText("requested as an ancestor");
    assertThat(page.locator("section:has(#offspring) a")).hasText("Old Oak (GB)");
  }

  @Test
  void relativesAreListedAndPaged() {
    Page page = browser.page(dashboard, "victor");
    page.navigate(dashboard.url + "/horses/hrs_901");
    Locator siblings = page.locator("section:has(#siblings) tbody tr");
    assertThat(siblings).hasCount(2);
    assertThat(siblings.first()).containsText("full");
    assertThat(siblings.last()).containsText("half");
    assertThat(page.locator("section:has(#siblings) p")).hasText("The sire has 8 other foals.");
    page.navigate(dashboard.url + "/horses/hrs_906");
    assertThat(page.locator(".facts")).containsText("others name it as a parent");
    assertThat(page.locator("section:has(#offspring) tbody tr")).hasCount(1);
  }

  @Test
  void aChartFitsOnOnePageOfPaper() {
    Page page = browser.page(dashboard, "victor");
    page.navigate(dashboard.url + "/horses/hrs_901?generations=5");
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    page.setViewportSize(718, 1046); // A4 with margins of a centimetre
    assertThat(
            ((Number)
                    page.evaluate(
                        "document.querySelector('.chart-section').getBoundingClientRect().bottom + scrollY"))
                .doubleValue())
        .isLessThan(1046);
    assertFits(page);
  }

  @Test
  void hostileTextsDoNothing() {
    Page page = browser.page(dashboard, "anna");
    page.onDialog(dialog -> {
      throw new AssertionError("a script ran: " + dialog.message());
    });
    for (int i = 0; i < HOSTILE.size(); i++) {
      page.navigate(dashboard.url + "/horses/hrs_80" + i);
      String name = HOSTILE.get(i).replaceAll("[\u202A-\u202E]", "\uFFFD");
      assertThat(page.locator("h1")).hasText(name);
      assertThat(page.locator("main script, main img, main [onmouseover], main [onerror]"))
          .hasCount(0);
      assertThat(page.locator("main a[href^='javascript']")).hasCount(0);
      assertThat(page.locator("section:has(#reviews) tbody tr")).hasCount(1);
      assertThat(page.locator("section:has(#changes) tbody tr")).hasCount(1);
      assertThat(page.locator("section:has(#requests) tbody tr")).hasCount(1);
      assertThat(page.content()).doesNotContain("\u202E");
      for (int width : new int[] {1280, 375}) {
        page.setViewportSize(width, 800);
        assertFits(page);
      }
      page.navigate(dashboard.url + "/horses");
      // A search with characters that deceive the eye counts as none.
      String typed = HOSTILE.get(i).replaceAll("[\u202A-\u202E]", "");
      page.fill("#q", typed.substring(0, Math.min(200, typed.length())));
      assertThat(page.locator("#found-count")).not().isEmpty();
      assertThat(page.locator("main script, main img")).hasCount(0);
    }
    page.navigate(dashboard.url + "/horses/hrs_902");
    assertThat(page.locator("section:has(#offspring) tbody tr")).hasCount(9);
    assertAccessible(page);
  }

  @Test
  void anUnknownHorseIsNotFoundAndAnotherPrefixLeadsToTheSameHorse() throws Exception {
    String cookie = dashboard.session("victor");
    HttpResponse<String> missing = dashboard.get("/horses/hrs_4711", "Cookie", cookie);
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(missing.body()).contains("There is no horse hrs_4711.", "href=\"/horses\"");
    assertThat(dashboard.get("/horses/%3Cb%3E", "Cookie", cookie).body())
        .contains("There is no horse &lt;b&gt;.");
    HttpResponse<String> parent = dashboard.get("/horses/dam_903", "Cookie", cookie);
    assertThat(parent.statusCode()).isEqualTo(302);
    assertThat(parent.headers().firstValue("Location").orElse("")).endsWith("/horses/hrs_903");
  }

  @Test
  void anOperatorFetchesAncestorsAndAViewerCannot() {
    Page viewer = browser.page(dashboard, "victor");
    viewer.navigate(dashboard.url + "/horses/hrs_901");
    assertThat(viewer.locator("form[action$='/ancestors']")).hasCount(0);
    Page page = browser.page(dashboard, "anna");
    page.navigate(dashboard.url + "/horses/hrs_901");
    page.click("summary:text('Fetch ancestors')");
    page.click("button:text('Fetch ancestors')");
    assertThat(page.locator(".notice.good"))
        .hasText("ancestors --generations 5 --non-interactive: started");
    assertThat(page.locator("h1")).hasText("Long Meadow (IRE)");
  }

  @Test
  void theChartIsAFileAsTheCommandWritesItAlsoForAHostileName() throws Exception {
    String cookie = dashboard.session("victor");
    for (String horse : List.of("hrs_901", "hrs_800", "hrs_801", "hrs_802", "hrs_805")) {
      HttpResponse<String> svg =
          dashboard.get("/horses/" + horse + "/pedigree.svg?generations=5", "Cookie", cookie);
      assertThat(svg.statusCode()).isEqualTo(200);
      assertThat(svg.headers().firstValue("Content-Type").orElse("")).startsWith("image/svg+xml");
      assertThat(svg.headers().firstValue("Content-Security-Policy").orElse(""))
          .startsWith("default-src 'none'; sandbox;")
          .doesNotContain("script", "unsafe");
      assertThat(svg.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(svg.headers().firstValue("Content-Disposition"))
          .hasValue("attachment; filename=\"pedigree-%s.svg\"".formatted(horse));
      assertThat(svg.body())
          .doesNotContain("<script", "<img")
          .isEqualTo(fixture.cli.run("pedigree", "show", horse, "--format", "svg").out());
      HttpResponse<String> pdf =
          dashboard.get("/horses/" + horse + "/pedigree.pdf", "Cookie", cookie);
      assertThat(pdf.headers().firstValue("Content-Type")).hasValue("application/pdf");
      assertThat(pdf.headers().firstValue("Content-Disposition"))
          .hasValue("attachment; filename=\"pedigree-%s.pdf\"".formatted(horse));
      assertThat(pdf.body()).startsWith("%PDF-");
    }
    assertThat(dashboard.get("/horses/hrs_4711/pedigree.svg", "Cookie", cookie).statusCode())
        .isEqualTo(404);
    assertThat(dashboard.get("/horses/hrs_901/pedigree.pdf").statusCode()).isEqualTo(401);
    Page page = browser.page(dashboard, "victor");
    page.navigate(dashboard.url + "/horses/hrs_800?generations=5");
    assertThat(page.waitForDownload(() -> page.click("a:text('PDF')")).suggestedFilename())
        .isEqualTo("pedigree-hrs_800.pdf");
  }

  @Test
  void aMatingOfHorsesWithHostileNamesIsComputed() {
    Page page = browser.page(dashboard, "victor");
    page.onDialog(dialog -> {
      throw new AssertionError("a script ran: " + dialog.message());
    });
    for (int i = 0; i < HOSTILE.size(); i++) {
      page.navigate(dashboard.url + "/mating?sire=hrs_902&dam=hrs_80" + i);
      assertThat(page.locator("#foal")).isVisible();
      String name = HOSTILE.get(i).replaceAll("[\u202A-\u202E]", "\uFFFD");
      assertThat(page.locator("main")).containsText(name);
      assertThat(page.locator("main script, main img, main [onmouseover], main [onerror]"))
          .hasCount(0);
      for (int width : new int[] {1280, 375}) {
        page.setViewportSize(width, 800);
        assertFits(page);
      }
    }
  }
}
