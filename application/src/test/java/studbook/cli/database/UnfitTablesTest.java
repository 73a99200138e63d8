package studbook.cli.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner.Result;

/** Tables and views that lack something: {@code studbook check} says what, and how to add it. */
class UnfitTablesTest {

  private static final String MOVED =
      """
      ALTER TABLE ra_horses RENAME TO horses;
      ALTER TABLE ra_horse_pedigree RENAME TO pedigrees;
      """;

  @TempDir Path folder;

  @Test
  void namesEveryMissingColumnWithTheStatementThatAddsIt() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(5, folder).imported()) {
      script(
          fixture,
          """
          ALTER TABLE ra_horses DROP COLUMN dob, DROP COLUMN colour_code, DROP COLUMN created_at;
          ALTER TABLE ra_horse_pedigree DROP COLUMN breeder, DROP COLUMN updated_at, ALTER region TYPE integer USING NULL;
          """);

      String message = checked(fixture);

      assertThat(message)
          .contains("table ra_horses has no column dob (date), colour_code (text), which")
          .contains(
              "table ra_horse_pedigree has no column breeder (text), updated_at (timestamp), which")
          .contains("column ra_horse_pedigree.region has type integer");
      List<String> statements =
          Pattern.compile("ALTER TABLE [^;]*;")
              .matcher(message)
              .results()
              .map(MatchResult::group)
              .toList();
      statements.forEach(fixture::sql);
      assertThat(statements).hasSize(2);
      fixture.sql("ALTER TABLE ra_horse_pedigree ALTER region TYPE text");
      assertThat(fixture.cli.run("check").code()).isZero();
      assertThat(fixture.cli.run("backfill", "--rate", "unlimited").code()).isZero();
      fixture.assertThatRowsEqualWhatWasServed();
    }
  }

  record Unfit(String message, String script) {
    @Override
    public String toString() {
      return message;
    }
  }

  static List<Unfit> unfit() {
    return List.of(
        new Unfit(
            "the view ra_horses has no column sex (text), dob (date), which Studbook needs: add it to the view with CREATE OR REPLACE VIEW (docs/your-tables.md); if horses has no column for it, first run as the owner ALTER TABLE horses ADD COLUMN sex text, ADD COLUMN dob date;",
            MOVED
                + """
                CREATE VIEW public.ra_horses AS SELECT horse_id, name, sex_code, colour, colour_code, region, updated_at FROM horses;
                CREATE VIEW public.ra_horse_pedigree AS SELECT * FROM pedigrees;
                """),
        new Unfit(
            "the view ra_horses cannot be written: its SELECT must read one table",
            MOVED
                + """
                CREATE VIEW public.ra_horses AS SELECT h.* FROM horses h LEFT JOIN pedigrees p USING (horse_id);
                CREATE VIEW public.ra_horse_pedigree AS SELECT * FROM pedigrees;
                """),
        new Unfit(
            "the view ra_horse_pedigree cannot be written: its SELECT must read one table",
            MOVED
                + """
                CREATE VIEW public.ra_horses AS SELECT * FROM horses;
                CREATE VIEW public.ra_horse_pedigree AS SELECT DISTINCT * FROM pedigrees;
                """),
        new Unfit(
            "cannot update column \"dob\" of view \"ra_horses\"",
            MOVED
                + """
                CREATE VIEW public.ra_horses AS SELECT horse_id, name, sex, sex_code, dob::timestamp::date AS dob, colour, colour_code,
                  region, updated_at FROM horses;
                CREATE VIEW public.ra_horse_pedigree AS SELECT * FROM pedigrees;
                """),
        new Unfit(
            "it must have no INSTEAD OF trigger",
            MOVED
                + """
                CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
                CREATE VIEW public.ra_horses AS SELECT * FROM horses;
                CREATE VIEW public.ra_horse_pedigree AS SELECT DISTINCT * FROM pedigrees;
                CREATE TRIGGER t INSTEAD OF INSERT OR UPDATE ON ra_horse_pedigree FOR EACH ROW EXECUTE FUNCTION f();
                """),
        new Unfit(
            "the views ra_horses and ra_horse_pedigree are of the same table, horses,",
            """
            DROP TABLE ra_horse_pedigree;
            ALTER TABLE ra_horses RENAME TO horses;
            ALTER TABLE horses ADD sire_id text, ADD sire text, ADD dam_id text, ADD dam text, ADD damsire_id text, ADD damsire text, ADD breeder text;
            CREATE VIEW public.ra_horses AS SELECT horse_id, name, sex, sex_code, dob, colour, colour_code, region, updated_at FROM horses;
            CREATE VIEW public.ra_horse_pedigree AS SELECT horse_id, sire_id, sire, dam_id, dam, damsire_id, damsire, breeder, region, created_at, updated_at FROM horses;
            """));
  }

  @ParameterizedTest
  @MethodSource("unfit")
  void saysWhyAViewDoesNotFit(Unfit unfit) throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(5, folder).imported()) {
      script(fixture, unfit.script());

      assertThat(checked(fixture)).contains(unfit.message());
    }
  }

  /** The lines of check as one. */
  private static String checked(BackfillFixture fixture) {
    Result result = fixture.cli.run("check");
    String out = result.out().replaceAll("\\s+", " ");
    assertThat(result.code()).as(out).isEqualTo(2);
    return out;
  }

  private static void script(BackfillFixture fixture, String script) {
    fixture.jdbi().useHandle(handle -> handle.createScript(script).execute());
  }
}
