package studbook.faults.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.CliRunner.Result;
import studbook.faults.environment.Await;
import studbook.faults.environment.FaultTestEnvironment;
import studbook.faults.environment.WorkerProcess;
import studbook.faults.invariant.AllowedDeviations;
import studbook.simulator.fault.FaultProfile;
import studbook.time.SystemTime;

/** An API that refuses, breaks, is silent, or moves. */
class ApiFaultTest {

  @TempDir Path folder;

  private static void assertThatItEndedWell(CompletableFuture<Result> run) {
    Result result = run.join();
    assertThat(result.code()).as(result.err() + result.out()).isZero();
  }

  /** With all forms of Retry-After, valid or not; one response has two of them. */
  @Test
  void throttlingUsesUpNoAttempt() throws Exception {
    ZonedDateTime inAMoment =
        ZonedDateTime.ofInstant(
            SystemTime.clock().instant().plus(Duration.ofSeconds(8)), ZoneOffset.UTC);
    FaultProfile faults =
        FaultProfile.parse(
            "429:0.01,429:0.01:0,429:0.01:2,429:0.01:-5,429:0.01:abc,429:0.01:0|1,"
                + "429:0.01:Wed, 21 Oct 2015 07:28:00 GMT,429:0.01:"
                + DateTimeFormatter.RFC_1123_DATE_TIME.format(inAMoment));
    try (FaultTestEnvironment environment =
        FaultTestEnvironment.open(
            120, folder, FaultTestEnvironment.options().withFaults(faults.onlyFirst(1)))) {
      Result result = environment.cli.run("backfill", "--rate", "50");
      assertThat(result.code()).as(result.err()).isZero();

      long fired = environment.simulator.statistics().faultCount("429");
      assertThat(fired).as("fired").isGreaterThan(4);
      assertThat(environment.count("SELECT count(*) FROM studbook.error WHERE kind = 'throttled'"))
          .isEqualTo(fired);
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT.limit(50).askedAgain(fired));
    }
  }

  /** The account's true limit is below the configured one. */
  @Test
  void aTrueLimitBelowOursIsMetRarely() throws Exception {
    try (FaultTestEnvironment environment =
        FaultTestEnvironment.open(200, folder, FaultTestEnvironment.options().withRate(15))) {
      assertThatItEndedWell(environment.startHere("backfill", "--rate", "20"));
      assertThat(environment.simulator.statistics().count(429)).as("fired").isBetween(1L, 20L);
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT.limit(20).askedAgain(1));
    }
  }

  @Test
  void anHourOfRetryAfterPausesTheRunVisibly() throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(300, folder)) {
      WorkerProcess process = environment.start("backfill", "--rate", "50");
      environment.awaitArrivals(60);
      environment.simulator.setFaults(FaultProfile.parse("429:1:3600"));
      Await.until("a pause", environment::isPaused);
      environment.assertThatRequestsCease(Duration.ofSeconds(2), 0);
      assertThat(environment.cli.run("status").out())
          .contains("The Racing API asked to wait (Retry-After)");
      process.signal("TERM");
      assertThat(process.exitCode(Duration.ofSeconds(5))).isEqualTo(3);
      assertThat(environment.pauses()).containsExactly("api_limit");
      long fired = environment.simulator.statistics().faultCount("429");
      assertThat(fired).as("fired, and no busy loop").isBetween(1L, 10L);

      environment.simulator.setFaults(FaultProfile.NONE);
      environment.sql(
          "UPDATE studbook.rate_limit SET blocked_until = '-infinity'"); // the hour is over
      environment.finish();
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT.askedAgain(fired + 1));
    }
  }

  @Test
  void aStormOfServerErrorsCostsFewHorses() throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(300, folder)) {
      environment.simulator.setFaults(FaultProfile.parse("500:0.1,502:0.05,503:0.1,504:0.05"));
      CompletableFuture<Result> run = environment.startHere("backfill", "--rate", "100");
      environment.awaitArrivals(200);
      environment.simulator.setFaults(FaultProfile.NONE);
      assertThat(run.join().code()).isIn(0, 1);
      long fired =
          environment.simulator.statistics().faultCount().values().stream().mapToLong(n -> n).sum();
      assertThat(fired).as("fired").isGreaterThan(30);
      environment.assertThatInvariantsHold(
          AllowedDeviations.STRICT.askedAgain(fired + 1).failures(12));
    }
  }

  @Test
  void manyAnswersAreNone() throws Exception {
    List<String> tricks = List.of("timeout", "cut", "close", "slow", "html", "gzip");
    FaultProfile faults = FaultProfile.parse(String.join(":0.03,", tricks) + ":0.03").onlyFirst(1);
    try (FaultTestEnvironment environment =
        FaultTestEnvironment.open(200, folder, FaultTestEnvironment.options().withFaults(faults))) {
      Result result = environment.cli.run("backfill", "--rate", "100", "--timeout", "1s");
      assertThat(result.code()).as(result.err()).isZero();
      assertThat(environment.simulator.statistics().faultCount())
          .as("fired")
          .containsOnlyKeys(tricks);
      long fired =
          environment.simulator.statistics().faultCount().values().stream().mapToLong(n -> n).sum();
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT.askedAgain(fired));
    }
  }

  /** Covers the twenty seconds of silence after which an outage pauses the run. */
  @Test
  void theBreakerOpensAndSendsOneProbeAtATime() throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(300, folder)) {
      CompletableFuture<Result> run = environment.startHere("backfill", "--rate", "10");
      environment.awaitArrivals(20);
      environment.simulator.setFaults(FaultProfile.always(503));
      Await.until("the breaker", Duration.ofSeconds(40), environment::isPaused);
      environment.assertThatRequestsCease(Duration.ofSeconds(4), 1);
      environment.simulator.setFaults(FaultProfile.NONE);
      long healed = SystemTime.ticker().nanos();
      assertThatItEndedWell(run);
      long fired = environment.simulator.statistics().faultCount("503");
      assertThat(fired).as("fired").isBetween(10L, 30L);
      assertThat(environment.pauses()).contains("api");
      assertThat(environment.invariants().rateIsBackAfter(healed, 10))
          .isLessThan(Duration.ofSeconds(60));
      environment.assertThatInvariantsHold(
          AllowedDeviations.STRICT.limit(10).askedAgain(fired + 1));
    }
  }

  @Test
  void credentialsThatAreRefusedInMidRunPauseIt() throws Exception {
    int status = 403;
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(300, folder)) {
      CompletableFuture<Result> run = environment.startHere("backfill", "--rate", "100");
      environment.awaitArrivals(80);
      environment.simulator.setFaults(FaultProfile.always(status));
      Await.until("a pause", environment::isPaused);
      environment.assertThatRequestsCease(Duration.ofSeconds(3), 1);
      assertThat(environment.cli.run("status").out()).contains("The Racing API answers " + status);
      environment.simulator.setFaults(FaultProfile.NONE);
      long healed = SystemTime.ticker().nanos();
      assertThatItEndedWell(run);
      long fired = environment.simulator.statistics().faultCount(Integer.toString(status));
      assertThat(fired).as("fired").isBetween(1L, 30L);
      assertThat(environment.pauses()).contains("credentials");
      assertThat(environment.invariants().rateIsBackAfter(healed, 100))
          .isLessThan(Duration.ofSeconds(60));
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT.askedAgain(fired + 1));
    }
  }

  @Test
  void aMovedEndpointPausesTheRunAndCompletesNoHorse() throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(300, folder)) {
      CompletableFuture<Result> run = environment.startHere("backfill", "--rate", "100");
      environment.awaitArrivals(80);
      environment.simulator.setFaults(FaultProfile.always(404));
      Await.until("a pause", environment::isPaused);
      environment.assertThatRequestsCease(Duration.ofSeconds(3), 1);
      assertThat(environment.cli.run("status").out()).contains("answers 404");
      environment.simulator.setFaults(FaultProfile.NONE);
      long healed = SystemTime.ticker().nanos();
      assertThatItEndedWell(run);
      long fired = environment.simulator.statistics().faultCount("404");
      assertThat(fired).as("fired").isBetween(10L, 120L);
      assertThat(environment.pauses()).contains("endpoint");
      assertThat(environment.invariants().rateIsBackAfter(healed, 100))
          .isLessThan(Duration.ofSeconds(60));
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT.askedAgain(fired + 3));
    }
  }
}
