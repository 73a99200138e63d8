package studbook.faults.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.CliRunner.Result;
import studbook.faults.environment.Await;
import studbook.faults.environment.FaultTestEnvironment;
import studbook.faults.environment.WorkerProcess;
import studbook.faults.invariant.AllowedDeviations;
import studbook.time.SystemTime;

/** {@code stop} and {@code stop --all} of a run that several processes work on. */
class StopAllTest {

  private static final int HORSES = 400;
  private static final String RATE = "20";
  private static final Duration LONGEST = Duration.ofSeconds(5);

  @TempDir Path folder;

  private static WorkerProcess worker(FaultTestEnvironment environment) throws Exception {
    WorkerProcess worker = environment.start("worker", "--rate", RATE);
    Await.until("a worker", () -> worker.out().contains("Run 1: joined"));
    return worker;
  }

  private static void awaitWorking(FaultTestEnvironment environment, int processes)
      throws Exception {
    Await.until(
        processes + " processes",
        () ->
            environment.count(
                    "SELECT count(*) FROM studbook.worker WHERE run_id = 1 AND last_heartbeat_at > '-infinity'")
                == processes);
  }

  @Test
  void stopSaysWhichProcessContinuesAndStopAllStopsEveryProcess() throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(HORSES, folder)) {
      WorkerProcess owner = environment.start("backfill", "--no-racecards", "--rate", RATE);
      environment.awaitArrivals(5);
      List<WorkerProcess> workers = List.of(worker(environment), worker(environment));
      awaitWorking(environment, 3);

      Result one = environment.cli.run("stop");
      assertThat(one.code()).as(one.err()).isZero();
      assertThat(one.out())
          .contains("Stopped process " + owner.pid(), "Run 1 continues on host")
          .contains("(process " + workers.getFirst().pid() + ")")
          .contains("(process " + workers.getLast().pid() + ")")
          .contains("`studbook stop --all`");
      assertThat(owner.exitCode(LONGEST)).isEqualTo(3);
      assertThat(environment.runState()).isEqualTo("running");

      Result none = environment.cli.run("stop");
      assertThat(none.code()).isEqualTo(2);
      assertThat(none.err()).contains("`studbook stop --all` stops a run from anywhere");

      long began = SystemTime.ticker().nanos();
      Result all = environment.cli.run("stop", "--all");
      assertThat(all.code()).as(all.err()).isZero();
      assertThat(all.out()).contains("Run 1 is stopped in every process (2)");
      for (WorkerProcess worker : workers) {
        assertThat(worker.exitCode(LONGEST)).as(worker.out()).isEqualTo(3);
        assertThat(worker.out()).contains("Run 1 is stopped in every process");
      }
      assertThat(Duration.ofNanos(SystemTime.ticker().nanos() - began)).isLessThan(LONGEST);
      assertThat(environment.runState()).isEqualTo("stopped");
      assertThat(environment.cli.run("stop", "--all").err()).contains("run 1 is already stopped");

      environment.finish();
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT);
    }
  }

  @Test
  void stopAllStopsTheOwnerAndLeavesNoRunBehindThatDied() throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(HORSES, folder)) {
      WorkerProcess owner = environment.start("backfill", "--no-racecards", "--rate", RATE);
      environment.awaitArrivals(5);
      WorkerProcess worker = worker(environment);
      awaitWorking(environment, 2);
      assertThat(environment.cli.run("stop", "--all").out())
          .contains("Run 1 is stopped in every process (2)");
      assertThat(owner.exitCode(LONGEST)).as(owner.out()).isEqualTo(3);
      assertThat(worker.exitCode(LONGEST)).as(worker.out()).isEqualTo(3);

      WorkerProcess killed = environment.start("backfill", "--resume", "--rate", RATE);
      environment.awaitArrivals(environment.arrivals() + 5);
      killed.kill();
      assertThat(environment.cli.run("stop", "--all").out()).contains("Run 1 is stopped");
      assertThat(environment.runState()).isEqualTo("stopped");
    }
  }

  @Test
  void stopWorksWhileTheDatabaseCannotBeReached() throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(HORSES, folder)) {
      WorkerProcess owner = environment.start("backfill", "--no-racecards", "--rate", RATE);
      environment.awaitArrivals(5);
      environment.cli.with("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none");
      Result stop = environment.cli.run("stop");
      assertThat(stop.code()).as(stop.err()).isZero();
      assertThat(stop.out())
          .contains("Stopped process " + owner.pid(), "The database is unavailable");
      assertThat(owner.exitCode(LONGEST)).isEqualTo(3);
    }
  }
}
