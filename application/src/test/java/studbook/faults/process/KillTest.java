package studbook.faults.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import studbook.crashtest.CrashPoint;
import studbook.faults.environment.FaultTestEnvironment;
import studbook.faults.environment.WorkerProcess;
import studbook.faults.invariant.AllowedDeviations;
import studbook.time.SystemTime;

/** kill -9: at every named point, and at any moment. */
class KillTest {

  private static final int HORSES = 300;
  private static final int RATE = 100;

  private static final int FEWEST_KILLS = 4;

  /** Most kills come before the second request, which is the first for a horse. */
  private static final int MOST_KILLS = 40;

  @TempDir Path folder;

  /** Those of the archive have a test of their own. */
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"AFTER_ARCHIVE_WRITE", "AFTER_ARCHIVE_MOVE"})
  void theNextStartResumesFromTheLastCommitAtEachPoint(CrashPoint point) throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(HORSES, folder)) {
      int pass =
          switch (point) {
            case AFTER_CLAIM -> 2;
            case BEFORE_COMMIT, AFTER_COMMIT -> 5; // a busy machine needs few commits
            case AFTER_SLOT, AFTER_SEND, AFTER_BODY -> 30;
            case AFTER_ARCHIVE_WRITE, AFTER_ARCHIVE_MOVE -> throw new AssertionError(point);
          };
      int code =
          environment
              .doomed(point, pass, "backfill", "--rate", Integer.toString(RATE))
              .exitCode(Duration.ofSeconds(30));
      assertThat(code).as("died there").isEqualTo(CrashPoint.EXIT_CODE);
      long completed = environment.completed();
      assertThat(completed).isLessThan(HORSES);
      long lost = environment.lostRequests();

      environment.finish();

      environment.assertThatInvariantsHold(AllowedDeviations.STRICT.askedAgain(lost));
      assertThat(completed)
          .as("%s", point)
          .isGreaterThanOrEqualTo(point == CrashPoint.AFTER_CLAIM ? 0 : 1);
    }
  }

  /**
   * As many as fit into some twenty seconds, at least four; `bench/soak --kills 200` takes longer.
   */
  @Test
  void atAnyMomentsOneAfterTheOther() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    long until = SystemTime.ticker().nanos() + Duration.ofSeconds(15).toNanos();
    int kills = 0;
    long lost = 0;
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(2_000, folder)) {
      while (kills < FEWEST_KILLS
          || SystemTime.ticker().nanos() < until
          || (environment.completed() == 0 && kills < MOST_KILLS)) {
        long before = environment.arrivals();
        WorkerProcess process =
            environment.start("backfill", "--resume", "--rate", Integer.toString(RATE));
        environment.awaitArrivals(before + 1); // and a window passes before the second
        SystemTime.sleeper().sleep(Duration.ofMillis(random.nextInt(1_600)));
        process.kill();
        kills++;
        lost += environment.lostRequests();
      }
      long completed = environment.completed();
      assertThat(completed).as("seed %d", seed).isBetween(1L, 1_999L);

      environment.finish();

      environment.assertThatInvariantsHold(AllowedDeviations.STRICT.askedAgain(lost));
    }
  }
}
