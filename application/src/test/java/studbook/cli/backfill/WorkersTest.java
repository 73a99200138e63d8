package studbook.cli.backfill;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner.Result;
import studbook.cli.fixture.LiveOutput;
import studbook.cli.fixture.PlannedRunFixture;
import studbook.simulator.Latency;
import studbook.time.SystemTime;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Several processes on one run. */
class WorkersTest {

  private static final int HORSES = 600;
  private static final String RATE = "60";

  @TempDir Path folder;

  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void endWhatWasStarted() throws InterruptedException {
    for (Process process : started) {
      process.destroyForcibly().waitFor();
    }
  }

  private BackfillFixture openFixture() throws Exception {
    Latency latency = new Latency(Duration.ofMillis(40), Duration.ofMillis(20));
    return new BackfillFixture(HORSES, folder, BackfillFixture.options().withLatency(latency))
        .imported();
  }

  private Process start(BackfillFixture fixture, String name, String... arguments)
      throws Exception {
    Process process = fixture.cli.start(name + "-", List.of(), arguments);
    started.add(process);
    return process;
  }

  /** It works from the run's first moment on, however long a JVM needs to start. */
  private Process startWaitingWorker(BackfillFixture fixture) throws Exception {
    Process worker = start(fixture, "worker", "worker", "--once", "--rate", RATE);
    waitUntil(() -> has("worker", "Waiting for a run."));
    return worker;
  }

  private static void waitUntil(BooleanSupplier condition) throws InterruptedException {
    long deadline = SystemTime.ticker().nanos() + Duration.ofSeconds(40).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(SystemTime.ticker().nanos()).as("waited for 40 s").isLessThan(deadline);
      SystemTime.sleeper().sleep(Duration.ofMillis(10));
    }
  }

  private static long awaitASecondWithoutRequests(BackfillFixture fixture)
      throws InterruptedException {
    for (int second = 0; second < 10; second++) {
      long arrivals = fixture.simulator.statistics().arrivals();
      SystemTime.sleeper().sleep(Duration.ofSeconds(1));
      if (fixture.simulator.statistics().arrivals() == arrivals) {
        return arrivals;
      }
    }
    throw new AssertionError("requests are sent 10 s after the pause");
  }

  private static long working(BackfillFixture fixture) {
    return fixture.count(
        """
        SELECT count(*) FROM studbook.worker
        WHERE run_id IS NOT NULL AND request_count > 0 AND last_heartbeat_at > '-infinity'
        """);
  }

  private String out(String name) throws Exception {
    return LiveOutput.read(folder.resolve(name + "-out.txt"));
  }

  @Test
  void anEarlyWorkerJoinsTheRunAndNothingIsRequestedTwice() throws Exception {
    Latency latency = new Latency(Duration.ofMillis(40), Duration.ofMillis(20));
    try (BackfillFixture fixture =
        new BackfillFixture(HORSES, folder, BackfillFixture.options().withLatency(latency))) {
      Process worker = start(fixture, "worker", "worker", "--once", "--rate", RATE);
      waitUntil(() -> has("worker", "Waiting for the schema"));
      fixture.imported();
      waitUntil(() -> has("worker", "Waiting for a run."));

      Process owner = start(fixture, "owner", "backfill", "--no-racecards", "--rate", RATE);
      waitUntil(() -> working(fixture) == 2);
      JsonNode workers =
          JsonMapper.shared().readTree(fixture.cli.run("workers", "--json").out()).get("workers");
      assertThat(workers.size()).isEqualTo(2);
      assertThat(workers.values())
          .allSatisfy(one -> assertThat(one.get("status").asString()).isEqualTo("working"))
          .allSatisfy(one -> assertThat(one.get("chunks").size()).isPositive())
          .anySatisfy(one -> assertThat(one.get("pid").asLong()).isEqualTo(worker.pid()))
          .anySatisfy(one -> assertThat(one.get("pid").asLong()).isEqualTo(owner.pid()));
      assertThat(fixture.cli.run("workers").out())
          .contains("working, owner", "chunk ", Long.toString(worker.pid()));

      assertThat(owner.waitFor(40, SECONDS)).isTrue();
      assertThat(worker.waitFor(10, SECONDS)).isTrue();
      assertThat(owner.exitValue()).isZero();
      assertThat(worker.exitValue()).isZero();
      assertThat(out("owner")).contains("Run 1 is finished.");
      assertThat(out("worker")).contains("Run 1: joined host", "Run 1 is finished.");
      assertThat(fixture.horsesRequestedTwice()).isEmpty();
      assertThat(fixture.simulator.statistics().count(429)).isLessThanOrEqualTo(2);
      fixture.assertThatRowsEqualWhatWasServed();
      assertThat(fixture.cli.run("workers").out()).contains("No workers.");
    }
  }

  private boolean has(String name, String text) {
    try {
      return out(name).contains(text);
    } catch (Exception e) {
      return false;
    }
  }

  @Test
  void aWorkerTakesOverAKilledOwnersRun() throws Exception {
    try (BackfillFixture fixture = openFixture()) {
      Process worker = startWaitingWorker(fixture);
      Process owner = start(fixture, "owner", "backfill", "--no-racecards", "--rate", RATE);
      waitUntil(() -> working(fixture) == 2);
      long killed = SystemTime.ticker().nanos();
      owner.destroyForcibly().waitFor();

      assertThat(worker.waitFor(40, SECONDS)).isTrue();

      assertThat(worker.exitValue()).as(out("worker")).isZero();
      assertThat(Duration.ofNanos(SystemTime.ticker().nanos() - killed))
          .isLessThan(Duration.ofSeconds(30));
      assertThat(fixture.list("SELECT event FROM studbook.run_event ORDER BY occurred_at"))
          .contains("taken_over")
          .doesNotContain("restarted", "stopped");
      assertThat(fixture.in("pending")).isZero();
      fixture.assertThatRowsEqualWhatWasServed();
    }
  }

  @Test
  void aStoppedOwnerHandsTheRunOver() throws Exception {
    try (BackfillFixture fixture = openFixture()) {
      Process worker = startWaitingWorker(fixture);
      Process owner = start(fixture, "owner", "backfill", "--no-racecards", "--rate", RATE);
      waitUntil(() -> working(fixture) == 2);
      owner.destroy();
      assertThat(owner.waitFor(5, SECONDS)).isTrue();
      assertThat(owner.exitValue()).isEqualTo(3);
      assertThat(out("owner"))
          .contains("Run 1 continues without this process", "process " + worker.pid());
      assertThat(worker.waitFor(40, SECONDS)).isTrue();
      assertThat(worker.exitValue()).isZero();
      // A 404 counts once a second request and the answer for another horse confirm it. The first
      // answer is lost where the stop comes between them, so these horses may be requested again.
      assertThat(fixture.horsesRequestedTwice())
          .filteredOn(fixture.foundHorses()::contains)
          .as(out("owner") + out("worker"))
          .isEmpty();
      fixture.assertThatRowsEqualWhatWasServed();
    }
  }

  @Test
  void aPersonPausesResumesAndCancelsInEveryProcess() throws Exception {
    try (BackfillFixture fixture = openFixture()) {
      Process worker = startWaitingWorker(fixture);
      Process owner = start(fixture, "owner", "backfill", "--no-racecards", "--rate", RATE);
      waitUntil(() -> working(fixture) == 2);

      Result pause = fixture.cli.run("pause");
      assertThat(pause.code()).as(pause.err()).isZero();
      assertThat(fixture.cli.run("pause").err()).contains("run 1 is already paused");
      long arrivals = awaitASecondWithoutRequests(fixture);
      assertThat(fixture.cli.run("status").out()).contains("paused", "`studbook resume`");
      assertThat(fixture.cli.run("monitor", "--once").out()).contains("paused by a user");

      assertThat(fixture.cli.run("resume").code()).isZero();
      assertThat(fixture.cli.run("resume").err())
          .contains("run 1 is not paused", "`studbook backfill --resume`");
      waitUntil(() -> fixture.simulator.statistics().arrivals() > arrivals + 20);

      Result unasked = fixture.cli.run("cancel");
      assertThat(unasked.code()).isEqualTo(2);
      assertThat(unasked.err())
          .contains("cannot be resumed, and there is no terminal to ask on: add --yes");
      assertThat(fixture.list("SELECT state FROM studbook.run")).containsExactly("running");
      assertThat(fixture.cli.run("cancel", "--yes").out()).contains("Run 1 is cancelled");
      assertThat(owner.waitFor(10, SECONDS)).isTrue();
      assertThat(worker.waitFor(10, SECONDS)).isTrue();
      assertThat(owner.exitValue()).isEqualTo(1);
      assertThat(worker.exitValue()).isEqualTo(1);
      assertThat(out("owner")).contains("Run 1 was cancelled with");
      assertThat(fixture.in("pending")).isPositive();
      assertThat(fixture.cli.run("cancel", "--yes").err()).contains("run 1 is cancelled");
      assertThat(fixture.cli.run("resume").code()).isEqualTo(2);
    }
  }

  @Test
  void aWorkerOfAnotherVersionRefuses() throws Exception {
    try (BackfillFixture fixture = openFixture();
        PlannedRunFixture run = PlannedRunFixture.alive(fixture)) {
      Result refused = fixture.cli.run("worker", "--rate", "2");
      assertThat(refused.code()).isEqualTo(2);
      assertThat(refused.err())
          .contains("run " + run.run.id() + " uses Studbook test", "use the same version");
    }
  }
}
