package studbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.Terminal.Result;
import studbook.simulator.Endpoint;

/** A backfill that reads racecards first. */
class SweepJobTest {

  @TempDir Path folder;

  @Test
  void readsTheNewestRacecardsAndAsksForTheOtherHorses() throws Exception {
    try (Stable stable = new Stable(3_000, folder).imported()) {
      Result backfill =
          stable.terminal.run(
              "backfill",
              "--rate",
              "unlimited",
              "--racecards-since",
              "2025-06-01",
              "--racecards-until",
              "2025-06-20");

      assertThat(backfill.err()).isEmpty();
      assertThat(backfill.code()).as(backfill.out()).isZero();
      assertThat(stable.simulator.statistics().count(Endpoint.RACECARDS, 200)).isEqualTo(20);
      stable.assertThatRowsEqualWhatWasServed();
    }
  }
}
