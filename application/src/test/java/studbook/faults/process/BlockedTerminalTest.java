package studbook.faults.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.faults.environment.AllowedDeviations;
import studbook.faults.environment.Await;
import studbook.faults.environment.FaultTestEnvironment;
import studbook.faults.environment.WorkerProcess;

/** A terminal that is not read: Ctrl-S, a dead ssh session, {@code | less}. */
class BlockedTerminalTest {

  private static final int HORSES = 400;
  private static final String[] BACKFILL = {
    "--verbose", "backfill", "--rate", "50", "--non-interactive"
  };

  @TempDir Path folder;

  /** Starts a command whose stdout and stderr are a pipe without a reader. */
  private static WorkerProcess startUnread(FaultTestEnvironment yard, String... arguments)
      throws IOException {
    String shell = "mkfifo \"$0\"; exec 3<> \"$0\"; exec \"$@\" >&3 2>&3";
    return yard.startBehind(List.of("sh", "-c", shell, pipe(yard)), arguments);
  }

  /** Fills the pipe once the run is active; then it accepts no more bytes. */
  private static void block(FaultTestEnvironment yard) throws Exception {
    yard.awaitArrivals(10);
    fill(yard);
  }

  private static void fill(FaultTestEnvironment yard) throws Exception {
    new ProcessBuilder("sh", "-c", "timeout 0.5 head -c 1000000 /dev/zero > \"$0\"", pipe(yard))
        .start()
        .waitFor();
  }

  private static String pipe(FaultTestEnvironment yard) {
    return yard.cli.folder().resolve("unread").toString();
  }

  private static long lastSeen(FaultTestEnvironment yard) {
    return yard.count(
        "SELECT (extract(epoch FROM max(last_heartbeat_at)) * 1000)::bigint FROM studbook.worker");
  }

  @Test
  void commitsAndHeartbeatsContinueAndTheRunIsFinished() throws Exception {
    try (FaultTestEnvironment yard = FaultTestEnvironment.open(HORSES, folder)) {
      WorkerProcess hand = startUnread(yard, BACKFILL);
      block(yard);
      long settled = yard.settled();
      long beat = lastSeen(yard);
      Await.until("more commits", () -> yard.settled() > settled + 100);
      Await.until("a heartbeat", () -> lastSeen(yard) > beat);
      Await.until("the run's end", () -> yard.runState().equals("finished"));
      assertThat(yard.settled()).isEqualTo(HORSES);
      yard.assertThatAllLawsHold(AllowedDeviations.STRICT);
      assertThat(hand.isAlive()).as("it waits for a reader of its last lines").isTrue();
      hand.signal("TERM");
      hand.exitCode(Duration.ofSeconds(5));
    }
  }

  @Test
  void aSignalEndsItWithinFiveSeconds() throws Exception {
    try (FaultTestEnvironment yard = FaultTestEnvironment.open(HORSES, folder)) {
      WorkerProcess hand = startUnread(yard, BACKFILL);
      block(yard);
      long settled = yard.settled();
      Await.until("more commits", () -> yard.settled() > settled + 20);
      hand.signal("TERM");
      assertThat(hand.exitCode(Duration.ofSeconds(5))).isEqualTo(3);
      assertThat(yard.runState()).isEqualTo("stopped");
      yard.finish();
      yard.assertThatAllLawsHold(AllowedDeviations.STRICT.askedAgain(5));
    }
  }

  @Test
  void aWorkerContinuesAloneToTheRunsEnd() throws Exception {
    try (FaultTestEnvironment yard = FaultTestEnvironment.open(HORSES, folder)) {
      assertThat(yard.cli.run("init").code()).isZero();
      WorkerProcess worker = startUnread(yard, "--verbose", "worker", "--once", "--rate", "50");
      Await.until("a worker", () -> yard.count("SELECT count(*) FROM studbook.worker") == 1);
      WorkerProcess owner = yard.start(BACKFILL);
      block(yard);
      owner.kill();
      long settled = yard.settled();
      long beat = lastSeen(yard);
      Await.until("more commits", () -> yard.settled() > settled + 50);
      Await.until("a heartbeat", () -> lastSeen(yard) > beat);
      Await.until("the run's end", () -> yard.runState().equals("finished"));
      assertThat(yard.settled()).isEqualTo(HORSES);
      worker.signal("TERM");
      worker.exitCode(Duration.ofSeconds(5));
    }
  }

  @Test
  void aResumedRunIsFinished() throws Exception {
    try (FaultTestEnvironment yard = FaultTestEnvironment.open(HORSES, folder)) {
      WorkerProcess first = yard.start(BACKFILL);
      yard.awaitArrivals(10);
      first.signal("TERM");
      assertThat(first.exitCode(Duration.ofSeconds(5))).isEqualTo(3);
      long before = yard.settled();
      WorkerProcess hand =
          startUnread(
              yard, "--verbose", "backfill", "--resume", "--rate", "50", "--non-interactive");
      Await.until("the run's second start", () -> yard.settled() > before);
      fill(yard);
      long beat = lastSeen(yard);
      Await.until("a heartbeat", () -> lastSeen(yard) > beat);
      Await.until("the run's end", () -> yard.runState().equals("finished"));
      assertThat(yard.settled()).isEqualTo(HORSES);
      hand.signal("TERM");
      hand.exitCode(Duration.ofSeconds(5));
    }
  }

  /**
   * Nothing is registered before the plan is printed, so no process waits for one that cannot print
   * it.
   */
  @Test
  void aBlockedTerminalDoesNotBlockOtherPlans() throws Exception {
    try (FaultTestEnvironment yard = FaultTestEnvironment.open(HORSES, folder)) {
      new ProcessBuilder("mkfifo", pipe(yard)).start().waitFor();
      WorkerProcess holder =
          yard.startBehind(
              List.of(
                  "sh",
                  "-c",
                  "exec 3<> \"$0\"; timeout 0.5 head -c 1000000 /dev/zero >&3; exec \"$@\" >&3",
                  pipe(yard)),
              BACKFILL);
      Await.until(
          "the schema",
          () -> yard.count("SELECT count(to_regclass('studbook.cached_profile'))") == 1);
      yard.finish();
      assertThat(holder.isAlive()).isTrue();
      assertThat(yard.count("SELECT count(*) FROM studbook.run")).isEqualTo(1);
      holder.signal("TERM");
      assertThat(holder.exitCode(Duration.ofSeconds(6))).isEqualTo(3);
    }
  }
}
