package studbook.cli.response;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner.Result;
import studbook.simulator.fault.FaultProfile;
import studbook.time.SystemTime;

/** A horse's own failures count as its attempts; failures of the whole API do not. */
class ApiFailureTest {

  @TempDir Path folder;

  private static long arrivals(BackfillFixture fixture) {
    return fixture.simulator.statistics().arrivals();
  }

  private static void waitUntil(BooleanSupplier condition) throws InterruptedException {
    long deadline = SystemTime.ticker().nanos() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(SystemTime.ticker().nanos()).as("waited for 60 s").isLessThan(deadline);
      SystemTime.sleeper().sleep(Duration.ofMillis(10));
    }
  }

  private static CompletableFuture<Result> start(BackfillFixture fixture, String... arguments) {
    CompletableFuture<Result> result = new CompletableFuture<>();
    Thread thread =
        new Thread(() -> result.completeAsync(() -> fixture.cli.run(arguments), Runnable::run));
    thread.setDaemon(true);
    thread.start();
    return result.orTimeout(90, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 429, 500})
  void alwaysRefusedHorsesFailAfterThreeAttempts(int status) throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(60, folder).imported()) {
      FaultProfile faults =
          FaultProfile.always(status)
              .onlyFor(fixture.horse(0), fixture.horse(20), fixture.horse(59));
      fixture.simulator.setFaults(faults);
      Result result = fixture.cli.faster(3).run("backfill", "--no-racecards", "--rate", "50");
      assertThat(result.code()).as(result.err() + result.out()).isEqualTo(1);
      assertThat(fixture.in("failed")).isEqualTo(3);
      assertThat(fixture.in("pending")).isZero();
      assertThat(fixture.simulator.statistics().faultCount(Integer.toString(status)))
          .as("requests in vain")
          .isBetween(9L, 15L);
      assertThat(fixture.list("SELECT event FROM studbook.run_event")).doesNotContain("paused");
    }
  }

  @Test
  void aQuarterOf429sChargesNoHorse() throws Exception {
    try (BackfillFixture fixture =
        new BackfillFixture(
                150, folder, BackfillFixture.options().withFaults(FaultProfile.parse("429:0.25")))
            .imported()) {
      CompletableFuture<Result> run = start(fixture, "backfill", "--no-racecards", "--rate", "500");
      waitUntil(() -> fixture.simulator.statistics().faultCount("429") >= 8);
      fixture.simulator.setFaults(FaultProfile.NONE);
      assertThat(run.join().code()).as(run.join().err()).isZero();
    }
  }

  @Test
  void eightSecondsOf503WithRetryAfterFailNoHorse() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(60, folder).imported()) {
      CompletableFuture<Result> run = start(fixture, "backfill", "--no-racecards", "--rate", "10");
      waitUntil(() -> arrivals(fixture) >= 20);
      fixture.simulator.setFaults(FaultProfile.parse("503:1:8"));
      SystemTime.sleeper().sleep(Duration.ofSeconds(8));
      fixture.simulator.setFaults(FaultProfile.NONE);
      assertThat(run.join().code()).as(run.join().err()).isZero();
      assertThat(fixture.simulator.statistics().faultCount("503")).as("in vain").isBetween(1L, 6L);
      fixture.assertThatRowsEqualWhatWasServed();
    }
  }

  @Test
  void fifteenSecondsOf502FailNoHorseAndCostFewRequests() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(40, folder).imported()) {
      CompletableFuture<Result> run = start(fixture, "backfill", "--no-racecards", "--rate", "5");
      waitUntil(() -> arrivals(fixture) >= 10);
      fixture.simulator.setFaults(FaultProfile.always(502));
      SystemTime.sleeper().sleep(Duration.ofSeconds(15));
      fixture.simulator.setFaults(FaultProfile.NONE);
      assertThat(run.join().code()).as(run.join().err()).isZero();
      assertThat(fixture.simulator.statistics().faultCount("502"))
          .as("in vain")
          .isBetween(10L, 18L);
      fixture.assertThatRowsEqualWhatWasServed();
    }
  }

  @Test
  void aUsedUpLimitPausesTheRun() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(60, folder).imported()) {
      CompletableFuture<Result> run = start(fixture, "backfill", "--no-racecards", "--rate", "20");
      waitUntil(() -> arrivals(fixture) >= 20);
      fixture.simulator.setFaults(FaultProfile.always(429));
      waitUntil(() ->
          fixture.count("SELECT count(*) FROM studbook.run WHERE pause_cause = 'api_limit'") == 1);
      assertThat(fixture.cli.run("status").out()).contains("the limit seems to be used up");
      // In the five seconds before, five 429s and those under way, then each time a hold of a
      // second.
      assertThat(fixture.simulator.statistics().faultCount("429")).as("in vain").isLessThan(40);
      fixture.simulator.setFaults(FaultProfile.NONE);
      assertThat(run.join().code()).as(run.join().err()).isZero();
      assertThat(fixture.list("SELECT event FROM studbook.run_event ORDER BY occurred_at"))
          .containsSubsequence(List.of("paused", "resumed"));
    }
  }
}
