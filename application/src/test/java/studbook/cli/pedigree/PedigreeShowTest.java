package studbook.cli.pedigree;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import studbook.chart.ChartFixture;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner;
import studbook.cli.fixture.CliRunner.Result;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code studbook pedigree show} with a file. */
class PedigreeShowTest {

  @TempDir Path folder;

  @BeforeEach
  void writeFile() throws Exception {
    Files.writeString(folder.resolve("horses.csv"), ChartFixture.LINEBRED);
  }

  private Result show(String... arguments) {
    String[] all = new String[arguments.length + 4];
    System.arraycopy(new String[] {"pedigree", "show", "--from", "horses.csv"}, 0, all, 0, 4);
    System.arraycopy(arguments, 0, all, 4, arguments.length);
    return new CliRunner(folder).run(all);
  }

  @Test
  void theDatabaseHasPedigreesAfterABackfill() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(20, folder).imported()) {
      String horse = fixture.list("SELECT min(horse_id) FROM ra_horses").getFirst();
      assertMistake(
          fixture.cli.run("pedigree", "show", horse), "has no pedigrees: `studbook backfill`");
      fixture.cli.run("backfill", "--rate", "unlimited", "--non-interactive");
      String foal = fixture.list("SELECT min(horse_id) FROM ra_horse_pedigree").getFirst();
      String dam =
          fixture
              .list(
                  "SELECT 'hrs_' || substr(dam_id, 5) FROM ra_horse_pedigree ORDER BY horse_id LIMIT 1")
              .getFirst();
      Result result = fixture.cli.run("pedigree", "show", foal, "--json");
      assertThat(result.code()).as(result.err()).isZero();
      assertThat(result.out()).contains('"' + foal + '"', '"' + dam + '"');
    }
  }

  private static void assertMistake(Result result, String... says) {
    assertThat(result.code()).as(result.out() + result.err()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains(says).hasLineCount(1);
  }

  @Test
  void aHorseIsFoundByIdOrName() {
    Result byId = show("1");
    assertThat(byId.code()).as(byId.err()).isZero();
    assertThat(byId.out())
        .contains("Harbour Light (IRE) b. 5 Apr 2019", "[A] Old Quay (GB) 2S x 3D");
    assertThat(show("harbour light")).isEqualTo(byId);
  }

  @Test
  void stdinIsAFileToo() {
    CliRunner cli = new CliRunner(folder).typing(ChartFixture.LINEBRED).with("NO_COLOR", "1");
    Result result = cli.run("pedigree", "show", "--from", "-", "1");
    assertThat(result.out()).contains("First Stone (USA) [B] b. 1990");
  }

  @Test
  void anUnknownHorseIsAnsweredWithTheNearestNames() {
    assertMistake(
        show("Winter Harbor"),
        "no horse 'Winter Harbor'; the nearest names: Winter Harbour (IRE) (2, 2010), ");
  }

  @Test
  void aNameOfSeveralHorsesIsNoAnswer() throws Exception {
    Files.writeString(
        folder.resolve("horses.csv"), "id,sire,dam,yob,name\n1,,,1900,A\n2,,,2000,a\n");
    assertMistake(
        show("A (IRE)"), "2 horses are named 'A (IRE)'; use an ID: A (1, 1900), a (2, 2000)");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          chart.svg, <?xml
          chart.html, <!doctype html>
          chart.pdf, %PDF-
          chart.json, {
          chart.ged, 0 HEAD
          chart.txt, ' '
          """)
  void theExtensionIsTheFormat(String file, String begin) throws Exception {
    Result result = show("1", "--out", file);
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.err())
        .isEqualTo("The pedigree of Harbour Light (IRE) is in %s.\n".formatted(file));
    String written = Files.readString(folder.resolve(file), StandardCharsets.ISO_8859_1);
    assertThat(written).startsWith(begin);
  }

  @Test
  void aFileIsReplacedOnlyWithForce() throws Exception {
    Path file = Files.writeString(folder.resolve("chart.svg"), "mine");
    assertMistake(
        show("1", "--out", "chart.svg"), "chart.svg already exists: --force replaces a file");
    assertThat(file).hasContent("mine");
    assertThat(show("1", "--out", "chart.svg", "--force").code()).isZero();
    assertThat(file).content().startsWith("<?xml");
  }

  @Test
  void jsonHasEveryPlaceAndTheRepeatedAncestors() {
    Result result = show("1", "--json", "--generations", "3");
    JsonNode chart = JsonMapper.shared().readTree(result.out());
    assertThat(chart.get("recorded_ancestors").asInt()).isEqualTo(8);
    assertThat(chart.get("ancestor_places").asInt()).isEqualTo(14);
    assertThat(chart.get("ancestors")).hasSize(14);
    assertThat(chart.get("ancestors").get(2).get("path").asString()).isEqualTo("SS");
    JsonNode repeated = chart.get("repeated_ancestors").get(0);
    assertThat(repeated.get("linebreeding").asString()).isEqualTo("2S x 3D");
    assertThat(repeated.get("blood_percent").asDouble()).isEqualTo(37.5);
    assertThat(show("1", "--format", "json", "--generations", "3")).isEqualTo(result);
  }

  @Test
  void whatCannotBeDoneIsSaid() throws Exception {
    assertMistake(show("1", "--generations", "13"), "between 1 and 12 for text, not 13");
    assertMistake(
        show("1", "--generations", "7", "--format", "pdf"), "between 1 and 6 for pdf, not 7");
    assertMistake(show("1", "--out", "chart.doc"), "the name chart.doc has no known extension");
    assertMistake(show("1", "--json", "--format", "svg"), "--json cannot be combined with");
    assertMistake(show("1", "--out", "missing/a.svg"), "cannot write missing/a.svg: no such");
  }

  @Test
  void aFileThatIsNoPedigreeIsAnsweredWithItsLine() throws Exception {
    Files.writeString(folder.resolve("horses.csv"), "id,sire\n1,2\n");
    assertMistake(show("1"), "horses.csv, line 1: ", "dam");
    Files.writeString(folder.resolve("horses.csv"), "id,sire,dam\n1,2,3\n2,3\n");
    assertMistake(show("1"), "horses.csv, line 3: ");
    Files.write(folder.resolve("horses.csv"), new byte[] {'i', 'd', (byte) 0xFF});
    assertMistake(show("1"), "cannot read horses.csv: it is not UTF-8 text");
    Files.delete(folder.resolve("horses.csv"));
    assertMistake(show("1"), "cannot read horses.csv: no such file");
  }
}
