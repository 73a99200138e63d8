package studbook.cli.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner.Result;
import studbook.simulator.population.SyntheticPopulation;
import studbook.store.TestDatabase;

/** Tables with other column types: the whole job works, or names the column that prevents it. */
class ColumnTypesTest {

  private static final List<String> TEXTS =
      List.of("name", "sex", "sex_code", "colour", "colour_code", "region");
  private static final List<String> PARENTS =
      List.of("sire_id", "sire", "dam_id", "dam", "damsire_id", "damsire", "breeder", "region");

  @TempDir Path folder;

  /** A property of a database, and the statements that create it. */
  record Kind(String name, String script) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Kind> working() {
    return Stream.of(
        new Kind("char(50) ids", ids("char(50)")),
        new Kind(
            "texts without case",
            "CREATE COLLATION nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false);"
                + " CREATE COLLATION noaccent (provider = icu, locale = 'und-u-ks-level1', deterministic = false);"
                + ids("varchar(50) COLLATE nocase")
                + texts("varchar(200) COLLATE nocase")
                + "ALTER TABLE ra_horses ALTER sex_code TYPE varchar(2) COLLATE noaccent;"
                + "ALTER TABLE ra_horse_pedigree ALTER sire_id TYPE varchar(50) COLLATE noaccent;"),
        new Kind(
            "domains",
            "CREATE DOMAIN reference AS varchar(50) CHECK (VALUE ~ '^[a-z]{3}_');"
                + " CREATE DOMAIN horse_reference AS reference NOT NULL;"
                + " CREATE DOMAIN words AS text; CREATE DOMAIN day AS date; CREATE DOMAIN moment AS timestamptz;"
                + ids("horse_reference")
                + texts("words")
                + "ALTER TABLE ra_horse_pedigree ALTER sire_id TYPE reference;"
                + "ALTER TABLE ra_horses ALTER dob TYPE day, ALTER updated_at TYPE moment;"),
        new Kind("array_nulls off", ofDatabase("array_nulls", "off")),
        new Kind("quote_all_identifiers on", ofDatabase("quote_all_identifiers", "on")),
        new Kind(
            "a view",
            """
            ALTER TABLE ra_horses RENAME TO horses; CREATE VIEW public.ra_horses AS SELECT * FROM horses;
            ALTER TABLE ra_horse_pedigree RENAME TO pedigrees; CREATE VIEW public.ra_horse_pedigree AS SELECT * FROM pedigrees;
            """));
  }

  @ParameterizedTest
  @MethodSource("working")
  void theWholeJobWorks(Kind kind) throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(60, folder)) {
      made(fixture, kind.script());
      assertThat(fixture.cli.run("check").code()).isZero();

      Result result = fixture.cli.run("backfill", "--rate", "unlimited");

      assertThat(result.code()).as(result.out() + result.err()).isZero();
      fixture.assertThatRowsEqualWhatWasServed();
      assertThat(fixture.cli.run("plan").out()).contains("0 pending");
      lookedAt(fixture);
    }
  }

  @Test
  void aSingleOutcomeIsWrittenWithoutTheWordNull() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(3, folder)) {
      made(fixture, ofDatabase("array_nulls", "off"));
      assertThat(fixture.cli.run("backfill", "--rate", "5").code()).isZero();
      assertThat(
              fixture.count("SELECT count(*) FROM ra_horse_pedigree p WHERE p::text LIKE '%NULL%'"))
          .isZero();
      fixture.assertThatRowsEqualWhatWasServed();
    }
  }

  @Test
  void textsThatIgnoreCaseByExtensionWork() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(40, folder)) {
      assumeTrue(
          fixture.count("SELECT count(*) FROM pg_available_extensions WHERE name = 'citext'") == 1,
          "this PostgreSQL does not bring the extension citext");
      made(fixture, "CREATE EXTENSION citext;" + ids("citext") + texts("citext"));
      assertThat(fixture.cli.run("backfill", "--rate", "unlimited").code()).isZero();
      fixture.assertThatRowsEqualWhatWasServed();
      lookedAt(fixture);
    }
  }

  static Stream<Kind> refused() {
    return Stream.of(
        new Kind(
            "ra_horses.sex_code has type sex",
            "CREATE TYPE sex AS ENUM ('C', 'F', 'G', 'M', 'H', 'R');"
                + "ALTER TABLE ra_horses ALTER sex_code TYPE sex USING sex_code::sex;"),
        new Kind(
            "ra_horses.horse_id is not unique",
            "ALTER TABLE ra_horses DROP CONSTRAINT ra_horses_pkey;" + ""),
        new Kind(
            "ra_horse_pedigree.region has type integer",
            "ALTER TABLE ra_horse_pedigree ALTER region TYPE integer USING NULL;"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void namesTheColumnBeforeTheFirstRequest(Kind kind) throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(20, folder)) {
      made(fixture, kind.script());
      for (String command :
          List.of("backfill", "plan", "validate", "export horses -", "show hrs_1")) {
        Result result = fixture.cli.run(command.split(" "));
        assertThat(result.code()).as(command + result.out() + result.err()).isEqualTo(2);
        assertThat(result.err()).as(command).contains(kind.name());
      }
      assertThat(fixture.cli.run("check").out()).contains(kind.name());
      assertThat(fixture.simulator.statistics().arrivals()).isLessThanOrEqualTo(1);
      assertThat(fixture.cli.run("status").code()).isZero();
    }
  }

  @Test
  void momentsWithoutEndAreShown() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(20, folder)) {
      made(fixture, "");
      assertThat(fixture.cli.run("backfill", "--rate", "unlimited").code()).isZero();
      fixture.sql(
          "UPDATE ra_horses SET updated_at = 'infinity', dob = 'infinity' WHERE dob IS NOT NULL");
      fixture.sql("UPDATE ra_horse_pedigree SET created_at = '-infinity', updated_at = 'infinity'");
      lookedAt(fixture);
      assertThat(fixture.cli.run("export", "horses", "-").out()).contains(",infinity");
      assertThat(fixture.cli.run("export", "pedigrees", "-").out()).contains("-infinity,infinity");
    }
  }

  @Test
  void bytesThatAreNoUtf8AreReadAsLatin1() throws Exception {
    try (BackfillFixture fixture =
        new BackfillFixture(
            new SyntheticPopulation(11, 20),
            folder,
            BackfillFixture.options(),
            TestDatabase.withoutEncoding())) {
      made(fixture, "");
      fixture.sql("UPDATE ra_horses SET name = convert_from('\\x4761e8', 'SQL_ASCII')");
      Result result = fixture.cli.run("backfill", "--rate", "unlimited");
      assertThat(result.code()).as(result.out() + result.err()).isZero();
      lookedAt(fixture);
      assertThat(fixture.cli.run("export", "horses", "-").out()).contains("Gaè");
      assertThat(
              fixture.count(
                  "SELECT count(*) FROM ra_horses WHERE convert_to(name, 'SQL_ASCII') = '\\x4761e8' AND dob IS NOT NULL"))
          .isPositive();
      String id = fixture.list("SELECT horse_id FROM ra_horses LIMIT 1").getFirst();
      assertThat(fixture.cli.run("show", id).out()).contains("Gaè");
    }
  }

  /** Commands that read the rows. */
  private static void lookedAt(BackfillFixture fixture) {
    String id = fixture.list("SELECT horse_id::text FROM ra_horses LIMIT 1").getFirst().strip();
    for (String command :
        List.of(
            "validate",
            "report",
            "status",
            "show " + id,
            "export horses -",
            "export pedigrees -",
            "export horses - --run 1 --format json",
            "plan",
            "discover --days 1")) {
      Result result = fixture.cli.run(command.split(" "));
      assertThat(result.code()).as(command + ": " + result.out() + result.err()).isLessThan(2);
    }
  }

  private static void made(BackfillFixture fixture, String script) {
    assertThat(fixture.cli.run("init").code()).isZero();
    fixture
        .jdbi()
        .useHandle(handle -> {
          String database =
              handle.createQuery("SELECT current_database()").mapTo(String.class).one();
          handle
              .createScript(script.replace("DATABASE DATABASE", "DATABASE " + database))
              .execute();
          fixture
              .population
              .horses()
              .forEach(horse ->
                  handle.execute(
                      "INSERT INTO ra_horses (horse_id, name) VALUES (?, ?) ",
                      horse.id(),
                      horse.name()));
          if (script.contains("DROP CONSTRAINT")) {
            handle.execute(
                "INSERT INTO ra_horses (horse_id) SELECT horse_id FROM ra_horses LIMIT 1");
          }
        });
  }

  private static String ids(String type) {
    return "ALTER TABLE ra_horses ALTER horse_id TYPE %1$s; ALTER TABLE ra_horse_pedigree ALTER horse_id TYPE %1$s;"
        .formatted(type);
  }

  private static String texts(String type) {
    StringBuilder script = new StringBuilder();
    TEXTS.forEach(c -> script.append("ALTER TABLE ra_horses ALTER %s TYPE %s;".formatted(c, type)));
    PARENTS.forEach(
        c -> script.append("ALTER TABLE ra_horse_pedigree ALTER %s TYPE %s;".formatted(c, type)));
    return script.toString();
  }

  private static String ofDatabase(String setting, String value) {
    return "ALTER DATABASE DATABASE SET %s = %s".formatted(setting, value);
  }
}
