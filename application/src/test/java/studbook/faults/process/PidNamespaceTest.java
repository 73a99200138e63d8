package studbook.faults.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.CliRunner.Result;
import studbook.faults.environment.Await;
import studbook.faults.environment.FaultTestEnvironment;
import studbook.faults.environment.WorkerProcess;
import studbook.faults.invariant.AllowedDeviations;

/**
 * Processes that share a host name but not a PID namespace, like containers of one host. Only root
 * can create a namespace.
 */
class PidNamespaceTest {

  private static final int LIMIT = 20;
  private static final String RATE = Integer.toString(LIMIT);

  /** {@code --kill-child} ends it with the test. */
  private static final List<String> NAMESPACE =
      List.of("unshare", "--pid", "--fork", "--mount-proc", "--kill-child");

  /** The same, but {@code /proc} still shows the processes of the namespace outside. */
  private static final List<String> NAMESPACE_WITHOUT_PROC =
      List.of("unshare", "--pid", "--fork", "--kill-child");

  @TempDir Path folder;

  private FaultTestEnvironment environment() throws Exception {
    assumeTrue(canUnshare(), "no PID namespace can be made here: unshare is missing, or not root");
    return FaultTestEnvironment.open(60, folder, FaultTestEnvironment.options().withRate(LIMIT));
  }

  private static boolean canUnshare() throws InterruptedException {
    try {
      Process tried =
          new ProcessBuilder("unshare", "--pid", "--fork", "--mount-proc", "--kill-child", "true")
              .start();
      return tried.waitFor(10, TimeUnit.SECONDS) && tried.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** A pause keeps the run from finishing before the others have started. */
  private static void steer(FaultTestEnvironment environment, String command) {
    Result result = environment.cli.run(command);
    assertThat(result.code()).as(result.err()).isZero();
  }

  @Test
  void aRunOfAnotherNamespaceIsActiveWithARecentHeartbeat() throws Exception {
    try (FaultTestEnvironment environment = environment()) {
      WorkerProcess owner = environment.startBehind(NAMESPACE, "backfill", "--rate", RATE);
      environment.awaitArrivals(5);
      steer(environment, "pause");
      for (String[] again :
          new String[][] {{"backfill", "--rate", RATE}, {"backfill", "--resume", "--rate", RATE}}) {
        Result second = environment.cli.run(again);
        assertThat(second.code()).as(second.out()).isEqualTo(2);
        assertThat(second.err()).contains("run 1 is already active on host");
      }
      steer(environment, "resume");
      assertThat(owner.exitCode(Duration.ofSeconds(60))).as(owner.err()).isZero();
      assertThat(environment.count("SELECT count(*) FROM studbook.run")).isEqualTo(1);
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT.limit(LIMIT));
    }
  }

  @Test
  void aProcessOfAnotherNamespaceLeavesALiveRunAlone() throws Exception {
    try (FaultTestEnvironment environment = environment()) {
      WorkerProcess owner = environment.start("backfill", "--rate", RATE);
      environment.awaitArrivals(5);
      steer(environment, "pause");
      for (List<String> namespace : List.of(NAMESPACE, NAMESPACE_WITHOUT_PROC)) {
        WorkerProcess second =
            environment.startBehind(namespace, "backfill", "--resume", "--rate", RATE);
        assertThat(second.exitCode(Duration.ofSeconds(30))).as(second.out()).isEqualTo(2);
        assertThat(second.err())
            .contains("run 1 is already active on host", "process " + owner.pid());
      }
      steer(environment, "resume");
      assertThat(owner.exitCode(Duration.ofSeconds(60))).as(owner.err()).isZero();
      assertThat(
              environment.count(
                  "SELECT count(*) FROM studbook.run_event WHERE event = 'taken_over'"))
          .isZero();
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT.limit(LIMIT));
    }
  }

  @Test
  void aWorkerOfAnotherNamespaceHelpsAndTakesNothingOver() throws Exception {
    try (FaultTestEnvironment environment = environment()) {
      WorkerProcess owner = environment.start("backfill", "--rate", RATE);
      environment.awaitArrivals(5);
      steer(environment, "pause");
      WorkerProcess worker = environment.startBehind(NAMESPACE, "worker", "--once", "--rate", RATE);
      Await.until("a worker", () -> worker.out().contains("Run 1: joined"));
      steer(environment, "resume");
      assertThat(owner.exitCode(Duration.ofSeconds(60))).as(owner.err()).isZero();
      assertThat(worker.exitCode(Duration.ofSeconds(30))).as(worker.err()).isZero();
      assertThat(
              environment.count(
                  "SELECT count(*) FROM studbook.run_event WHERE event = 'taken_over'"))
          .isZero();
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT.limit(LIMIT));
    }
  }
}
