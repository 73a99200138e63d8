package studbook.cli.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Handles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner;
import studbook.cli.fixture.CliRunner.Result;
import studbook.faults.environment.Await;
import studbook.time.SystemTime;

/** What {@code init} says, and how soon, where the schema cannot be created. */
@Timeout(60)
class SchemaCreationTest {

  private static final String PASSWORD = "hay-and-oats-97";

  /** A start takes a second or two; Flyway alone retries for ten. */
  private static final Duration AT_ONCE = Duration.ofSeconds(8);

  /** Of the advisory lock that serialises first starts. */
  private static final String FIRST_START_LOCK =
      "SELECT pg_advisory_xact_lock(6013560476455104363)";

  @TempDir Path folder;

  private final String role = "newcomer_" + ProcessHandle.current().pid();

  private BackfillFixture fixture;

  @BeforeEach
  void open() {
    fixture = new BackfillFixture(3, folder);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  /** Runs {@code test} with commands of a user who owns nothing. */
  private void asNewcomer(Consumer<CliRunner> test) {
    fixture.sql("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(role, PASSWORD));
    try {
      String theirs =
          fixture
              .database
              .libpqUri()
              .replaceFirst("postgresql://[^@]*@", "postgresql://" + role + ":" + PASSWORD + "@");
      test.accept(new CliRunner(folder).asking(fixture.simulator).with("DATABASE_URL", theirs));
    } finally {
      fixture.sql("DROP OWNED BY " + role);
      fixture.sql("DROP ROLE " + role);
    }
  }

  private static String refusedAtOnce(CliRunner cli, String command) {
    long start = SystemTime.ticker().nanos();
    Result result = cli.run(command.split(" "));
    Duration taken = Duration.ofNanos(SystemTime.ticker().nanos() - start);
    assertThat(result.code()).as(command + ": " + result.err() + result.out()).isEqualTo(2);
    assertThat(result.err()).doesNotContain("Exception", "internal error", PASSWORD);
    assertThat(taken).as(command + ": " + result.err()).isLessThan(AT_ONCE);
    return result.err();
  }

  private long schemas() {
    return fixture.count("SELECT count(*) FROM pg_namespace WHERE nspname = 'studbook'");
  }

  @Test
  void aMissingPermissionIsReportedAtOnce() {
    asNewcomer(cli -> {
      assertThat(refusedAtOnce(cli, "init"))
          .contains("GRANT CREATE ON DATABASE ", "GRANT CREATE ON SCHEMA public TO " + role + ";");
      assertThat(refusedAtOnce(cli, "backfill --rate unlimited"))
          .contains("GRANT CREATE ON DATABASE ");
      assertThat(refusedAtOnce(cli, "status")).contains("not initialised");
      assertThat(schemas()).isZero();
    });
  }

  /** The schema alone could be created, and the tables then not. */
  @Test
  void nothingIsCreatedWhereTheTablesMayNotBe() {
    asNewcomer(cli -> {
      String database = fixture.list("SELECT current_database()").getFirst();
      fixture.sql("GRANT CREATE ON DATABASE %s TO %s".formatted(database, role));
      assertThat(refusedAtOnce(cli, "init"))
          .contains("GRANT CREATE ON SCHEMA public TO " + role + ";")
          .doesNotContain("ON DATABASE");
      assertThat(schemas()).isZero();
      fixture.sql("GRANT CREATE ON SCHEMA public TO " + role);
      assertThat(cli.run("init").out()).startsWith("Ready: ");
    });
  }

  @Test
  void anEmptySchemaOfAnotherOwnerNeedsAGrant() {
    asNewcomer(cli -> {
      fixture.sql("GRANT CREATE ON SCHEMA public TO " + role);
      fixture.sql("CREATE SCHEMA studbook");
      String grant = "GRANT USAGE, CREATE ON SCHEMA studbook TO " + role + ";";
      assertThat(refusedAtOnce(cli, "init")).contains(grant);
      fixture.sql("GRANT USAGE ON SCHEMA studbook TO " + role);
      assertThat(refusedAtOnce(cli, "init")).contains(grant);
      fixture.sql("GRANT CREATE ON SCHEMA studbook TO " + role);
      assertThat(cli.run("init").out()).startsWith("Ready: ");
    });
  }

  @Test
  void aReadOnlyDatabaseIsRefused() {
    String database = fixture.list("SELECT current_database()").getFirst();
    fixture.sql("ALTER DATABASE %s SET default_transaction_read_only = on".formatted(database));
    try {
      assertThat(refusedAtOnce(fixture.cli, "init"))
          .contains("is read-only: default_transaction_read_only is on");
    } finally {
      fixture
          .jdbi()
          .useHandle(handle -> {
            handle.execute("SET default_transaction_read_only = off");
            handle.execute(
                "ALTER DATABASE %s RESET default_transaction_read_only".formatted(database));
          });
    }
    assertThat(fixture.cli.run("init").code()).isZero();
  }

  @Test
  void tablesWithoutTheirHistoryAreRefused() {
    fixture.sql("CREATE SCHEMA studbook");
    fixture.sql("CREATE TABLE studbook.run (run_id bigint)");
    assertThat(refusedAtOnce(fixture.cli, "init"))
        .contains("has tables, but no schema_history", "DROP SCHEMA studbook CASCADE");
  }

  @Test
  void aWaitForAnotherFirstStartIsAnnounced() throws Exception {
    Handle other =
        fixture.jdbi().configure(Handles.class, h -> h.setForceEndTransactions(false)).open();
    CompletableFuture<Result> init;
    try (other) {
      other.begin();
      other.execute("SET LOCAL application_name = 'studbook'");
      other.execute(FIRST_START_LOCK);
      init = CompletableFuture.supplyAsync(() -> fixture.cli.run("init"));
      Await.until("init waits", () -> init.isDone() || fixture.awaitedLocks() == 1);
      assertThat(init).isNotDone();
    }
    Result result = init.join();
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.err())
        .containsPattern("Waiting: process \\d+ \\(studbook, since .*\\) creates the schema");
  }

  @Test
  void theWaitForAnUncommittedTableOfAnotherProgramEnds() {
    Handle other =
        fixture.jdbi().configure(Handles.class, h -> h.setForceEndTransactions(false)).open();
    try (other) {
      other.begin();
      other.execute("SET LOCAL application_name = 'night job'");
      other.execute("CREATE SCHEMA studbook");
      assertThat(refusedAtOnce(fixture.cli.faster(5), "init"))
          .contains("stopped waiting after 10 s", "(night job, since ");
    }
    assertThat(fixture.cli.run("init").code()).isZero();
  }
}
