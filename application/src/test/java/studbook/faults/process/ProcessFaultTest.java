package studbook.faults.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.CliRunner.Result;
import studbook.crashtest.CrashPoint;
import studbook.faults.environment.FaultTestEnvironment;
import studbook.faults.environment.LimitedDisk;
import studbook.faults.environment.WorkerProcess;
import studbook.faults.invariant.AllowedDeviations;
import studbook.simulator.SimulatorOptions;
import studbook.time.SystemTime;

/** Processes that are stopped, frozen, or started at once. */
class ProcessFaultTest {

  private static final int LIMIT = 20;

  @TempDir Path folder;

  private FaultTestEnvironment limited(int horses) {
    return FaultTestEnvironment.open(horses, folder, limit(FaultTestEnvironment.options()));
  }

  private static SimulatorOptions limit(SimulatorOptions options) {
    return options.withRate(LIMIT);
  }

  private static String[] backfill() {
    return new String[] {"backfill", "--resume", "--rate", Integer.toString(LIMIT)};
  }

  @Test
  void sigtermEndsItWithinFiveSecondsWithNothingLost() throws Exception {
    try (FaultTestEnvironment environment = limited(120)) {
      WorkerProcess process = environment.start(backfill());
      environment.awaitArrivals(40);
      process.signal("TERM");
      assertThat(process.exitCode(Duration.ofSeconds(5))).isEqualTo(3);
      assertThat(process.out()).contains("Run 1 is stopped", "--resume");
      assertThat(environment.runState()).isEqualTo("stopped");
      assertThat(environment.completed()).isBetween(30L, 119L);
      assertThat(environment.askedForInVain()).hasSizeLessThanOrEqualTo(2);

      WorkerProcess next = environment.start(backfill());
      assertThat(next.exitCode(Duration.ofSeconds(60))).isZero();

      environment.assertThatInvariantsHold(AllowedDeviations.STRICT.limit(LIMIT));
    }
  }

  /** Java ends the process there and then, with 3: nothing of it stays half alive. */
  @Test
  void outOfMemoryEndsItAndTheNextResumes() throws Exception {
    try (FaultTestEnvironment environment = limited(80)) {
      WorkerProcess process = environment.starving(CrashPoint.BEFORE_COMMIT, 20, backfill());
      assertThat(process.exitCode(Duration.ofSeconds(60))).isEqualTo(3);
      assertThat(process.out() + process.err()).as("fired").contains("OutOfMemoryError");
      assertThat(environment.completed()).isBetween(15L, 79L);

      WorkerProcess next = environment.start(backfill());
      assertThat(next.exitCode(Duration.ofSeconds(60))).as(next.err()).isZero();
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT.limit(LIMIT).askedAgain(30));
    }
  }

  /** Only the disk of its home: the database has another. Only root can create one. */
  @Test
  void aFullDiskUnderItsLogCostsTheLogAlone() throws Exception {
    Path home = Files.createDirectory(folder.resolve("home"));
    try (LimitedDisk disk = LimitedDisk.mount(home, "1m");
        FaultTestEnvironment environment = FaultTestEnvironment.open(300, folder)) {
      environment.cli.with("STUDBOOK_HOME", home.toString());
      disk.fill();
      assertThat(disk.isFull()).as("fired").isTrue();
      WorkerProcess process = environment.start("backfill", "--rate", "100");
      assertThat(process.exitCode(Duration.ofSeconds(60))).as(process.err()).isZero();
      assertThat(process.err()).containsOnlyOnce("the log ").contains("continues without it");
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT);
    }
  }

  /** A process does not use permits that were granted before it slept. */
  @Test
  void aFrozenProcessUsesNoOldPermit() throws Exception {
    try (FaultTestEnvironment environment = limited(150)) {
      WorkerProcess process = environment.start(backfill());
      for (int freeze = 1; freeze <= 3; freeze++) {
        environment.awaitArrivals(25L * freeze);
        process.signal("STOP");
        long asleep = environment.arrivals();
        SystemTime.sleeper().sleep(Duration.ofMillis(1_200));
        assertThat(environment.arrivals()).as("fired: it sleeps").isLessThanOrEqualTo(asleep + 2);
        process.signal("CONT");
      }
      assertThat(process.exitCode(Duration.ofSeconds(60))).as(process.err()).isZero();
      // A thread may sleep between the last check of its permit and the socket: one request more.
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT.limit(LIMIT + 1));
    }
  }

  @Test
  void ofTwentyStartsAtOnceOnAnEmptyDatabaseOneOwnsTheRun() throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(300, folder)) {
      List<Result> results = new ArrayList<>();
      try (var threads = Executors.newFixedThreadPool(20)) {
        List<Callable<Result>> starts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
          starts.add(() -> environment.cli.run("backfill", "--rate", "100"));
        }
        for (Future<Result> result : threads.invokeAll(starts)) {
          results.add(result.get());
        }
      }
      List<Result> owners = results.stream().filter(result -> result.code() == 0).toList();
      assertThat(owners).as("%s", results).hasSize(1);
      assertThat(results.stream().filter(result -> result.code() == 2))
          .hasSize(19)
          .allSatisfy(
              result -> assertThat(result.err()).contains("run 1 is already active on host"));
      assertThat(environment.count("SELECT count(*) FROM studbook.run")).isEqualTo(1);
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT);
    }
  }

  @Test
  void ofTwoProcessesAtOnceOneOwnsTheRun() throws Exception {
    try (FaultTestEnvironment environment = limited(60)) {
      WorkerProcess one = environment.start("backfill", "--rate", Integer.toString(LIMIT));
      WorkerProcess two = environment.start("backfill", "--rate", Integer.toString(LIMIT));
      List<Integer> codes =
          List.of(one.exitCode(Duration.ofSeconds(60)), two.exitCode(Duration.ofSeconds(60)));
      assertThat(codes).containsExactlyInAnyOrder(0, 2);
      assertThat(one.err() + two.err()).contains("run 1 is already active on host");
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT.limit(LIMIT));
    }
  }
}
