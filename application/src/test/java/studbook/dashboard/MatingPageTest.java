package studbook.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.BackfillFixture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The page of a mating, in a browser and over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MatingPageTest {

  @RegisterExtension final BrowserExtension browser = new BrowserExtension();

  private final BackfillFixture fixture;
  private final DashboardFixture dashboard;

  /** The filly's dam is a daughter of the sire of both. */
  MatingPageTest(@TempDir Path folder) throws Exception {
    fixture = new BackfillFixture(5, folder);
    assertThat(fixture.cli.run("init").code()).isZero();
    fixture.sql(
        """
        INSERT INTO ra_horses (horse_id, name, sex_code, dob) VALUES
          ('hrs_1', 'Old Sire (GB)', 'H', '2000-03-01'), ('hrs_2', 'Young Colt (GB)', 'C', '2015-03-01'),
          ('hrs_3', 'Young Filly (GB)', 'F', '2015-04-01'), ('hrs_4', 'Young Filly (IRE)', 'F', '2016-04-01'),
          ('hrs_5', 'Plain Gelding (GB)', 'G', '2014-04-01'), ('hrs_9', 'Other Mare (GB)', 'M', '2008-04-01')
        """);
    fixture.sql(
        """
        INSERT INTO ra_horse_pedigree (horse_id, sire_id, sire, dam_id, dam) VALUES
          ('hrs_2', 'sir_1', 'Old Sire (GB)', 'dam_8', 'One Mare (GB)'),
          ('hrs_3', 'sir_1', 'Old Sire (GB)', 'dam_9', 'Other Mare (GB)'),
          ('hrs_9', 'sir_1', 'Old Sire (GB)', NULL, NULL)
        """);
    dashboard = DashboardFixture.within(fixture);
  }

  @AfterAll
  void close() {
    dashboard.close();
    fixture.close();
  }

  private String body(String query) throws Exception {
    return dashboard.get("/mating" + query).body();
  }

  @Test
  void theFiguresAreThoseOfTheCommand() throws Exception {
    JsonNode foal =
        JsonMapper.shared()
            .readTree(
                fixture.cli.run("pedigree", "mating", "hrs_2", "hrs_3", "--why", "--json").out())
            .get("foal");
    Page page = browser.page();
    page.navigate(dashboard.url + "/mating?sire=hrs_2&dam=hrs_3");
    List<String> values = page.locator("section:has(#foal) .value").allInnerTexts();
    assertThat(values)
        .contains(
            percent(foal.get("inbreeding_percent").asDouble()),
            String.format(Locale.ROOT, "%.3f", foal.get("completeness_percent").asDouble() / 100));
    JsonNode ancestor = foal.get("contributions").get(0);
    assertThat(foal.get("inbreeding_percent").asDouble()).isEqualTo(18.75);
    assertThat(page.locator("section:has(#common) tbody tr")).hasCount(1);
    assertThat(page.locator("section:has(#common) tbody tr"))
        .containsText(percent(ancestor.get("contribution_percent").asDouble()));
    assertThat(page.locator("section:has(#common) tbody th")).hasText("Old Sire (GB)");
    assertThat(page.locator(".paths li")).hasCount(ancestor.get("inbreeding_paths").size());
    assertThat(page.locator(".paths li").first())
        .containsText("Young Colt (GB) – Old Sire (GB) – Young Filly (GB)");
    assertThat(page.locator("section:has(#known) tbody tr")).hasCount(3);
    for (int width : new int[] {1280, 360}) {
      page.setViewportSize(width, 800);
      assertThat(page.evaluate("document.documentElement.scrollWidth - innerWidth")).isEqualTo(0);
    }
    assertThat(
            new AxeBuilder(page)
                .withTags(List.of("wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"))
                .analyze()
                .getViolations())
        .isEmpty();
  }

  private static String percent(double value) {
    return String.format(Locale.ROOT, "%.3f%%", value);
  }

  @Test
  void horsesAreChosenWhileOneTypes() {
    Page page = browser.page();
    page.navigate(dashboard.url + "/mating");
    page.locator("#sire").pressSequentially("young c");
    page.click("section:has(#sire-candidates) a:text('Young Colt (GB)')");
    assertThat(page.locator("#sire-chosen")).containsText("Young Colt (GB), 2015");
    assertThat(page.locator("#dam")).isFocused();
    page.keyboard().type("young filly");
    assertThat(page.locator("section:has(#dam-candidates) a")).hasCount(2);
    page.keyboard().type(" (gb)");
    assertThat(page.locator("#dam-chosen")).containsText("Young Filly (GB), 2015");
    assertThat(page.locator("section:has(#foal) .value").first()).hasText("18.750%");
    assertThat(page).hasURL(Pattern.compile("sire=hrs_2&dam=young"));
    page.reload();
    assertThat(page.locator("#dam")).hasValue("young filly (gb)");
    assertThat(page.locator("section:has(#foal) .value").first()).hasText("18.750%");
  }

  @Test
  void horsesAreChosenWithoutScripts() {
    Page page = browser.page(new Browser.NewContextOptions().setJavaScriptEnabled(false));
    page.navigate(dashboard.url + "/mating");
    page.fill("#sire", "Young Colt");
    page.fill("#dam", "Young Filly");
    page.click("text=Compute");
    assertThat(page.locator("#sire-chosen")).containsText("Young Colt (GB)");
    page.click("section:has(#dam-candidates) a:text('Young Filly (GB)')");
    assertThat(page.locator("section:has(#foal) .value").first()).hasText("18.750%");
  }

  @Test
  void aHorsesPageLinksItsMatings() {
    Page page = browser.page();
    page.navigate(dashboard.url + "/horses/hrs_3");
    page.click("text=Mating with…");
    assertThat(page.locator("#dam")).hasValue("hrs_3");
    assertThat(page.locator("#sire")).hasValue("");
    assertThat(page.locator("#sire")).isFocused();
    page.navigate(dashboard.url + "/horses/hrs_2");
    page.click("text=Mating with…");
    assertThat(page.locator("#sire")).hasValue("hrs_2");
  }

  @Test
  void aSentenceSaysWhatIsWrong() throws Exception {
    assertThat(body("")).contains("coefficient of inbreeding");
    assertThat(body("?sire=hrs_2")).contains("Now name the dam.");
    assertThat(body("?sire=hrs_2&dam=Nobody+Else"))
        .contains("notice bad", "No horse has the name or the ID Nobody Else.");
    assertThat(body("?sire=hrs_2&dam=hrs_77")).contains("notice bad", "two horses of the database");
    assertThat(body("?sire=hrs_2&dam=young+colt"))
        .contains("notice bad", "the same horse, Young Colt (GB)");
    assertThat(body("?sire=hrs_3&dam=hrs_9"))
        .contains("both recorded as female and have no foal", "12.500%");
    assertThat(body("?sire=hrs_1&dam=hrs_5")).contains("both recorded as male");
    assertThat(body("?sire=hrs_5&dam=hrs_3")).contains("Plain Gelding (GB) is a gelding.");
    assertThat(body("?sire=hrs_3&dam=hrs_2"))
        .contains("they are exchanged", "/mating?sire=hrs_2&amp;dam=hrs_3");
    assertThat(body("?sire=%3Cscript%3E&dam=hrs_3")).doesNotContain("<script>");
    assertThat(body("?sire=--out&dam=hrs_3")).contains("No horse has the name or the ID --out.");
  }
}
