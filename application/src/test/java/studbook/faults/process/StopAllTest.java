package studbook.faults.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.CliRunner.Result;
import studbook.faults.environment.AllowedDeviations;
import studbook.faults.environment.Await;
import studbook.faults.environment.FaultTestEnvironment;
import studbook.faults.environment.WorkerProcess;
import studbook.time.SystemTime;

/** {@code stop} and {@code stop --all} of a run that several processes work on. */
class StopAllTest {

  private static final int HORSES = 400;
  private static final String RATE = "20";
  private static final Duration LONGEST = Duration.ofSeconds(5);

  @TempDir Path folder;

  private static WorkerProcess worker(FaultTestEnvironment yard) throws Exception {
    WorkerProcess worker = yard.start("worker", "--rate", RATE);
    Await.until("a worker", () -> worker.out().contains("Run 1: joined"));
    return worker;
  }

  private static void awaitWorking(FaultTestEnvironment yard, int processes) throws Exception {
    Await.until(
        processes + " processes",
        () ->
            yard.count(
                    "SELECT count(*) FROM studbook.worker WHERE run_id = 1 AND last_heartbeat_at > '-infinity'")
                == processes);
  }

  @Test
  void stopSaysWhichProcessContinuesAndStopAllStopsEveryProcess() throws Exception {
    try (FaultTestEnvironment yard = FaultTestEnvironment.open(HORSES, folder)) {
      WorkerProcess owner = yard.start("backfill", "--no-racecards", "--rate", RATE);
      yard.awaitArrivals(5);
      List<WorkerProcess> workers = List.of(worker(yard), worker(yard));
      awaitWorking(yard, 3);

      Result one = yard.cli.run("stop");
      assertThat(one.code()).as(one.err()).isZero();
      assertThat(one.out())
          .contains("Stopped process " + owner.pid(), "Run 1 continues on host")
          .contains("(process " + workers.getFirst().pid() + ")")
          .contains("(process " + workers.getLast().pid() + ")")
          .contains("`studbook stop --all`");
      assertThat(owner.exitCode(LONGEST)).isEqualTo(3);
      assertThat(yard.runState()).isEqualTo("running");

      Result none = yard.cli.run("stop");
      assertThat(none.code()).isEqualTo(2);
      assertThat(none.err()).contains("`studbook stop --all` stops a run from anywhere");

      long began = SystemTime.ticker().nanos();
      Result all = yard.cli.run("stop", "--all");
      assertThat(all.code()).as(all.err()).isZero();
      assertThat(all.out()).contains("Run 1 is stopped in every process (2)");
      for (WorkerProcess worker : workers) {
        assertThat(worker.exitCode(LONGEST)).as(worker.out()).isEqualTo(3);
        assertThat(worker.out()).contains("Run 1 is stopped in every process");
      }
      assertThat(Duration.ofNanos(SystemTime.ticker().nanos() - began)).isLessThan(LONGEST);
      assertThat(yard.runState()).isEqualTo("stopped");
      assertThat(yard.cli.run("stop", "--all").err()).contains("run 1 is already stopped");

      yard.finish();
      yard.assertThatAllLawsHold(AllowedDeviations.STRICT);
    }
  }

  @Test
  void stopAllStopsTheOwnerAndLeavesNoRunBehindThatDied() throws Exception {
    try (FaultTestEnvironment yard = FaultTestEnvironment.open(HORSES, folder)) {
      WorkerProcess owner = yard.start("backfill", "--no-racecards", "--rate", RATE);
      yard.awaitArrivals(5);
      WorkerProcess worker = worker(yard);
      awaitWorking(yard, 2);
      assertThat(yard.cli.run("stop", "--all").out())
          .contains("Run 1 is stopped in every process (2)");
      assertThat(owner.exitCode(LONGEST)).as(owner.out()).isEqualTo(3);
      assertThat(worker.exitCode(LONGEST)).as(worker.out()).isEqualTo(3);

      WorkerProcess killed = yard.start("backfill", "--resume", "--rate", RATE);
      yard.awaitArrivals(yard.arrivals() + 5);
      killed.kill();
      assertThat(yard.cli.run("stop", "--all").out()).contains("Run 1 is stopped");
      assertThat(yard.runState()).isEqualTo("stopped");
    }
  }

  @Test
  void stopWorksWhileTheDatabaseCannotBeReached() throws Exception {
    try (FaultTestEnvironment yard = FaultTestEnvironment.open(HORSES, folder)) {
      WorkerProcess owner = yard.start("backfill", "--no-racecards", "--rate", RATE);
      yard.awaitArrivals(5);
      yard.cli.with("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none");
      Result stop = yard.cli.run("stop");
      assertThat(stop.code()).as(stop.err()).isZero();
      assertThat(stop.out())
          .contains("Stopped process " + owner.pid(), "The database is unavailable");
      assertThat(owner.exitCode(LONGEST)).isEqualTo(3);
    }
  }
}
