package studbook.cli.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.CliRunner;
import studbook.cli.fixture.CliRunner.Result;

/** {@code studbook init --wizard} in a script: no question is asked. */
class UnaskedWizardTest {

  @TempDir Path folder;

  private WizardFixture wizard;

  @BeforeEach
  void prepare() {
    wizard = new WizardFixture(30, folder);
  }

  @AfterEach
  void tidy() {
    wizard.close();
  }

  private static Result init(CliRunner cli, String... options) {
    String[] command = new String[options.length + 2];
    command[0] = "init";
    command[1] = "--wizard";
    System.arraycopy(options, 0, command, 2, options.length);
    return cli.run(command);
  }

  private static String failed(Result result) {
    String text = (result.out() + result.err()).replaceAll("\\s+", " ");
    assertThat(result.code()).as(text).isEqualTo(2);
    assertThat(text).doesNotContain("Exception", "internal error", "bridle-77", CliRunner.PASSWORD);
    return text;
  }

  private static Result done(Result result) {
    assertThat(result.code()).as(result.out() + result.err()).isZero();
    return result;
  }

  @Test
  void aTableWithIdAndNameIsMappedFilledAndSaved() throws Exception {
    wizard.script(WizardFixture.TABLES).horses("racing.ra_mst_horses");
    Files.writeString(wizard.envFile(), "# mine\nRACING_API_RATE=unlimited\n");

    Result result = done(init(wizard.cli(), "--create-views", "--save"));

    assertThat(result.out())
        .contains("Found racing.ra_mst_horses, 30 rows", "ADD COLUMN dob date")
        .contains("Studbook creates ra_horse_pedigree")
        .containsPattern("Database +ok .*30 horses, 0 with dob")
        .containsPattern("API +ok")
        .doesNotContain(CliRunner.PASSWORD);
    assertThat(wizard.saved())
        .startsWith("# mine\nRACING_API_RATE=unlimited\n")
        .contains("DATABASE_URL=" + wizard.fixture.database.libpqUri())
        .contains("RACING_API_PASSWORD='" + CliRunner.PASSWORD + "'");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(wizard.envFile())))
        .isEqualTo("rw-------");
    done(wizard.unset().run("backfill"));
    wizard.fixture.assertThatRowsEqualWhatWasServed();
    assertThat(
            wizard.fixture.count("SELECT count(*) FROM racing.ra_mst_horses WHERE dob IS NOT NULL"))
        .isEqualTo(wizard.fixture.in("enriched"))
        .isPositive();
    assertThat(done(init(wizard.cli())).out()).contains("ra_horses of schema public");
  }

  @Test
  void differentNamesAndTypesAreMappedByTheirMeaning() {
    wizard
        .script(
            """
            CREATE SCHEMA "Racing";
            CREATE TABLE "Racing"."Horses" (
              pk bigserial PRIMARY KEY, id text UNIQUE, name text, "dateOfBirth" date, "Gender" varchar(10), coat text, dob text,
              country text, "order" int);
            CREATE TABLE "Racing".pedigrees (horse_id text PRIMARY KEY, father text, mother text, "sireId" text);
            """)
        .horses("\"Racing\".\"Horses\"");

    String text = done(init(wizard.cli(), "--create-views")).out();

    assertThat(text)
        .contains("FROM \"Racing\".\"Horses\"", "\"dateOfBirth\" AS dob", "\"Gender\" AS sex")
        .contains("coat AS colour", "father AS sire", "mother AS dam", "\"sireId\" AS sire_id")
        .doesNotContain("ADD COLUMN dob");
    done(wizard.cli().run("backfill", "--rate", "unlimited"));
    wizard.fixture.assertThatRowsEqualWhatWasServed();
  }

  @Test
  void aColumnOfAnotherTypeIsLeftAndOneIsAddedBesideIt() {
    wizard
        .script("CREATE TABLE horses (id text PRIMARY KEY, name text, dob text, born timestamp)")
        .horses("horses");

    assertThat(done(init(wizard.cli(), "--create-views")).out())
        .contains("ADD COLUMN studbook_dob date", "studbook_dob AS dob");
  }

  @Test
  void theDocumentedCommandWorks() throws Exception {
    wizard
        .script(
            """
            CREATE SCHEMA racing;
            CREATE TABLE racing.ra_mst_horses (id text PRIMARY KEY, name text, birth_date date);
            """)
        .horses("racing.ra_mst_horses");
    Matcher block =
        Pattern.compile("(?s)```sh\n(.*?)```")
            .matcher(Files.readString(Path.of("docs", "your-tables.md")));
    assertThat(block.find()).isTrue();
    String command = block.group(1).replace("\\\n", " ").strip();

    Result result = wizard.cli().run(command.replaceFirst("studbook ", "").split("\\s+"));

    assertThat(done(result).out()).contains("birth_date AS dob", ".env.local has DATABASE_URL");
  }

  @Test
  void nothingIsChangedWithoutConsent() {
    wizard.script(WizardFixture.TABLES).horses("racing.ra_mst_horses");
    long before = wizard.relations();

    assertThat(failed(init(wizard.cli())))
        .contains("CREATE VIEW public.ra_horses", "nothing was changed: add --create-views");

    assertThat(wizard.relations()).isEqualTo(before);
    assertThat(wizard.envFile()).doesNotExist();
    assertThat(wizard.fixture.simulator.statistics().arrivals()).isZero();
  }

  @Test
  void statementsInAFileAreForTheOwner() throws Exception {
    wizard.script(WizardFixture.TABLES).horses("racing.ra_mst_horses");

    assertThat(failed(init(wizard.cli(), "--sql-file", "views.sql", "--skip-api")))
        .contains("The statements are in views.sql", "then `studbook init --wizard` again");
    assertThat(failed(init(wizard.cli(), "--sql-file", "views.sql"))).contains("exists already");

    wizard.script(Files.readString(folder.resolve("views.sql")));
    done(init(wizard.cli()));
  }

  @Test
  void severalTablesAreNamedAndOneIsChosenByAnOption() {
    wizard
        .script(WizardFixture.TABLES)
        .script(
            """
            CREATE TABLE runners (id serial PRIMARY KEY, horse_id text, name text);
            INSERT INTO runners (horse_id, name) VALUES ('hrs_1', 'A'), ('hrs_1', 'A');
            CREATE TABLE stable (hrs_id text PRIMARY KEY, name text);
            INSERT INTO stable VALUES ('hrs_77', 'Other');
            CREATE TABLE pedigrees (horse_id text PRIMARY KEY, sire text);
            CREATE TABLE old_pedigrees (horse_id text PRIMARY KEY, sire text);
            """)
        .horses("racing.ra_mst_horses");

    assertThat(failed(init(wizard.cli())))
        .contains("racing.ra_mst_horses, 30 rows, public.stable, 1 row; name one with --horses")
        .doesNotContain("runners");
    assertThat(failed(init(wizard.cli(), "--horses", "racing.ra_mst_horses")))
        .contains("public.pedigrees", "name one with --pedigrees");
    assertThat(failed(init(wizard.cli(), "--horses", "racing.nothing")))
        .contains("no table racing.nothing: name it as SCHEMA.TABLE");
    done(
        init(
            wizard.cli(),
            "--horses=racing.ra_mst_horses",
            "--pedigrees=pedigrees",
            "--create-views"));
  }

  @Test
  void columnsAreNamedByOptions() {
    wizard
        .script("CREATE TABLE horses (id text PRIMARY KEY, title text, birthday date, n int)")
        .script("INSERT INTO horses (id, title) VALUES ('hrs_1', 'A')");

    assertThat(failed(init(wizard.cli()))).contains("no table with horses was found");
    assertThat(failed(init(wizard.cli(), "--horses", "horses")))
        .contains("public.horses needs a column for name", "--column ra_horses.NAME=YOURS");
    assertThat(failed(init(wizard.cli(), "--horses", "horses", "--column", "ra_horses.name=x")))
        .contains("public.horses has no column x; its columns are id, title, birthday, n");
    assertThat(failed(init(wizard.cli(), "--horses", "horses", "--column", "ra_horses.name=n")))
        .contains("n has type integer, but Studbook stores a text in name");
    assertThat(failed(init(wizard.cli(), "--horses", "horses", "--column", "dob=birthday")))
        .contains("--column dob: name a column of ra_horses or ra_horse_pedigree");
    done(
        init(
            wizard.cli(),
            "--horses=horses",
            "--column=ra_horses.name=title",
            "--column=ra_horses.dob=birthday",
            "--create-views"));
  }

  @Test
  void aUserWithoutRightsIsToldWhatTheOwnerRuns() throws Exception {
    wizard.script(WizardFixture.TABLES).horses("racing.ra_mst_horses");
    CliRunner cli = wizard.cli().with("DATABASE_URL", wizard.asRole());
    String role = wizard.role;

    assertThat(failed(init(cli)))
        .contains("no table with horses was found")
        .contains("GRANT USAGE ON SCHEMA racing TO " + role + ";")
        .contains("GRANT SELECT ON racing.ra_mst_horses TO " + role + ";");

    wizard.script(
        "GRANT USAGE ON SCHEMA racing TO %s; GRANT SELECT ON racing.ra_mst_horses TO %s"
            .formatted(role, role));
    assertThat(failed(init(cli, "--create-views", "--sql-file", "views.sql", "--skip-api")))
        .contains("This database user may not run them: the views are created in schema public")
        .contains("only its owner adds columns", "it lacks UPDATE on racing.ra_mst_horses");

    wizard.script(Files.readString(folder.resolve("views.sql")));
    assertThat(failed(init(cli))).contains("GRANT CREATE ON DATABASE");
    String database = wizard.fixture.database.jdbcUrl().replaceAll(".*/", "");
    wizard.script(
        "GRANT CREATE ON DATABASE %s TO %s; GRANT CREATE ON SCHEMA public TO %s"
            .formatted(database, role, role));
    done(init(cli));
  }

  @Test
  void anEmptyTableOfStudbooksNameIsNotTakenForTheHorses() {
    done(wizard.cli().run("init"));
    wizard.script(WizardFixture.TABLES).horses("racing.ra_mst_horses");

    assertThat(failed(init(wizard.cli(), "--create-views")))
        .contains("ra_horses is empty, and racing.ra_mst_horses has horses")
        .contains("DROP TABLE ra_horses, ra_horse_pedigree;");
    wizard.script("DROP TABLE ra_horses, ra_horse_pedigree");
    done(init(wizard.cli(), "--create-views"));
  }

  @Test
  void whatIsMissingIsNamedAtOnce() {
    assertThat(failed(init(new CliRunner(folder))))
        .contains("RACING_API_USERNAME is not set", "RACING_API_PASSWORD is not set");
    assertThat(failed(init(wizard.cli().with("DATABASE_URL", ""))))
        .contains("DATABASE_URL is not set: set it in the environment, .env.local or .env");
    assertThat(failed(wizard.cli().run("init", "--save"))).contains("need --wizard");
    String gone = wizard.fixture.database.libpqUri() + "_gone";
    assertThat(failed(init(wizard.cli().with("DATABASE_URL", gone)))).contains("no such database");
  }
}
