package studbook.store.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import studbook.store.intake.Report.LeftOut;
import studbook.store.intake.Report.Reason;

class IntakeTest {

  private static final Clock TODAY =
      Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

  private static IntakeDatabase server;

  @TempDir private Path folder;
  private DataSource database;
  private Jdbi jdbi;

  @BeforeAll
  static void start() throws Exception {
    server = new IntakeDatabase();
  }

  @AfterAll
  static void stop() throws Exception {
    server.stop();
  }

  @BeforeEach
  void createTheTable() {
    database = server.fresh();
    jdbi = Jdbi.create(database);
    execute(
        """
        CREATE TABLE ra_horses (
          horse_id varchar(50) PRIMARY KEY, name varchar(30) NOT NULL, sex varchar(20),
          sex_code varchar(10), dob date, colour varchar(20), colour_code varchar(10),
          region varchar(10), created_at timestamptz, updated_at timestamptz)
        """);
  }

  private void execute(String sql) {
    jdbi.useHandle(handle -> handle.execute(sql));
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("horses.csv"), text);
  }

  private Report load(String text) throws IOException {
    return load(text, Options.ALL);
  }

  private Report load(String text, Options options) throws IOException {
    return intake().load(file(text), options, read -> {});
  }

  private Intake intake() {
    return new Intake(database, TODAY, () -> 0);
  }

  private BadCsv refusal(String text) throws IOException {
    Path file = file(text);
    BadCsv bad =
        catchThrowableOfType(BadCsv.class, () -> intake().load(file, Options.ALL, read -> {}));
    assertThat(bad).as("nothing was refused").isNotNull();
    assertThat(rows()).isEmpty();
    return bad;
  }

  /** Every horse's columns but the stamps, with ~ for NULL. */
  private List<String> rows() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT concat_ws('|', horse_id, name, coalesce(sex, '~'),
                    coalesce(sex_code, '~'), coalesce(dob::text, '~'), coalesce(colour, '~'),
                    coalesce(colour_code, '~'), coalesce(region, '~'))
                FROM ra_horses ORDER BY horse_id
                """)
            .mapTo(String.class)
            .list());
  }

  private long tablesInStudbook() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "SELECT count(*) FROM pg_class WHERE relnamespace = 'studbook'::regnamespace")
            .mapTo(Long.class)
            .one());
  }

  @Test
  void insertsHorsesAsTheFileHasThemAndTellsWhatItLeftOut() throws IOException {
    Report report =
        load(
            """
            horse_id,name,sex,sex_code,dob,colour,colour_code,region,sire_id,notes
            hrs_2,Brave Ferry (IRE),gelding,g,2015-04-23,bay,b,IRE,sir_9,x
            hrs_1,O'Malley \\N; drop,,,,,,,,
            """);
    assertThat(rows())
        .containsExactly(
            "hrs_1|O'Malley \\N; drop|~|~|~|~|~|~",
            "hrs_2|Brave Ferry (IRE)|gelding|G|2015-04-23|bay|B|ire");
    assertThat(report.read()).isEqualTo(2);
    assertThat(report.inserted()).isEqualTo(2);
    assertThat(report.columns()).containsExactlyElementsOf(Column.names());
    assertThat(report.leftOut())
        .containsExactly(
            new LeftOut("sire_id", Reason.PEDIGREE), new LeftOut("notes", Reason.UNKNOWN));
    assertThat(tablesInStudbook()).isZero();
  }

  @Test
  void takesAByteOrderMarkSemicolonsCarriageReturnsBlankLinesAndQuotedLineBreaks()
      throws IOException {
    Report report =
        load(
            "\uFEFF\"Horse_ID\"; NAME ;notes\r\nhrs_1;\"A; \"\"b\"\"\";\"one\r\ntwo\"\r\n\r\n  \r\n"
                + "hrs_2;Ünïcode 🐎;");
    assertThat(rows())
        .containsExactly("hrs_1|A; \"b\"|~|~|~|~|~|~", "hrs_2|Ünïcode 🐎|~|~|~|~|~|~");
    assertThat(report.read()).isEqualTo(2);
  }

  @Test
  void onAHorseThatStandsOnlyBlanksAreFilled() throws IOException {
    execute(
        """
        INSERT INTO ra_horses VALUES
          ('hrs_1', 'Kept', NULL, '', NULL, 'grey', 'GR', 'gb', '2020-01-01Z', '2020-01-01Z'),
          ('hrs_2', 'Full', 'mare', 'M', '2010-01-01', 'bay', 'B', 'fr', '2020-01-01Z', '2020-01-01Z'),
          ('hrs_3', '', NULL, NULL, NULL, NULL, NULL, NULL, '2020-01-01Z', '2020-01-01Z')
        """);
    Report report =
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
    assertThat(report.inserted()).isEqualTo(1);
    assertThat(report.filled()).isEqualTo(2);
    assertThat(report.unchanged()).isEqualTo(1);
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
    Report report = load("horse_id,sex\nhrs_1,filly\n");
    assertThat(rows()).containsExactly("hrs_1|A|~|G|~|~|~|~");
    assertThat(report.unchanged()).isEqualTo(1);
  }

  @Test
  void aFileMayFillHorsesThatStandWithoutNamingThem() throws IOException {
    execute("INSERT INTO ra_horses (horse_id, name) VALUES ('hrs_1', 'A')");
    assertThat(load("dob,horse_id\n2001-01-01,hrs_1\n").filled()).isEqualTo(1);
    assertThat(load("horse_id\nhrs_1\n").unchanged()).isEqualTo(1);
  }

  @Test
  void everyBadLineIsNamedAndNothingIsLoaded() throws IOException {
    BadCsv bad =
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
    assertThat(bad.lines())
        .extracting(BadLine::toString)
        .containsExactly(
            "line 3: horse_id 'horse 2' is not hrs_ and digits",
            "line 4: no horse_id",
            "line 5: 2 fields where the header has 4",
            "line 6: name has a control character",
            "line 8: dob '2015-02-30' is not a day as 2015-04-23 is",
            "line 9: dob '1699-12-31' is not a day from 1700 to today",
            "line 10: dob '2026-03-02' is not a day from 1700 to today",
            "line 11: sex_code 'X' is not one of C F G M H R",
            "line 12: name has a control character",
            "line 13: name has a control character",
            "line 14: name is wider than the column's 30 characters",
            "line 15: sex_code 'Z' is not one of C F G M H R; dob 'soon' is not a day as"
                + " 2015-04-23 is",
            "line 16: horse_id has a control character");
    assertThat(bad.total()).isEqualTo(13);
    assertThat(bad).hasMessage("13 lines are bad, so nothing was loaded");
    assertThat(tablesInStudbook()).isZero();
  }

  @Test
  void bytesThatAreNoUtf8AreNamedByTheirLine() throws IOException {
    Path file = folder.resolve("latin.csv");
    Files.write(
        file,
        "horse_id,name\nhrs_1,A\nhrs_2,Caf\u00e9\nhrs_3,B".getBytes(StandardCharsets.ISO_8859_1));
    assertThatExceptionOfType(BadCsv.class)
        .isThrownBy(() -> intake().load(file, Options.ALL, read -> {}))
        .satisfies(bad -> assertThat(bad.lines()).containsExactly(new BadLine(3, "not UTF-8")));
  }

  @Test
  void repetitionsAreCountedAndContradictionsRefused() throws IOException {
    String repeated = "horse_id,name\nhrs_1,A\nhrs_2,B\nhrs_1,A\nhrs_1, A \n";
    BadCsv bad = refusal(repeated + "hrs_2,C\nhrs_2,B\nhrs_2,\nno,D\n");
    assertThat(bad.lines())
        .containsExactly(
            new BadLine(6, "not what line 3 says of this horse"),
            new BadLine(8, "not what line 3 says of this horse"),
            new BadLine(9, "horse_id 'no' is not hrs_ and digits"));
    Report report = load(repeated);
    assertThat(report.duplicates()).isEqualTo(2);
    assertThat(report.inserted()).isEqualTo(2);
    assertThat(report.read()).isEqualTo(4);
  }

  @Test
  void ofManyBadLinesTheFirstTwentyAreKeptAndAllCounted() throws IOException {
    BadCsv bad = refusal("horse_id,name\n" + "x,y\n".repeat(50_000));
    assertThat(bad.lines()).hasSize(20).first().extracting(BadLine::line).isEqualTo(2L);
    assertThat(bad.total()).isEqualTo(50_000);
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
    BadCsv bad = refusal(text);
    assertThat(bad).hasMessageStartingWith(sentence);
    assertThat(bad.lines()).isEmpty();
  }

  @Test
  void aFileThatIsMissingIsRefusedInASentence() {
    assertThatExceptionOfType(BadCsv.class)
        .isThrownBy(() -> intake().load(folder.resolve("none.csv"), Options.ALL, read -> {}))
        .withMessageEndingWith("none.csv is not there");
    assertThatExceptionOfType(BadCsv.class)
        .isThrownBy(() -> intake().load(folder, Options.ALL, read -> {}))
        .withMessageEndingWith("cannot be read");
  }

  @Test
  void aDryRunDoesEverythingAndTakesItBack() throws IOException {
    execute("INSERT INTO ra_horses (horse_id, name) VALUES ('hrs_1', 'A')");
    Report report =
        load("horse_id,name,region\nhrs_1,A,gb\nhrs_2,B,gb\n", new Options(Set.of(), true));
    assertThat(report.inserted()).isEqualTo(1);
    assertThat(report.filled()).isEqualTo(1);
    assertThat(rows()).containsExactly("hrs_1|A|~|~|~|~|~|~");
    assertThat(tablesInStudbook()).isZero();
  }

  @Test
  void onlyTheColumnsAskedForAreLoadedAndChecked() throws IOException {
    Report report =
        load(
            "horse_id,name,dob\nhrs_1,A,nonsense\n",
            new Options(Set.of("horse_id", "name"), false));
    assertThat(rows()).containsExactly("hrs_1|A|~|~|~|~|~|~");
    assertThat(report.leftOut()).containsExactly(new LeftOut("dob", Reason.NOT_ASKED_FOR));
    assertThatExceptionOfType(BadCsv.class)
        .isThrownBy(() -> load("horse_id\nhrs_1\n", new Options(Set.of("name"), false)))
        .withMessage("the first line has no column name, which was asked for");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Options(Set.of("sire"), false))
        .withMessageStartingWith("cannot load sire; the columns are horse_id, name");
  }

  @Test
  void aTableWithFewerOrOtherColumnsTakesWhatItHas() throws IOException {
    execute("DROP TABLE ra_horses");
    execute(
        """
        CREATE TABLE ra_horses (
          extra int DEFAULT 7, horse_id text COLLATE "POSIX" PRIMARY KEY, name text, dob text,
          region text GENERATED ALWAYS AS ('gb') STORED)
        """);
    Report report = load("horse_id,name,dob,sex,region\nhrs_1,A,2001-01-01,colt,fr\n");
    assertThat(report.leftOut())
        .containsExactly(
            new LeftOut("sex", Reason.NOT_IN_THE_TABLE),
            new LeftOut("region", Reason.NOT_IN_THE_TABLE));
    assertThat(load("horse_id,name,dob\nhrs_1,A,2001-01-01\n").unchanged()).isEqualTo(1);
  }

  @Test
  void whatTheTableRefusesIsASentenceAndNothingIsLoaded() throws IOException {
    execute("ALTER TABLE ra_horses ADD CONSTRAINT modern CHECK (dob > '1990-01-01')");
    assertThatExceptionOfType(RefusedByDatabase.class)
        .isThrownBy(() -> load("horse_id,name,dob\nhrs_1,A,2001-01-01\nhrs_2,B,1980-01-01\n"))
        .withMessageContaining("\"modern\"");
    assertThatExceptionOfType(RefusedByDatabase.class)
        .isThrownBy(() -> load("horse_id\nhrs_1\n"))
        .withMessageContaining("\"name\"");
    assertThat(rows()).isEmpty();
    execute("DROP TABLE ra_horses");
    assertThatExceptionOfType(RefusedByDatabase.class)
        .isThrownBy(() -> load("horse_id\nhrs_1\n"))
        .withMessage("the database has no table ra_horses with a column horse_id");
  }

  @Test
  void progressIsToldEveryHundredThousandRecords() throws IOException {
    StringBuilder text = new StringBuilder("horse_id,name\n");
    for (int i = 0; i < 200_001; i++) {
      text.append("hrs_").append(i).append(",Horse ").append(i).append('\n');
    }
    List<Long> told = new ArrayList<>();
    Report report = intake().load(file(text.toString()), Options.ALL, told::add);
    assertThat(told).containsExactly(100_000L, 200_000L);
    assertThat(report.inserted()).isEqualTo(200_001);
  }
}
