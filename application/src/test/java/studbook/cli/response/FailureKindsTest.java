package studbook.cli.response;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner.Result;

/** Horses that failed for different reasons, each with its advice. */
class FailureKindsTest {

  @TempDir Path folder;

  @Test
  void rejectedRowsAreDistinguishedFromMissingResponses() throws Exception {
    try (BackfillFixture fixture =
        new BackfillFixture(40, folder).imported().failEveryThird("500:1")) {
      fixture.sql(
          "ALTER TABLE ra_horses ADD CONSTRAINT no_second CHECK (horse_id <> '%s' OR dob IS NULL)"
              .formatted(fixture.horse(1)));

      Result run = fixture.cli.run("backfill", "--rate", "unlimited", "--no-racecards");

      assertThat(run.code()).isEqualTo(1);
      assertThat(run.out())
          .contains(
              "15 horses failed; the ids are in ",
              "14 horses had no valid response after three attempts: request them again (`studbook retry`).",
              "The database rejected the rows of 1 horse: fix the constraint, the trigger or the row"
                  + " that the message names; then retry (`studbook errors --run 1 --kind"
                  + " database_rejected`).");
      assertThat(fixture.cli.run("errors").out())
          .contains("14 horses had no valid response", "The database rejected the rows of 1 horse");
      assertThat(fixture.cli.run("report", "--out", "-").out())
          .contains("14 horses had no valid response", "The database rejected the rows of 1 horse");
    }
  }
}
