package studbook.faults.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.CliRunner.Result;
import studbook.faults.environment.AllowedDeviations;
import studbook.faults.environment.Await;
import studbook.faults.environment.FaultTestEnvironment;
import studbook.faults.environment.WorkerProcess;
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
      try (FaultTestEnvironment yard = FaultTestEnvironment.open(HORSES, folder);
          PostgresProxy proxy = PostgresProxy.to(yard.database.port())) {
        yard.reach(yard.database.through(proxy.port()));
        PostgresProxy.Drop first = proxy.dropReply(1, statement);
        Result result = yard.cli.run("backfill", "--rate", "unlimited", "--non-interactive");
        assertThat(first.happened()).as(statement).isTrue();
        assertThat(result.code()).as(statement + result.err() + result.out()).isZero();
        yard.assertThatAllLawsHold(AllowedDeviations.STRICT);
      }
    }
  }

  @Test
  void aRunWaitsWithTheReasonUntilItCanBeMarkedAsFinished() throws Exception {
    try (FaultTestEnvironment yard = FaultTestEnvironment.open(HORSES, folder)) {
      CompletableFuture<Result> run = backfillThatCannotFinish(yard, "57P03");
      Await.until("a failed try", () -> yard.count("SELECT last_value FROM tries") >= 2);
      assertThat(run).isNotDone();
      yard.sql("DROP TRIGGER unfinished ON studbook.run");
      Result result = run.join();
      assertThat(result.code()).as(result.err() + result.out()).isZero();
      assertThat(result.out()).contains("Run 1 is waiting: the database is unavailable (staged)");
      assertThat(yard.runState()).isEqualTo("finished");
      yard.assertThatAllLawsHold(AllowedDeviations.STRICT);
    }
  }

  @Test
  void aRunThatCouldNotBeMarkedSaysSoAndIsExitCode3() throws Exception {
    try (FaultTestEnvironment yard = FaultTestEnvironment.open(HORSES, folder)) {
      yard.cli.run("init");
      makeUnfinishable(yard, "57P03");
      WorkerProcess hand = yard.start("backfill", "--rate", "unlimited", "--non-interactive");
      Await.until("a failed try", () -> yard.count("SELECT last_value FROM tries") >= 2);
      hand.signal("TERM");
      assertThat(hand.exitCode(Duration.ofSeconds(5))).isEqualTo(3);
      assertThat(hand.out())
          .contains(
              "Every horse of run 1 is completed, but the run could not be marked as finished")
          .contains("staged")
          .doesNotContain("Run 1 is finished.");
      assertThat(yard.runState()).isEqualTo("running");
      yard.sql("DROP TRIGGER unfinished ON studbook.run");
      yard.finish();
      assertThat(yard.runState()).isEqualTo("finished");
      yard.assertThatAllLawsHold(AllowedDeviations.STRICT);
    }
  }

  private static CompletableFuture<Result> backfillThatCannotFinish(
      FaultTestEnvironment yard, String state) {
    yard.cli.run("init");
    makeUnfinishable(yard, state);
    return yard.startHere("backfill", "--rate", "unlimited", "--non-interactive");
  }

  private static void makeUnfinishable(FaultTestEnvironment yard, String state) {
    yard.sql("CREATE SEQUENCE tries");
    yard.sql(
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
    yard.sql(
        """
        CREATE TRIGGER unfinished BEFORE UPDATE ON studbook.run
        FOR EACH ROW EXECUTE FUNCTION unfinished()
        """);
  }
}
