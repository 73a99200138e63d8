package studbook.faults.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.CliRunner.Result;
import studbook.faults.environment.FaultTestEnvironment;
import studbook.faults.environment.PgBouncer;
import studbook.faults.environment.WorkerProcess;
import studbook.faults.invariant.AllowedDeviations;

/** pgbouncer in transaction mode in front of the database: sessions change with each commit. */
class PoolerTest {

  @TempDir Path folder;
  @TempDir Path pool;

  @Test
  void theWholeJobIsDoneThroughATransactionPooler() throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(200, folder);
        PgBouncer pooler = PgBouncer.start(pool, environment.database)) {
      environment.reach(environment.database.through(pooler.port()));
      for (String command : new String[] {"check", "init", "plan"}) {
        Result result = environment.cli.run(command);
        assertThat(result.code()).as(result.out() + result.err()).isZero();
      }
      WorkerProcess worker = environment.startWaitingWorker("100");
      CompletableFuture<Result> run = environment.startHere("backfill", "--rate", "100");
      Result result = run.join();
      assertThat(result.code()).as(result.err()).isZero();
      assertThat(worker.exitCode(Duration.ofSeconds(30))).as(worker.err()).isZero();
      for (String command : new String[] {"status", "report", "workers", "errors"}) {
        assertThat(environment.cli.run(command).code()).as(command).isZero();
      }
      assertThat(pooler.log())
          .as("it was used")
          .contains("login attempt: db=" + environment.database.database());
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT);
    }
  }

  @Test
  void thePoolerIsStartedAgainInMidRun() throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(300, folder)) {
      CompletableFuture<Result> run;
      int port;
      try (PgBouncer pooler = PgBouncer.start(pool, environment.database)) {
        port = pooler.port();
        environment.reach(environment.database.through(port));
        run = environment.startHere("backfill", "--rate", "100");
        environment.awaitArrivals(60);
      }
      try (PgBouncer _ = PgBouncer.start(pool, environment.database, port)) {
        Result result = run.join();
        assertThat(result.code()).as(result.err()).isZero();
      }
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT);
    }
  }
}
