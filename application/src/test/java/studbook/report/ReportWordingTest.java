package studbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import studbook.model.ErrorKind;
import studbook.report.figures.ReportFixture;
import studbook.store.statistics.Bottleneck;
import studbook.store.statistics.ErrorSummaryQueries;
import studbook.store.statistics.FieldStatistics;
import studbook.store.statistics.ResponseTimeQueries;

/** A report is for people who do not know the names of tables and processes. */
class ReportWordingTest {

  private final ReportFixture fixture = new ReportFixture();

  private String written() {
    return ReportFormat.MD.write(fixture.report(), ReportFixture.CLOCK);
  }

  @Test
  void whatLimitedTheRateIsNamedAsTheMonitorNamesIt() {
    fixture.bottleneck = Bottleneck.API_LATENCY;
    assertThat(written()).contains("API latency").doesNotContain("its latency");
  }

  @Test
  void anOutcomeOfASlowAnswerHasTheNameThatTheResultsGiveIt() {
    fixture.slowest.add(
        new ResponseTimeQueries.SlowResponse(
            "hrs_1",
            Optional.of("Flaggan"),
            "no_dob",
            Optional.of("pro"),
            200,
            1,
            Duration.ofMillis(400)));
    assertThat(written()).contains("Without date of birth").doesNotContain("no_dob");
  }

  @Test
  void aPauseWithoutAnEventIsNotReported() {
    fixture.bottleneck = Bottleneck.PAUSED;
    assertThat(written()).contains("a wait after failed requests").doesNotContain("the pause");
  }

  @Test
  void aLimitThatIsTheUsualOneAgainAfterTheEndDidNotHappenInTheRun() {
    fixture.events.add(ReportFixture.event(900, "limit_lowered"));
    fixture.events.add(ReportFixture.event(1_500, "limit_restored"));
    assertThat(written()).contains("limit lowered").doesNotContain("limit restored");
    fixture.whole = Duration.ofSeconds(1_600);
    assertThat(written()).contains("limit restored");
  }

  @Test
  void anErrorOfNoHorseHasNoNumberOfHorses() {
    fixture.errors.add(
        new ErrorSummaryQueries.ErrorGroup(ErrorKind.TIMEOUT, 3, 0, 0, "no complete response"));
    assertThat(written()).containsPattern("No response in time +\\| +3 +\\| +– ");
  }

  @Test
  void fewAnswersDoNotTellThatAFieldIsAlwaysEmpty() {
    fixture.fields.add(new FieldStatistics.FieldCount("standard", "damsire", 19, 0));
    assertThat(fixture.report().emptyFields()).isEmpty();
    fixture.fields.add(new FieldStatistics.FieldCount("pro", "damsire", 20, 0));
    assertThat(fixture.report().emptyFields()).hasSize(1);
  }
}
