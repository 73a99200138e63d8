package studbook.faults.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import studbook.cli.fixture.CliRunner.Result;
import studbook.faults.environment.Await;
import studbook.faults.environment.FaultTestEnvironment;
import studbook.faults.invariant.AllowedDeviations;
import studbook.simulator.fault.FaultProfile;

/** Responses in another form: accepted if unambiguous, otherwise a pause. */
class PayloadFaultTest {

  @TempDir Path folder;

  private static FaultProfile all(String fault) {
    return FaultProfile.parse(fault + ":1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dob-time", "numeric-ids"})
  void unambiguousFormsGiveTheSameRows(String fault) throws Exception {
    try (FaultTestEnvironment environment =
        FaultTestEnvironment.open(
            150, folder, FaultTestEnvironment.options().withFaults(all(fault)))) {
      Result result = environment.cli.run("backfill", "--rate", "100");
      assertThat(result.code()).as(result.err()).isZero();
      assertThat(environment.simulator.statistics().faultCount(fault)).as("fired").isGreaterThan(1);
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"renamed-dob", "blank", "renamed-ids", "boolean-names"})
  void fieldsThatVanishPauseTheRunBeforeFiftyHorsesAreWrittenOff(String fault) throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(600, folder)) {
      CompletableFuture<Result> run =
          environment.startHere("backfill", "--rate", "100", "--no-racecards");
      environment.awaitArrivals(100);
      environment.simulator.setFaults(all(fault));
      Await.until("a pause", () -> environment.pauses().contains("payload"));
      assertThat(environment.cli.run("status").out()).contains("the API may have changed");
      assertThat(environment.simulator.statistics().faultCount(fault))
          .as("fired")
          .isGreaterThan(11);

      environment.simulator.setFaults(FaultProfile.NONE);
      Result result = run.join();

      assertThat(result.code()).as(result.err()).isZero();
      assertThat(lacking(environment)).isBetween(1L, 49L);
      assertThat(environment.count("SELECT count(*) FROM ra_horse_pedigree WHERE sire = 'false'"))
          .isZero();
    }
  }

  /** Beyond the few that truly have no parents or no date of birth. */
  private static long lacking(FaultTestEnvironment environment) {
    return environment.count(
        """
        SELECT count(*) FROM ra_horses h JOIN studbook.work_item i USING (horse_id)
        LEFT JOIN ra_horse_pedigree p USING (horse_id)
        WHERE i.state IN ('enriched', 'no_dob') AND (h.dob IS NULL OR p.sire IS NULL OR p.sire_id IS NULL)
        """);
  }

  /**
   * For example an account without dates of birth in its plan: the user knows, and the run
   * continues.
   */
  @Test
  void aPersonLetsTheRunContinue() throws Exception {
    try (FaultTestEnvironment environment =
        FaultTestEnvironment.open(
            100, folder, FaultTestEnvironment.options().withFaults(all("renamed-dob")))) {
      CompletableFuture<Result> run =
          environment.startHere("backfill", "--rate", "100", "--no-racecards");
      environment.awaitArrivals(1);
      while (!run.isDone()) {
        Await.until("a pause or the end", () -> run.isDone() || environment.isPaused());
        if (!run.isDone()) {
          environment.cli.run("resume");
        }
      }
      assertThat(run.join().code()).isZero();
      assertThat(
              environment.count("SELECT count(*) FROM studbook.work_item WHERE state <> 'no_dob'"))
          .isLessThan(10);
      assertThat(environment.pauses()).contains("payload").hasSizeBetween(2, 5);
    }
  }
}
