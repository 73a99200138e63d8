package studbook.cli.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner.Result;
import studbook.simulator.population.FilePopulation;

/**
 * Real horses, if a file of them is beside the checkout; it has no licence and is not part of the
 * project.
 */
class RealPopulationTest {

  private static final Path HORSES = Path.of("..", "shared", "data", "horses.csv");

  @TempDir Path folder;

  static boolean horsesAreThere() {
    return HORSES.toFile().exists();
  }

  @Test
  @EnabledIf(
      value = "horsesAreThere",
      disabledReason = "no file of real horses beside the checkout")
  void fillsRealHorsesAsTheyWereServed() throws Exception {
    try (BackfillFixture fixture =
        new BackfillFixture(FilePopulation.read(HORSES), folder, BackfillFixture.options())) {
      Result imported =
          fixture.cli.run(
              "import", HORSES.toAbsolutePath().toString(), "--columns", "horse_id,name");
      assertThat(imported.code()).as(imported.err()).isZero();

      Result result = fixture.cli.run("backfill", "--rate", "unlimited");

      assertThat(result.code()).as(result.err()).isZero();
      assertThat(fixture.count("SELECT count(*) FROM ra_horses WHERE dob IS NULL")).isZero();
      fixture.assertThatRowsEqualWhatWasServed();
    }
  }
}
