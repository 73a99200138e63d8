package studbook.faults.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.faults.environment.Await;
import studbook.faults.environment.FaultTestEnvironment;
import studbook.faults.environment.WorkerProcess;
import studbook.faults.invariant.AllowedDeviations;

/** A terminal that is not read: Ctrl-S, a dead ssh session, {@code | less}. */
class BlockedTerminalTest {

  private static final int HORSES = 400;
  private static final String[] BACKFILL = {
    "--verbose", "backfill", "--rate", "50", "--non-interactive"
  };

  @TempDir Path folder;

  /** Starts a command whose stdout and stderr are a pipe without a reader. */
  private static WorkerProcess startUnread(FaultTestEnvironment environment, String... arguments)
      throws IOException {
    String shell = "mkfifo \"$0\"; exec 3<> \"$0\"; exec \"$@\" >&3 2>&3";
    return environment.startBehind(List.of("sh", "-c", shell, pipe(environment)), arguments);
  }

  /** Fills the pipe once the run is active; then it accepts no more bytes. */
  private static void block(FaultTestEnvironment environment) throws Exception {
    environment.awaitArrivals(10);
    fill(environment);
  }

  private static void fill(FaultTestEnvironment environment) throws Exception {
    new ProcessBuilder(
            "sh", "-c", "timeout 0.5 head -c 1000000 /dev/zero > \"$0\"", pipe(environment))
        .start()
        .waitFor();
  }

  private static String pipe(FaultTestEnvironment environment) {
    return environment.cli.folder().resolve("unread").toString();
  }

  private static long lastSeen(FaultTestEnvironment environment) {
    return environment.count(
        "SELECT (extract(epoch FROM max(last_heartbeat_at)) * 1000)::bigint FROM studbook.worker");
  }

  @Test
  void commitsAndHeartbeatsContinueAndTheRunIsFinished() throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(HORSES, folder)) {
      WorkerProcess process = startUnread(environment, BACKFILL);
      block(environment);
      long completed = environment.completed();
      long beat = lastSeen(environment);
      Await.until("more commits", () -> environment.completed() > completed + 100);
      Await.until("a heartbeat", () -> lastSeen(environment) > beat);
      Await.until("the run's end", () -> environment.runState().equals("finished"));
      assertThat(environment.completed()).isEqualTo(HORSES);
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT);
      assertThat(process.isAlive()).as("it waits for a reader of its last lines").isTrue();
      process.signal("TERM");
      process.exitCode(Duration.ofSeconds(5));
    }
  }

  @Test
  void aSignalEndsItWithinFiveSeconds() throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(HORSES, folder)) {
      WorkerProcess process = startUnread(environment, BACKFILL);
      block(environment);
      long completed = environment.completed();
      Await.until("more commits", () -> environment.completed() > completed + 20);
      process.signal("TERM");
      assertThat(process.exitCode(Duration.ofSeconds(5))).isEqualTo(3);
      assertThat(environment.runState()).isEqualTo("stopped");
      environment.finish();
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT.askedAgain(5));
    }
  }

  @Test
  void aWorkerContinuesAloneToTheRunsEnd() throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(HORSES, folder)) {
      assertThat(environment.cli.run("init").code()).isZero();
      WorkerProcess worker =
          startUnread(environment, "--verbose", "worker", "--once", "--rate", "50");
      Await.until("a worker", () -> environment.count("SELECT count(*) FROM studbook.worker") == 1);
      WorkerProcess owner = environment.start(BACKFILL);
      block(environment);
      owner.kill();
      long completed = environment.completed();
      long beat = lastSeen(environment);
      Await.until("more commits", () -> environment.completed() > completed + 50);
      Await.until("a heartbeat", () -> lastSeen(environment) > beat);
      Await.until("the run's end", () -> environment.runState().equals("finished"));
      assertThat(environment.completed()).isEqualTo(HORSES);
      worker.signal("TERM");
      worker.exitCode(Duration.ofSeconds(5));
    }
  }

  @Test
  void aResumedRunIsFinished() throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(HORSES, folder)) {
      WorkerProcess first = environment.start(BACKFILL);
      environment.awaitArrivals(10);
      first.signal("TERM");
      assertThat(first.exitCode(Duration.ofSeconds(5))).isEqualTo(3);
      long before = environment.completed();
      WorkerProcess process =
          startUnread(
              environment,
              "--verbose",
              "backfill",
              "--resume",
              "--rate",
              "50",
              "--non-interactive");
      Await.until("the run's second start", () -> environment.completed() > before);
      fill(environment);
      long beat = lastSeen(environment);
      Await.until("a heartbeat", () -> lastSeen(environment) > beat);
      Await.until("the run's end", () -> environment.runState().equals("finished"));
      assertThat(environment.completed()).isEqualTo(HORSES);
      process.signal("TERM");
      process.exitCode(Duration.ofSeconds(5));
    }
  }

  /**
   * Nothing is registered before the plan is printed, so no process waits for one that cannot print
   * it.
   */
  @Test
  void aBlockedTerminalDoesNotBlockOtherPlans() throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(HORSES, folder)) {
      new ProcessBuilder("mkfifo", pipe(environment)).start().waitFor();
      WorkerProcess holder =
          environment.startBehind(
              List.of(
                  "sh",
                  "-c",
                  "exec 3<> \"$0\"; timeout 0.5 head -c 1000000 /dev/zero >&3; exec \"$@\" >&3",
                  pipe(environment)),
              BACKFILL);
      Await.until(
          "the schema",
          () -> environment.count("SELECT count(to_regclass('studbook.cached_profile'))") == 1);
      environment.finish();
      assertThat(holder.isAlive()).isTrue();
      assertThat(environment.count("SELECT count(*) FROM studbook.run")).isEqualTo(1);
      holder.signal("TERM");
      assertThat(holder.exitCode(Duration.ofSeconds(6))).isEqualTo(3);
    }
  }
}
