package studbook.cli.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner.Result;
import studbook.cli.fixture.WorkerRole;

/** The statements of docs/your-tables.md. */
class YourTablesTest {

  private static final Pattern BLOCK = Pattern.compile("(?s)```sql\n(.*?)```");

  @TempDir Path folder;

  private BackfillFixture fixture;
  private WorkerRole worker;

  @BeforeEach
  void prepare() {
    fixture = new BackfillFixture(40, folder);
    worker = new WorkerRole(fixture);
  }

  @AfterEach
  void tidy() {
    try {
      worker.close();
    } finally {
      fixture.close();
    }
  }

  @Test
  void viewsGiveTablesTheNamesThatStudbookKnows() throws Exception {
    createViews();
    worker.become("fill");
    assertThatTheJobFillsTheTables();
  }

  @Test
  void viewsWithTheRightsOfTheDatabaseUserWork() throws Exception {
    createViews();
    worker.become("fill");
    worker.run(blocks().get(2));
    worker.run(blocks().get(3));
    worker.run(blocks().get(4));
    assertThat(blocks()).as("every statement was run").hasSize(5);
    assertThatTheJobFillsTheTables();
  }

  @Test
  void horsesOfAJoinAreWrittenByAnInsteadOfTrigger() throws Exception {
    createViews();
    worker.run(
        """
        CREATE TABLE racing.owners (id text PRIMARY KEY);
        INSERT INTO racing.owners SELECT owner FROM racing.ra_mst_horses;
        CREATE OR REPLACE VIEW public.ra_horses AS
        SELECT h.id AS horse_id, h.name, h.sex, h.sex_code, h.birth_date AS dob, h.colour, h.colour_code, h.country AS region,
               h.created AS created_at, h.modified AS updated_at
        FROM racing.ra_mst_horses h JOIN racing.owners o ON o.id = h.owner;
        CREATE FUNCTION public.write_horse() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
        BEGIN
          UPDATE racing.ra_mst_horses
          SET sex = NEW.sex, sex_code = NEW.sex_code, birth_date = NEW.dob, colour = NEW.colour,
              colour_code = NEW.colour_code, country = NEW.region, modified = NEW.updated_at
          WHERE id = NEW.horse_id;
          RETURN NEW;
        END $$;
        CREATE TRIGGER write_horse INSTEAD OF UPDATE ON public.ra_horses FOR EACH ROW EXECUTE FUNCTION public.write_horse();
        """);
    worker.become("fill");
    assertThatTheJobFillsTheTables();
  }

  private void assertThatTheJobFillsTheTables() {
    assertThat(run("check").out()).contains("40 horses, 0 with dob, as role " + worker.name());

    assertThat(run("backfill", "--rate", "unlimited").out()).contains("is finished");

    fixture.assertThatRowsEqualWhatWasServed();
    assertThat(
            fixture.count(
                """
                SELECT count(*) FROM racing.ra_mst_horses
                WHERE birth_date IS NOT NULL AND country IS NOT NULL AND owner = 'Owner of ' || id
                  AND modified - now() AT TIME ZONE 'America/Los_Angeles' BETWEEN interval '-5 min' AND interval '5 min'
                """))
        .isEqualTo(fixture.in("enriched"))
        .isPositive();
    assertThat(
            fixture.count(
                """
                SELECT count(*) FROM racing.ra_mst_pedigrees
                WHERE sire_name IS NOT NULL AND dam_name IS NOT NULL AND modified IS NOT NULL
                """))
        .isPositive();
    run("validate");
    String filled =
        fixture.list("SELECT id FROM racing.ra_mst_horses WHERE birth_date IS NOT NULL").getFirst();
    assertThat(run("show", filled).out())
        .contains(
            fixture
                .list(
                    "SELECT birth_date::text FROM racing.ra_mst_horses WHERE id = '" + filled + "'")
                .getFirst());
  }

  private Result run(String... command) {
    Result result = fixture.cli.run(command);
    assertThat(result.code()).as(String.join(" ", command) + result.out() + result.err()).isZero();
    return result;
  }

  /** The documented tables, with the horses, and views. */
  private void createViews() throws Exception {
    worker.run(blocks().get(0));
    fixture
        .jdbi()
        .useHandle(handle ->
            fixture
                .population
                .horses()
                .forEach(horse ->
                    handle.execute(
                        "INSERT INTO racing.ra_mst_horses (id, name, owner) VALUES (?, ?, ?)",
                        horse.id(),
                        horse.name(),
                        "Owner of " + horse.id())));
    worker.run(blocks().get(1));
    run("init");
  }

  private static List<String> blocks() throws Exception {
    return BLOCK
        .matcher(Files.readString(Path.of("docs", "your-tables.md")))
        .results()
        .map(block -> block.group(1))
        .toList();
  }
}
