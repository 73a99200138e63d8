package studbook.faults.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.CliRunner.Result;
import studbook.faults.environment.AllowedDeviations;
import studbook.faults.environment.FaultTestEnvironment;
import studbook.faults.proxy.FaultyTcpProxy;
import studbook.time.SystemTime;

/** The way to the database: reset, silent, slow. */
class ConnectionFaultTest {

  private static final int HORSES = 300;

  @TempDir Path folder;

  private static CompletableFuture<Result> backfill(FaultTestEnvironment yard) {
    return yard.startHere("backfill", "--rate", "100");
  }

  private static void assertThatItEndedWell(Result result) {
    assertThat(result.code()).as(result.err() + result.out()).isZero();
  }

  @Test
  void allConnectionsAreResetAgainAndAgain() throws Exception {
    try (FaultTestEnvironment yard = FaultTestEnvironment.open(HORSES, folder);
        FaultyTcpProxy relay = FaultyTcpProxy.to(yard.database.port())) {
      yard.reach(yard.database.through(relay.port()));
      CompletableFuture<Result> run = backfill(yard);
      for (int time = 1; time <= 4; time++) {
        yard.awaitArrivals(50L * time);
        relay.reset();
      }
      assertThatItEndedWell(run.join());
      assertThat(relay.cut()).as("connections that were reset").isGreaterThanOrEqualTo(4);
      yard.assertThatAllLawsHold(AllowedDeviations.STRICT);
    }
  }

  @Test
  void theDatabaseCannotBeReachedForAWhile() throws Exception {
    try (FaultTestEnvironment yard = FaultTestEnvironment.open(HORSES, folder);
        FaultyTcpProxy relay = FaultyTcpProxy.to(yard.database.port())) {
      yard.reach(yard.database.through(relay.port()));
      CompletableFuture<Result> run = backfill(yard);
      yard.awaitArrivals(80);
      relay.refuse();
      SystemTime.sleeper().sleep(Duration.ofMillis(500));
      long asked = yard.arrivals();
      SystemTime.sleeper().sleep(Duration.ofSeconds(2));
      assertThat(yard.arrivals()).as("no request is spent meanwhile").isEqualTo(asked);
      assertThat(run).isNotDone();
      relay.heal();
      long healed = SystemTime.ticker().nanos();
      assertThatItEndedWell(run.join());
      assertThat(yard.invariants().rateIsBackAfter(healed, 100)).isLessThan(Duration.ofSeconds(60));
      yard.assertThatAllLawsHold(AllowedDeviations.STRICT);
    }
  }

  @Test
  void theDatabaseFallsSilentAndSpeaksAgain() throws Exception {
    try (FaultTestEnvironment yard = FaultTestEnvironment.open(HORSES, folder);
        FaultyTcpProxy relay = FaultyTcpProxy.to(yard.database.port())) {
      yard.reach(yard.database.through(relay.port()));
      CompletableFuture<Result> run = backfill(yard);
      yard.awaitArrivals(80);
      relay.hold();
      SystemTime.sleeper().sleep(Duration.ofMillis(500));
      long asked = yard.arrivals();
      SystemTime.sleeper().sleep(Duration.ofSeconds(2));
      assertThat(yard.arrivals()).as("no request is spent meanwhile").isEqualTo(asked);
      relay.heal();
      assertThatItEndedWell(run.join());
      yard.assertThatAllLawsHold(AllowedDeviations.STRICT);
    }
  }

  @Test
  void theDatabaseIsFarAway() throws Exception {
    try (FaultTestEnvironment yard = FaultTestEnvironment.open(150, folder);
        FaultyTcpProxy relay = FaultyTcpProxy.to(yard.database.port())) {
      yard.reach(yard.database.through(relay.port()));
      CompletableFuture<Result> run = backfill(yard);
      yard.awaitArrivals(20);
      relay.slow(Duration.ofMillis(40));
      assertThatItEndedWell(run.join());
      yard.assertThatAllLawsHold(AllowedDeviations.STRICT);
    }
  }
}
