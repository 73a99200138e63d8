package studbook.cli.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner.Result;

/** A command that only reads creates nothing in a database of another owner. */
class ReadOnlyCommandsTest {

  private static final String RELATIONS =
      "SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
          + " WHERE nspname = 'studbook' OR nspname = 'public' ORDER BY relname";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plan",
        "status",
        "monitor --once",
        "validate",
        "report",
        "report --before",
        "errors",
        "runs",
        "workers",
        "archive --dry-run",
        "show hrs_1",
        "export horses -"
      })
  void aDatabaseThatIsNotInitialisedStaysAsItWas(String command) throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(3, folder)) {
      fixture.sql("CREATE TABLE ra_horses (horse_id text PRIMARY KEY, name text)");
      List<String> before = fixture.list(RELATIONS);
      Result result = fixture.cli.run(command.split(" "));
      assertThat(result.code()).as(result.out()).isEqualTo(2);
      assertThat(result.err())
          .contains(
              "is not initialised: `studbook init` creates the schema studbook, the table"
                  + " ra_horse_pedigree");
      assertThat(fixture.list(RELATIONS)).isEqualTo(before);
    }
  }

  @Test
  void checkReportsWhatWouldBeCreatedAndRequestsTheApi() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(3, folder)) {
      List<String> before = fixture.list(RELATIONS);
      Result result = fixture.cli.run("check");
      assertThat(result.code()).as(result.out()).isZero();
      assertThat(result.out())
          .contains("not initialised: `studbook init` or the first backfill creates the schema")
          .containsPattern("API +ok");
      assertThat(fixture.simulator.statistics().arrivals()).isBetween(1L, 2L);
      assertThat(fixture.list(RELATIONS)).isEqualTo(before);
    }
  }

  /** With a column fewer, which a command would miss. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "status",
        "validate",
        "check",
        "schedule",
        "backfill --non-interactive",
        "discover",
        "serve",
        "cancel --yes",
        "init"
      })
  void aDatabaseOfAnEarlierDevelopmentVersionIsRefusedInASentence(String command) throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(3, folder)) {
      fixture.cli.run("init");
      fixture.sql("ALTER TABLE studbook.run DROP COLUMN budget_share");
      fixture.sql("UPDATE studbook.schema_history SET checksum = 1 WHERE version = '1'");
      Result result = fixture.cli.run(command.split(" "));
      assertThat(result.code()).as(result.out() + result.err()).isEqualTo(2);
      assertThat(result.out() + result.err())
          .contains("was created by an earlier development version", "DROP SCHEMA studbook CASCADE")
          .doesNotContain("internal error", "budget_share");
    }
  }

  @Test
  void theStatementsOfInitCanBeReadAndRunBeforehand() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(3, folder)) {
      Result script = fixture.cli.run("init", "--dry-run");
      assertThat(script.code()).as(script.err()).isZero();
      assertThat(fixture.list(RELATIONS)).isEmpty();
      assertThat(script.out())
          .contains("-- V1__baseline.sql", "CREATE TABLE ra_horses", "CREATE TABLE studbook.run");
      fixture
          .jdbi()
          .useTransaction(handle -> {
            handle.getConnection().createStatement().execute(script.out());
            handle.rollback();
          });
      assertThat(fixture.cli.run("init").out()).startsWith("Ready: ");
      assertThat(fixture.cli.run("init", "--dry-run").out()).isEmpty();
    }
  }
}
