package studbook.faults.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import studbook.cli.fixture.CliRunner.Result;
import studbook.faults.environment.Await;
import studbook.faults.environment.FaultTestEnvironment;
import studbook.faults.environment.WorkerProcess;
import studbook.faults.invariant.AllowedDeviations;
import studbook.faults.proxy.PostgresProxy;

/** The database is unavailable for the first or the last statements of a run. */
class RunStartAndEndTest {

  private static final int HORSES = 60;

  @TempDir Path folder;

  /** Each of these is the first statement that fails in its case. */
  @Test
  void aRunThatIsPlannedBeginsThoughItsFirstStatementsFail() throws Exception {
    for (String statement :
        new String[] {
          "INSERT INTO studbook.rate_limit", "sum(c.enriched)", "estimated_requests = "
        }) {
      try (FaultTestEnvironment environment = FaultTestEnvironment.open(HORSES, folder);
          PostgresProxy proxy = PostgresProxy.to(environment.database.port())) {
        environment.reach(environment.database.through(proxy.port()));
        PostgresProxy.Drop first = proxy.dropReply(1, statement);
        Result result = environment.cli.run("backfill", "--rate", "unlimited", "--non-interactive");
        assertThat(first.happened()).as(statement).isTrue();
        assertThat(result.code()).as(statement + result.err() + result.out()).isZero();
        environment.assertThatInvariantsHold(AllowedDeviations.STRICT);
      }
    }
  }

  @Test
  void aRunWaitsWithTheReasonUntilItCanBeMarkedAsFinished() throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(HORSES, folder)) {
      CompletableFuture<Result> run = backfillThatCannotFinish(environment, "57P03");
      Await.until("a failed try", () -> environment.count("SELECT last_value FROM tries") >= 2);
      assertThat(run).isNotDone();
      environment.sql("DROP TRIGGER unfinished ON studbook.run");
      Result result = run.join();
      assertThat(result.code()).as(result.err() + result.out()).isZero();
      assertThat(result.out()).contains("Run 1 is waiting for the database: staged");
      assertThat(environment.runState()).isEqualTo("finished");
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT);
    }
  }

  @Test
  void aRunThatCouldNotBeMarkedSaysSoAndIsExitCode3() throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(HORSES, folder)) {
      environment.cli.run("init");
      makeUnfinishable(environment, "57P03");
      WorkerProcess process =
          environment.start("backfill", "--rate", "unlimited", "--non-interactive");
      Await.until("a failed try", () -> environment.count("SELECT last_value FROM tries") >= 2);
      process.signal("TERM");
      assertThat(process.exitCode(Duration.ofSeconds(5))).isEqualTo(3);
      assertThat(process.out())
          .contains(
              "Every horse of run 1 is completed, but the run could not be marked as finished")
          .contains("staged")
          .doesNotContain("Run 1 is finished.");
      assertThat(environment.runState()).isEqualTo("running");
      environment.sql("DROP TRIGGER unfinished ON studbook.run");
      environment.finish();
      assertThat(environment.runState()).isEqualTo("finished");
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aLockAtTheEndIsNamedAndTheRunIsFinishedAfterIt(boolean isStopped) throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(HORSES, folder)) {
      environment.cli.run("init");
      makeUnfinishable(environment, "57P03");
      WorkerProcess process =
          environment.start("backfill", "--rate", "unlimited", "--non-interactive");
      Await.until("a failed try", () -> environment.count("SELECT last_value FROM tries") >= 2);
      try (Handle other = environment.jdbi().open()) {
        other.begin();
        other.execute("LOCK TABLE ra_horses");
        environment.sql("DROP TRIGGER unfinished ON studbook.run");
        Await.until("its holder", () -> process.out().contains("ra_horses is locked by"));
        if (isStopped) {
          process.signal("TERM");
          assertThat(process.exitCode(Duration.ofSeconds(5))).isEqualTo(3);
          assertThat(process.out()).contains("could not be marked as finished");
        }
        other.rollback();
      }
      if (isStopped) {
        environment.finish();
      } else {
        assertThat(process.exitCode(Duration.ofSeconds(20))).isZero();
        assertThat(process.out()).contains("Run 1 is finished.");
      }
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT);
    }
  }

  @Test
  void aConnectionThatIsLostDuringTheCountOfTheRowsChangesNothing() throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(HORSES, folder);
        PostgresProxy proxy = PostgresProxy.to(environment.database.port())) {
      environment.reach(environment.database.through(proxy.port()));
      PostgresProxy.Drop afterTheRun = proxy.dropReply(2, "count(p.horse_id) AS pedigrees");
      Result result = environment.cli.run("backfill", "--rate", "unlimited", "--non-interactive");
      assertThat(afterTheRun.happened()).isTrue();
      assertThat(result.code()).as(result.err() + result.out()).isZero();
      assertThat(environment.count("SELECT count(*) FROM studbook.check_result")).isZero();
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT);
    }
  }

  private static CompletableFuture<Result> backfillThatCannotFinish(
      FaultTestEnvironment environment, String state) {
    environment.cli.run("init");
    makeUnfinishable(environment, state);
    return environment.startHere("backfill", "--rate", "unlimited", "--non-interactive");
  }

  private static void makeUnfinishable(FaultTestEnvironment environment, String state) {
    environment.sql("CREATE SEQUENCE tries");
    environment.sql(
        """
        CREATE FUNCTION unfinished() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF NEW.state = 'finished' THEN
            PERFORM nextval('tries');
            RAISE EXCEPTION 'staged' USING ERRCODE = '%s';
          END IF;
          RETURN NEW;
        END $$
        """
            .formatted(state));
    environment.sql(
        """
        CREATE TRIGGER unfinished BEFORE UPDATE ON studbook.run
        FOR EACH ROW EXECUTE FUNCTION unfinished()
        """);
  }
}
