package studbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import studbook.store.AnswerTimes;

/** A report is for people who do not know what the tables and processes call things. */
class ReportWordingTest {

  private final Draft draft = new Draft();

  private String written() {
    return ReportFormat.MD.write(draft.report(), Draft.CLOCK);
  }

  @Test
  void whatLimitedTheRateIsNamedAsTheMonitorNamesIt() {
    draft.bound = "its latency";
    assertThat(written()).contains("the API's latency").doesNotContain("its latency");
  }

  @Test
  void anOutcomeOfASlowAnswerHasTheNameThatTheResultsGiveIt() {
    draft.slowest.add(
        new AnswerTimes.Slow(
            "hrs_1",
            Optional.of("Flaggan"),
            "no_dob",
            Optional.of("pro"),
            200,
            1,
            Duration.ofMillis(400)));
    assertThat(written()).contains("Without date of birth").doesNotContain("no_dob");
  }
}
