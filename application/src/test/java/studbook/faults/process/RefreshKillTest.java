package studbook.faults.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import studbook.crashtest.CrashPoint;
import studbook.faults.environment.RefreshFixture;

/** kill -9 of a refresh, before and after the commit of a comparison. */
class RefreshKillTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"BEFORE_COMMIT, 1", "BEFORE_COMMIT, 4", "AFTER_COMMIT, 1", "AFTER_COMMIT, 4"})
  void theNextStartRepeatsNoChange(CrashPoint point, int pass) throws Exception {
    try (RefreshFixture fixture = RefreshFixture.open(folder)) {
      int code =
          fixture
              .environment
              .doomed(point, pass, RefreshFixture.refresh("100"))
              .exitCode(Duration.ofSeconds(30));
      assertThat(code).as("died there").isEqualTo(CrashPoint.EXIT_CODE);
      assertThat(fixture.environment.runState()).isEqualTo("running");
      assertThat(pending(fixture)).isPositive();

      fixture.environment.finish();

      assertThat(pending(fixture)).isZero();
      fixture.assertThatEachChangeWasWrittenOnce();
    }
  }

  private static long pending(RefreshFixture fixture) {
    return fixture.environment.count(
        """
        SELECT count(*) FROM studbook.work_item JOIN studbook.run USING (run_id)
        WHERE kind = 'refresh' AND work_item.state = 'pending'
        """);
  }
}
