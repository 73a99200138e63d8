package studbook.csvimport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import studbook.csvimport.ImportResult.SkipReason;
import studbook.csvimport.ImportResult.SkippedColumn;

/** What a file brings into the table, and what it leaves as it was. */
class CsvImporterTest extends ImportTestBase {

  @Test
  void insertsHorsesAndReportsSkippedColumns() throws IOException {
    ImportResult result =
        load(
            """
            horse_id,name,sex,sex_code,dob,colour,colour_code,region,owner,notes
            hrs_2,Brave Ferry (IRE),gelding,g,2015-04-23,bay,b,IRE,somebody,x
            hrs_1,O'Malley \\N; drop,,,,,,,,
            """);
    assertThat(rows())
        .containsExactly(
            "hrs_1|O'Malley \\N; drop|~|~|~|~|~|~",
            "hrs_2|Brave Ferry (IRE)|gelding|G|2015-04-23|bay|B|ire");
    assertThat(result.read()).isEqualTo(2);
    assertThat(result.inserted()).isEqualTo(2);
    assertThat(result.columns()).containsExactlyElementsOf(ImportColumn.names().subList(0, 8));
    assertThat(result.leftOut())
        .containsExactly(
            new SkippedColumn("owner", SkipReason.UNKNOWN),
            new SkippedColumn("notes", SkipReason.UNKNOWN));
    assertThat(tablesInStudbook()).isZero();
  }

  @Test
  void takesAByteOrderMarkSemicolonsCarriageReturnsBlankLinesAndQuotedLineBreaks()
      throws IOException {
    ImportResult result =
        load(
            "\uFEFF\"Horse_ID\"; NAME ;notes\r\nhrs_1;\"A; \"\"b\"\"\";\"one\r\ntwo\"\r\n\r\n  \r\n"
                + "hrs_2;Ünïcode 🐎;");
    assertThat(rows())
        .containsExactly("hrs_1|A; \"b\"|~|~|~|~|~|~", "hrs_2|Ünïcode 🐎|~|~|~|~|~|~");
    assertThat(result.read()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sep=;\n", "\uFEFFsep=;\r\n", "\"sep=;\"\n", "SEP=;\n"})
  void readsTheSeparatorLineOfSpreadsheets(String first) throws IOException {
    load(first + "horse_id;name;dob\nhrs_1;A, b;2015-04-23\n");
    assertThat(rows()).containsExactly("hrs_1|A, b|~|~|2015-04-23|~|~|~");
  }

  @Test
  void aBadLineBelowASeparatorLineHasTheNumberThatAnEditorShows() throws IOException {
    assertThatExceptionOfType(CsvFormatException.class)
        .isThrownBy(() -> load("sep=,\nhorse_id,name\nhrs_x,A\n"))
        .satisfies(e -> assertThat(e.lines()).extracting(LineError::line).containsExactly(3L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NULL", "null", "nan", "NaN", "\\N", "#N/A"})
  void theWordsForNoValueAreBlanks(String word) throws IOException {
    load(
        """
        horse_id,name,sex,sex_code,dob,colour,colour_code,region
        hrs_1,Nan,%1$s,%1$s,%1$s,%1$s,%1$s,%1$s
        """
            .formatted(word));
    assertThat(rows()).containsExactly("hrs_1|Nan|~|~|~|~|~|~");
  }

  @Test
  void onlyBlanksOfExistingHorsesAreFilled() throws IOException {
    execute(
        """
        INSERT INTO ra_horses VALUES
          ('hrs_1', 'Kept', NULL, '', NULL, 'grey', 'GR', 'gb', '2020-01-01Z', '2020-01-01Z'),
          ('hrs_2', 'Full', 'mare', 'M', '2010-01-01', 'bay', 'B', 'fr', '2020-01-01Z', '2020-01-01Z'),
          ('hrs_3', '', NULL, NULL, NULL, NULL, NULL, NULL, '2020-01-01Z', '2020-01-01Z')
        """);
    ImportResult result =
        load(
            """
            horse_id,name,sex,sex_code,dob,colour,colour_code,region
            hrs_1,Changed,filly,F,2012-02-29,bay,B,ire
            hrs_2,Changed,colt,C,2011-01-01,chestnut,CH,ire
            hrs_3,Named,,,,,,
            hrs_4,New,,,,,,
            """);
    assertThat(rows())
        .containsExactly(
            "hrs_1|Kept|filly|F|2012-02-29|grey|GR|gb",
            "hrs_2|Full|mare|M|2010-01-01|bay|B|fr",
            "hrs_3|Named|~|~|~|~|~|~",
            "hrs_4|New|~|~|~|~|~|~");
    assertThat(result.inserted()).isEqualTo(1);
    assertThat(result.filled()).isEqualTo(2);
    assertThat(result.unchanged()).isEqualTo(1);
    List<String> touched =
        jdbi.withHandle(handle ->
            handle
                .createQuery("SELECT horse_id FROM ra_horses WHERE updated_at > '2021-01-01'")
                .mapTo(String.class)
                .list());
    assertThat(touched).containsExactlyInAnyOrder("hrs_1", "hrs_3", "hrs_4");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "~",
      value = {
        // the row's sex and code, the file's, and what stands after
        "~,       ~, gelding, G, gelding, G",
        "~,       ~, gelding, ~, gelding, ~",
        "~,       G, gelding, G, gelding, G",
        "~,       G, gelding, ~, ~,       G",
        "~,       C, gelding, G, ~,       C",
        "Gelding, ~, gelding, G, Gelding, G",
        "horse,   ~, gelding, G, horse,   ~",
        "horse,   ~, ~,       G, horse,   ~",
        "'',      G, gelding, G, gelding, G",
      })
  void halfAPairIsFilledOnlyWhereTheOtherHalfAgrees(
      String sex, String code, String fileSex, String fileCode, String sexAfter, String codeAfter)
      throws IOException {
    jdbi.useHandle(handle ->
        handle.execute(
            "INSERT INTO ra_horses (horse_id, name, sex, sex_code) VALUES ('hrs_1', 'A', ?, ?)",
            sex,
            code));
    load(
        "horse_id,sex,sex_code\nhrs_1,%s,%s\n"
            .formatted(fileSex == null ? "" : fileSex, fileCode == null ? "" : fileCode));
    assertThat(rows())
        .containsExactly(
            "hrs_1|A|%s|%s|~|~|~|~"
                .formatted(sexAfter == null ? "~" : sexAfter, codeAfter == null ? "~" : codeAfter));
  }

  @Test
  void halfAPairAloneLeavesARowWithTheOtherHalfAlone() throws IOException {
    execute("INSERT INTO ra_horses (horse_id, name, sex_code) VALUES ('hrs_1', 'A', 'G')");
    ImportResult result = load("horse_id,sex\nhrs_1,filly\n");
    assertThat(rows()).containsExactly("hrs_1|A|~|G|~|~|~|~");
    assertThat(result.unchanged()).isEqualTo(1);
  }

  @Test
  void aFileWithoutNamesFillsExistingHorses() throws IOException {
    execute("INSERT INTO ra_horses (horse_id, name) VALUES ('hrs_1', 'A')");
    assertThat(load("dob,horse_id\n2001-01-01,hrs_1\n").filled()).isEqualTo(1);
    assertThat(load("horse_id\nhrs_1\n").unchanged()).isEqualTo(1);
  }

  @Test
  void aDryRunRollsEverythingBack() throws IOException {
    execute("INSERT INTO ra_horses (horse_id, name) VALUES ('hrs_1', 'A')");
    ImportResult result =
        load("horse_id,name,region\nhrs_1,A,gb\nhrs_2,B,gb\n", new ImportOptions(Set.of(), true));
    assertThat(result.inserted()).isEqualTo(1);
    assertThat(result.filled()).isEqualTo(1);
    assertThat(rows()).containsExactly("hrs_1|A|~|~|~|~|~|~");
    assertThat(tablesInStudbook()).isZero();
  }

  @Test
  void onlyRequestedColumnsAreLoadedAndValidated() throws IOException {
    ImportResult result =
        load(
            "horse_id,name,dob\nhrs_1,A,nonsense\n",
            new ImportOptions(Set.of("horse_id", "name"), false));
    assertThat(rows()).containsExactly("hrs_1|A|~|~|~|~|~|~");
    assertThat(result.leftOut())
        .containsExactly(new SkippedColumn("dob", SkipReason.NOT_REQUESTED));
    assertThatExceptionOfType(CsvFormatException.class)
        .isThrownBy(() -> load("horse_id\nhrs_1\n", new ImportOptions(Set.of("name"), false)))
        .withMessage("the first line has no column name, which was requested");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImportOptions(Set.of("owner"), false))
        .withMessageStartingWith("cannot load owner; the columns are horse_id, name");
  }

  @Test
  void aTableWithFewerOrOtherColumnsTakesWhatItHas() throws IOException {
    execute("DROP TABLE ra_horse_pedigree, ra_horses");
    execute(
        """
        CREATE TABLE ra_horses (
          extra int DEFAULT 7, horse_id text COLLATE "POSIX" PRIMARY KEY, name text, dob text,
          region text GENERATED ALWAYS AS ('gb') STORED)
        """);
    ImportResult result = load("horse_id,name,dob,sex,region\nhrs_1,A,2001-01-01,colt,fr\n");
    assertThat(result.leftOut())
        .containsExactly(
            new SkippedColumn("sex", SkipReason.NOT_IN_TABLE),
            new SkippedColumn("region", SkipReason.NOT_IN_TABLE));
    assertThat(load("horse_id,name,dob\nhrs_1,A,2001-01-01\n").unchanged()).isEqualTo(1);
  }

  @Test
  void progressIsReportedEveryHundredThousandRecords() throws IOException {
    StringBuilder text = new StringBuilder("horse_id,name\n");
    for (int i = 0; i < 200_001; i++) {
      text.append("hrs_").append(i).append(",Horse ").append(i).append('\n');
    }
    List<Long> told = new ArrayList<>();
    ImportResult result = intake().load(file(text.toString()), ImportOptions.ALL, told::add);
    assertThat(told).containsExactly(100_000L, 200_000L);
    assertThat(result.inserted()).isEqualTo(200_001);
  }
}
