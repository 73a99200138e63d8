package studbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import studbook.cli.fixture.CliRunner;
import studbook.cli.fixture.CliRunner.Result;
import studbook.store.TestDatabase;

/** A usage error prints a sentence that says what to do, and exits with 2. */
class BadInputTest {

  @TempDir Path folder;
  private CliRunner cli;

  @BeforeEach
  void terminal() {
    cli =
        new CliRunner(folder)
            .with("RACING_API_USERNAME", CliRunner.USERNAME)
            .with("RACING_API_PASSWORD", CliRunner.PASSWORD);
  }

  private static void isMistake(Result result, String... says) {
    assertThat(result.code()).as(result.out() + result.err()).isEqualTo(2);
    assertThat(result.err())
        .contains(says)
        .doesNotContain("\tat ", "Exception", CliRunner.PASSWORD);
  }

  @Test
  void anUnknownFlag() {
    isMistake(
        cli.run("backfill", "--fast"),
        "studbook: Unknown option: '--fast'",
        "see `studbook backfill --help`");
  }

  @Test
  void noCommand() {
    isMistake(cli.run(), "missing command");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "fast"})
  void aRateThatIsNone(String rate) {
    isMistake(cli.run("backfill", "--rate=" + rate), "--rate should be requests per second");
  }

  @Test
  void anUnreachableDatabase() {
    cli.with("DATABASE_URL", "postgresql://me:secret-7@127.0.0.1:1/racing");
    Result result = cli.run("status");
    isMistake(result, "cannot reach the database at 127.0.0.1:1/racing");
    assertThat(result.err()).doesNotContain("secret-7");
  }

  @Test
  void aWrongPasswordOfTheDatabase() {
    try (TestDatabase database = TestDatabase.fresh()) {
      cli.with("DATABASE_URL", database.libpqUri().replace(database.password(), "wrong"));
      isMistake(cli.run("status"), "rejects the user or the password of DATABASE_URL");
    }
  }

  @Test
  void aMalformedUrl() {
    cli.with("DATABASE_URL", "mysql://localhost/x");
    isMistake(cli.run("status"), "DATABASE_URL");
  }

  @Test
  void aBaseUrlThatIsNone() {
    cli.with("RACING_API_BASE_URL", "not a url");
    isMistake(cli.run("backfill"), "RACING_API_BASE_URL");
  }

  @Test
  void allMistakesAtOnce() {
    cli.with("RACING_API_TIMEOUT", "soon")
        .with("RACING_API_USERNAME", "")
        .with("DATABASE_URL", "mysql://x");
    isMistake(
        cli.run("backfill", "--rate", "fast"),
        "RACING_API_TIMEOUT",
        "RACING_API_USERNAME",
        "DATABASE_URL",
        "--rate");
  }

  @Test
  void aCsvWithoutIds() throws Exception {
    try (TestDatabase database = TestDatabase.fresh()) {
      cli.on(database);
      Path csv = folder.resolve("no-ids.csv");
      Files.writeString(csv, "name,dob\nNobody,2020-01-01\n");
      isMistake(cli.run("import", csv.toString()), "horse_id");
    }
  }

  @Test
  void aCsvWithBadLinesLoadsNothing() throws Exception {
    try (TestDatabase database = TestDatabase.fresh()) {
      cli.on(database);
      Path csv = folder.resolve("bad.csv");
      Files.writeString(csv, "horse_id,name\nhrs_1,Good\nhorse 2,Bad\nhrs_3,Good too\nhrs_4\n");
      isMistake(cli.run("import", csv.toString()), "line 3", "line 5", "nothing was loaded");
      assertThat(cli.run("status").out()).containsPattern("(?m)^Horses +0$");
    }
  }

  @Test
  void anIdsFileWithALineThatIsNoId() throws Exception {
    Path ids = folder.resolve("ids.txt");
    Files.writeString(ids, "hrs_1\nWinter Harbour\n");
    isMistake(cli.run("backfill", "--ids-file", ids.toString()), "line 2 of", "is no horse id");
    isMistake(cli.run("backfill", "--ids-file", "nowhere.txt"), "no such file or directory");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--test", "--max=5", "--skip=5"})
  void aChoiceOfHorsesWithResume(String option) {
    isMistake(cli.run("backfill", "--resume", option), "cannot be combined with --resume");
  }

  @Test
  void aFolderThatCannotBeWritten() {
    cli.with("DATABASE_URL", "postgresql://localhost:1/x");
    isMistake(
        cli.run("backfill", "--home", "/proc/studbook"),
        "/proc/studbook cannot be written",
        "STUDBOOK_HOME");
    cli.environment().remove("DATABASE_URL");
    isMistake(cli.run("status", "--home", "/proc/studbook"), "/proc/studbook");
  }
}
