package studbook.faults.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.CliRunner.Result;
import studbook.faults.environment.FaultTestEnvironment;
import studbook.faults.invariant.AllowedDeviations;
import studbook.faults.proxy.FaultyTcpProxy;
import studbook.time.SystemTime;

/** The way to the database: reset, silent, slow. */
class ConnectionFaultTest {

  private static final int HORSES = 300;

  @TempDir Path folder;

  private static CompletableFuture<Result> backfill(FaultTestEnvironment environment) {
    return environment.startHere("backfill", "--rate", "100");
  }

  private static void assertThatItEndedWell(Result result) {
    assertThat(result.code()).as(result.err() + result.out()).isZero();
  }

  @Test
  void allConnectionsAreResetAgainAndAgain() throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(HORSES, folder);
        FaultyTcpProxy relay = FaultyTcpProxy.to(environment.database.port())) {
      environment.reach(environment.database.through(relay.port()));
      CompletableFuture<Result> run = backfill(environment);
      for (int time = 1; time <= 4; time++) {
        environment.awaitArrivals(50L * time);
        relay.reset();
      }
      assertThatItEndedWell(run.join());
      assertThat(relay.cut()).as("connections that were reset").isGreaterThanOrEqualTo(4);
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT);
    }
  }

  @Test
  void theDatabaseCannotBeReachedForAWhile() throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(HORSES, folder);
        FaultyTcpProxy relay = FaultyTcpProxy.to(environment.database.port())) {
      environment.reach(environment.database.through(relay.port()));
      CompletableFuture<Result> run = backfill(environment);
      environment.awaitArrivals(80);
      relay.refuse();
      environment.assertThatRequestsCease(Duration.ofSeconds(2), 0);
      assertThat(run).isNotDone();
      relay.heal();
      long healed = SystemTime.ticker().nanos();
      assertThatItEndedWell(run.join());
      assertThat(environment.invariants().rateIsBackAfter(healed, 100))
          .isLessThan(Duration.ofSeconds(60));
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT);
    }
  }

  @Test
  void theDatabaseFallsSilentAndSpeaksAgain() throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(HORSES, folder);
        FaultyTcpProxy relay = FaultyTcpProxy.to(environment.database.port())) {
      environment.reach(environment.database.through(relay.port()));
      CompletableFuture<Result> run = backfill(environment);
      environment.awaitArrivals(80);
      relay.hold();
      environment.assertThatRequestsCease(Duration.ofSeconds(2), 0);
      relay.heal();
      assertThatItEndedWell(run.join());
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT);
    }
  }

  @Test
  void theDatabaseIsFarAway() throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(150, folder);
        FaultyTcpProxy relay = FaultyTcpProxy.to(environment.database.port())) {
      environment.reach(environment.database.through(relay.port()));
      CompletableFuture<Result> run = backfill(environment);
      environment.awaitArrivals(20);
      relay.slow(Duration.ofMillis(40));
      assertThatItEndedWell(run.join());
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT);
    }
  }
}
