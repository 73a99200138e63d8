package studbook.cli.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner.Result;
import studbook.cli.support.ErrorMessages;
import studbook.cli.support.ExitCode;
import studbook.cli.support.Logging;
import studbook.cli.support.UsageException;
import studbook.store.error.ErrorClassifier;

/** A database whose messages and names contain control characters. */
class HostileDatabaseTest {

  /** Clear the screen, bell, carriage return, and the same as a C1 character. */
  private static final String HOSTILE = "x\u001b[2J\u0007\r\u009b31m\u007fy";

  private static final Pattern CONTROLS = Pattern.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f]");

  private static final List<String> VIEWS =
      List.of(
          "errors",
          "errors --summary",
          "errors --json",
          "report",
          "report --json",
          "report --format html",
          "status",
          "status --json",
          "monitor --once",
          "monitor --once --json",
          "export errors -",
          "export errors --format json -",
          "validate",
          "runs");

  @TempDir Path folder;

  private BackfillFixture fixture;

  @BeforeEach
  void open() throws Exception {
    fixture = new BackfillFixture(30, folder).imported();
    assertThat(fixture.cli.run("import", "horses.csv").code()).isZero();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private void sql(String statement) throws SQLException {
    fixture.jdbi().useHandle(handle -> handle.getConnection().createStatement().execute(statement));
  }

  /** Creates a trigger with a hostile name and message for the horses of a condition. */
  private void raises(String state, String condition) throws SQLException {
    sql(
        """
        CREATE FUNCTION hostile() RETURNS trigger LANGUAGE plpgsql AS $f$
        BEGIN
          IF %s THEN RAISE EXCEPTION USING MESSAGE = '%s', ERRCODE = '%s'; END IF;
          RETURN NEW;
        END $f$;
        CREATE TRIGGER "%2$s" BEFORE UPDATE ON ra_horses FOR EACH ROW EXECUTE FUNCTION hostile()
        """
            .formatted(condition, HOSTILE, state));
  }

  private String horse(int number) {
    return fixture.population.named(number).id();
  }

  private Result process(String... arguments) throws Exception {
    Process process = fixture.cli.start("p-", List.of(), arguments);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Result(
        process.exitValue(),
        Files.readString(folder.resolve("p-out.txt")),
        Files.readString(folder.resolve("p-err.txt")));
  }

  private static void assertHarmless(String from, String text) {
    assertThat(CONTROLS.matcher(text).results().map(found -> (int) found.group().charAt(0)))
        .as("control characters of %s: %s", from, text)
        .isEmpty();
  }

  private void assertFilesAreHarmless() throws IOException {
    try (Stream<Path> files = Files.walk(fixture.cli.home())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertHarmless(file.toString(), Files.readString(file));
      }
    }
  }

  @Test
  void noControlCharacterOfARefusedRowReachesTerminalLogOrReport() throws Exception {
    raises("P0001", "NEW.horse_id = '%s'".formatted(horse(3)));
    sql(
        "ALTER TABLE ra_horse_pedigree ADD CONSTRAINT \"%s\" CHECK (horse_id <> '%s')"
            .formatted(HOSTILE, horse(4)));
    Result run = process("--verbose", "backfill", "--rate", "unlimited", "--non-interactive");
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.DONE_WITH_FAILURES);
    assertHarmless("stdout", run.out());
    assertHarmless("stderr", run.err());
    for (String view : VIEWS) {
      Result result = fixture.cli.run(view.split(" "));
      assertThat(result.code()).as(view + result.err()).isIn(0, 1);
      // lines of CSV end so
      assertHarmless(view, result.out().replace("\r\n", "\n") + result.err());
    }
    assertThat(fixture.cli.run("errors").out()).contains("x\uFFFD[2J");
    assertFilesAreHarmless();
  }

  @Test
  void noneOfATriggerThatStopsEveryRow() throws Exception {
    raises("42883", "true");
    for (String command : List.of("check", "check --json", "backfill --non-interactive")) {
      String[] arguments = ("--verbose " + command).split(" ");
      Result result = process(arguments);
      assertThat(result.code()).as(command + result.err()).isEqualTo(ExitCode.USAGE_ERROR);
      assertHarmless(command, result.out() + result.err());
    }
    assertFilesAreHarmless();
  }

  @Test
  void noneOfAColumnThatStopsEveryRow() throws Exception {
    sql("ALTER TABLE ra_horse_pedigree ADD COLUMN \"%s\" text NOT NULL".formatted(HOSTILE));
    for (String command : List.of("check", "backfill --non-interactive")) {
      Result result = process(("--verbose " + command).split(" "));
      assertThat(result.code()).as(command + result.err()).isEqualTo(ExitCode.USAGE_ERROR);
      assertHarmless(command, result.out() + result.err());
    }
    assertFilesAreHarmless();
  }

  /** Errors that the driver or another library raises itself. */
  @Test
  void noneOfAnErrorThatTheServerDidNotSend() {
    assertHarmless("a sentence", ErrorMessages.sentence(new IllegalStateException(HOSTILE)));
    assertHarmless("a mistake", ErrorMessages.sentence(new UsageException(HOSTILE)));
    assertHarmless("the driver", ErrorClassifier.reason(new SQLException(HOSTILE, "08001")));
  }

  @Test
  void noneOfAnExceptionThatIsLoggedWhole() throws Exception {
    Path file = folder.resolve("whole.log");
    PrintStream err =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    try (AutoCloseable _ = Logging.toFile(file, err)) {
      LoggerFactory.getLogger("studbook.test")
          .warn("said: {}", HOSTILE, new IllegalStateException(HOSTILE));
    }
    assertThat(Files.readString(file))
        .contains("said: x\uFFFD[2J")
        .contains("IllegalStateException: x\uFFFD[2J")
        .contains("\tat ");
    assertHarmless("the log", Files.readString(file));
  }
}
