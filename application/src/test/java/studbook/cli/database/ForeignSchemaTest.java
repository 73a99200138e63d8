package studbook.cli.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner.Result;
import studbook.simulator.population.HorseRecord;
import studbook.simulator.population.ProfileAvailability;

/** The user's tables exist already, with more columns and constraints than Studbook creates. */
class ForeignSchemaTest {

  @TempDir Path folder;

  private static void make(BackfillFixture fixture) {
    fixture
        .jdbi()
        .useHandle(handle -> {
          handle.execute("CREATE TABLE trainers (id serial PRIMARY KEY)");
          handle.execute(
              """
              CREATE TABLE ra_horses (
                rating integer DEFAULT 42, horse_id varchar(50) PRIMARY KEY, name varchar(100) NOT NULL,
                sex varchar(20), sex_code char(1), dob date, colour varchar(30), colour_code varchar(10),
                region varchar(10), owner text, trainer_id integer REFERENCES trainers,
                created_at timestamp DEFAULT now(), updated_at timestamp DEFAULT now())
              """);
          handle.execute(
              """
              CREATE TABLE ra_horse_pedigree (
                horse_id varchar(50) PRIMARY KEY REFERENCES ra_horses, sire_id varchar(50), sire varchar(100),
                dam_id varchar(50), dam varchar(100), damsire_id varchar(50), damsire varchar(100),
                breeder varchar(100), region varchar(10), note text DEFAULT 'mine',
                created_at timestamp DEFAULT now(), updated_at timestamp DEFAULT now())
              """);
        });
  }

  private static void insert(BackfillFixture fixture, HorseRecord horse, String more) {
    fixture
        .jdbi()
        .useHandle(handle ->
            handle.execute(
                "INSERT INTO ra_horses (horse_id, name, owner) VALUES (?, ?, ?)",
                horse.id(),
                horse.fullName(),
                more));
  }

  @Test
  void leavesEverythingAloneThatIsNotItsOwn() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(80, folder)) {
      make(fixture);
      fixture
          .population
          .horses()
          .forEach(h ->
              insert(
                  fixture, fixture.population.horse(h.id()).orElseThrow(), "Owner of " + h.id()));
      List<String> before = others(fixture);

      Result result = fixture.cli.run("backfill", "--rate", "unlimited");

      assertThat(result.code()).as(result.err()).isZero();
      assertThat(others(fixture)).isEqualTo(before);
      assertThat(fixture.count("SELECT count(*) FROM ra_horse_pedigree WHERE note <> 'mine'"))
          .isZero();
      fixture.assertThatRowsEqualWhatWasServed();
      assertThat(
              fixture.count(
                  "SELECT count(*) FROM information_schema.tables WHERE table_schema NOT IN"
                      + " ('studbook','pg_catalog','information_schema')"))
          .as("no table of ours outside of studbook")
          .isEqualTo(3);
    }
  }

  private static List<String> others(BackfillFixture fixture) {
    return fixture
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery(
                    "SELECT concat_ws('|', horse_id, name, rating, owner, created_at) FROM"
                        + " ra_horses ORDER BY horse_id")
                .mapTo(String.class)
                .list());
  }

  @Test
  void aBlankFromTheApiErasesNothingAndEnrichedHorsesAreLeftAlone() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(2_000, folder)) {
      make(fixture);
      HorseRecord withoutDob =
          first(fixture, h -> h.availability() == ProfileAvailability.DETAILED && h.dob() == null);
      HorseRecord withoutParents =
          first(
              fixture,
              h ->
                  h.availability() == ProfileAvailability.DETAILED
                      && h.dob() != null
                      && h.sire() == null
                      && h.dam() == null);
      HorseRecord enriched =
          first(
              fixture,
              h ->
                  h.availability() == ProfileAvailability.DETAILED
                      && h.dob() != null
                      && h.sire() != null);
      for (HorseRecord horse : List.of(withoutDob, withoutParents, enriched)) {
        insert(fixture, horse, "x");
      }
      fixture
          .jdbi()
          .useHandle(handle -> {
            handle.execute(
                "UPDATE ra_horses SET region = 'xx', sex = 'mine', sex_code = 'Q', dob ="
                    + " '2001-02-03' WHERE horse_id = ?",
                enriched.id());
            handle.execute(
                "INSERT INTO ra_horse_pedigree (horse_id, sire_id, sire, breeder) VALUES (?,"
                    + " 'sir_1', 'Kept (GB)', 'Kept Stud')",
                withoutParents.id());
          });

      Result result = fixture.cli.run("backfill", "--rate", "unlimited");

      assertThat(result.code()).as(result.err()).isZero();
      assertThat(
              fixture.count(
                  "SELECT count(*) FROM ra_horses WHERE region = 'xx' AND sex = 'mine' AND sex_code"
                      + " = 'Q' AND dob = '2001-02-03'"))
          .isEqualTo(1);
      assertThat(fixture.simulator.statistics().requestCount(enriched.id())).isZero();
      assertThat(
              fixture.count(
                  "SELECT count(*) FROM ra_horse_pedigree WHERE sire_id = 'sir_1' AND sire = 'Kept"
                      + " (GB)' AND breeder = 'Kept Stud'"))
          .isEqualTo(1);
      assertThat(fixture.in("no_dob")).isEqualTo(1);
      assertThat(fixture.in("enriched")).isEqualTo(1);
      assertThat(
              fixture.count(
                  "SELECT count(*) FROM ra_horses WHERE dob IS NULL AND region IS NOT NULL AND"
                      + " sex_code IS NOT NULL"))
          .isEqualTo(1);
    }
  }

  private static HorseRecord first(
      BackfillFixture fixture, java.util.function.Predicate<HorseRecord> what) {
    return fixture
        .population
        .horses()
        .map(h -> fixture.population.horse(h.id()).orElseThrow())
        .filter(what)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void saysWhichColumnIsMissing() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(5, folder)) {
      make(fixture);
      fixture
          .jdbi()
          .useHandle(handle -> handle.execute("ALTER TABLE ra_horses DROP COLUMN colour_code"));
      insert(fixture, fixture.population.horse(0), "x");

      Result result = fixture.cli.run("backfill", "--rate", "unlimited");

      assertThat(result.code()).isEqualTo(2);
      assertThat(result.err()).contains("ra_horses has no column colour_code");
      assertThat(fixture.simulator.statistics().arrivals()).isZero();
    }
  }
}
