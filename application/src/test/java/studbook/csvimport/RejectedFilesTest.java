package studbook.csvimport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which files are refused whole, and how that is said. */
class RejectedFilesTest extends ImportTestBase {

  private CsvFormatException refusal(String text) throws IOException {
    Path file = file(text);
    CsvFormatException e =
        catchThrowableOfType(
            CsvFormatException.class, () -> intake().load(file, ImportOptions.ALL, read -> {}));
    assertThat(e).as("nothing was refused").isNotNull();
    assertThat(rows()).isEmpty();
    return e;
  }

  @Test
  void everyBadLineIsNamedAndNothingIsLoaded() throws IOException {
    CsvFormatException e =
        refusal(
            """
            horse_id,name,sex_code,dob
            hrs_1,Good,G,2015-04-23
            horse 2,Bad id,,
            ,No id,,
            hrs_4,Too few
            hrs_5,"Two
            lines",,
            hrs_6,Day,,2015-02-30
            hrs_7,Old,,1699-12-31
            hrs_8,Unborn,,2026-03-02
            hrs_9,Code,X,2015-04-23
            hrs_10,\u001b[2J,,
            hrs_11,Nul\u0000,,
            hrs_12,A name that is wider than the table allows,,
            hrs_13,Many,Z,soon
            \u001b[2J,Escape,,
            """);
    assertThat(e.lines())
        .extracting(LineError::toString)
        .containsExactly(
            "line 3: horse_id 'horse 2' is not hrs_ and digits",
            "line 4: no horse_id",
            "line 5: 2 fields where the header has 4",
            "line 6: name has a control character",
            "line 8: dob '2015-02-30' is not a day such as 2015-04-23",
            "line 9: dob '1699-12-31' is before 1700",
            "line 10: dob '2026-03-02' is in the future",
            "line 11: sex_code 'X' is not one of C F G M H R",
            "line 12: name has a control character",
            "line 13: name has a control character",
            "line 14: name is wider than the column's 30 characters",
            "line 15: sex_code 'Z' is not one of C F G M H R; dob 'soon' is not a day such"
                + " as 2015-04-23",
            "line 16: horse_id has a control character");
    assertThat(e.total()).isEqualTo(13);
    assertThat(e).hasMessage("13 lines are bad, so nothing was loaded");
    assertThat(tablesInStudbook()).isZero();
  }

  @Test
  void bytesThatAreNoUtf8AreNamedByTheirLine() throws IOException {
    Path file = folder.resolve("latin.csv");
    Files.write(
        file,
        "horse_id,name\nhrs_1,A\nhrs_2,Caf\u00e9\nhrs_3,B".getBytes(StandardCharsets.ISO_8859_1));
    assertThatExceptionOfType(CsvFormatException.class)
        .isThrownBy(() -> intake().load(file, ImportOptions.ALL, read -> {}))
        .satisfies(e -> assertThat(e.lines()).containsExactly(new LineError(3, "not UTF-8")));
  }

  @Test
  void repetitionsAreCountedAndContradictionsRefused() throws IOException {
    String repeated = "horse_id,name\nhrs_1,A\nhrs_2,B\nhrs_1,A\nhrs_1, A \n";
    CsvFormatException e = refusal(repeated + "hrs_2,C\nhrs_2,B\nhrs_2,\nno,D\n");
    assertThat(e.lines())
        .containsExactly(
            new LineError(6, "contradicts line 3 on this horse"),
            new LineError(8, "contradicts line 3 on this horse"),
            new LineError(9, "horse_id 'no' is not hrs_ and digits"));
    ImportResult result = load(repeated);
    assertThat(result.duplicates()).isEqualTo(2);
    assertThat(result.inserted()).isEqualTo(2);
    assertThat(result.read()).isEqualTo(4);
  }

  @Test
  void ofManyBadLinesTheFirstTwentyAreKeptAndAllCounted() throws IOException {
    CsvFormatException e = refusal("horse_id,name\n" + "x,y\n".repeat(50_000));
    assertThat(e.lines()).hasSize(20).first().extracting(LineError::line).isEqualTo(2L);
    assertThat(e.total()).isEqualTo(50_000);
  }

  @ParameterizedTest
  @CsvSource({"'hrs_2,\"B\nhrs_3,C'", "'hrs_2,\"B'", "'hrs_2,\"B\"x\nhrs_3,C'"})
  void aQuotationMarkThatIsMisplacedOrNeverClosedIsRefused(String rest) throws IOException {
    assertThat(refusal("horse_id,name\nhrs_1,A\n" + rest).total()).isPositive();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | the first line has no column horse_id",
        "'id,name\nhrs_1,A\n' | the first line has no column horse_id",
        "'horse_id\tname\nhrs_1\tA\n' | the first line has no column horse_id",
        "'horse_id,name,Name\nhrs_1,A,B\n' | the first line has the column name twice",
        "'\"horse_id,name' | the first line",
      })
  void aFileWithoutAProperHeaderIsRefusedInASentence(String text, String sentence)
      throws IOException {
    CsvFormatException e = refusal(text);
    assertThat(e).hasMessageStartingWith(sentence);
    assertThat(e.lines()).isEmpty();
  }

  @Test
  void aFileThatIsMissingIsRefusedInASentence() {
    assertThatExceptionOfType(CsvFormatException.class)
        .isThrownBy(() -> intake().load(folder.resolve("none.csv"), ImportOptions.ALL, read -> {}))
        .withMessageEndingWith("none.csv does not exist");
    assertThatExceptionOfType(CsvFormatException.class)
        .isThrownBy(() -> intake().load(folder, ImportOptions.ALL, read -> {}))
        .withMessageEndingWith("cannot be read: Is a directory");
  }

  @Test
  void aRejectionIsOneSentenceAndNothingIsLoaded() throws IOException {
    execute("ALTER TABLE ra_horses ADD CONSTRAINT modern CHECK (dob > '1990-01-01')");
    assertThatExceptionOfType(ImportRejectedException.class)
        .isThrownBy(() -> load("horse_id,name,dob\nhrs_1,A,2001-01-01\nhrs_2,B,1980-01-01\n"))
        .withMessageContaining("\"modern\"");
    assertThatExceptionOfType(ImportRejectedException.class)
        .isThrownBy(() -> load("horse_id\nhrs_1\n"))
        .withMessageContaining("\"name\"");
    assertThat(rows()).isEmpty();
    execute("DROP TABLE ra_horse_pedigree, ra_horses");
    assertThatExceptionOfType(ImportRejectedException.class)
        .isThrownBy(() -> load("horse_id\nhrs_1\n"))
        .withMessage("the database has no table ra_horses with a column horse_id");
  }
}
