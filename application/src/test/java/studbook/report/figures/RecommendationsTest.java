package studbook.report.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static studbook.report.figures.ReportFixture.event;
import static studbook.report.figures.ReportFixture.paused;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import studbook.model.ErrorKind;
import studbook.model.PauseCause;
import studbook.model.RunState;
import studbook.store.run.RunCounts;
import studbook.store.statistics.Bottleneck;
import studbook.store.statistics.FieldStatistics;

class RecommendationsTest {

  private final ReportFixture fixture = new ReportFixture();

  private List<String> rules() {
    return Recommendations.of(fixture.report()).stream().map(Recommendation::rule).toList();
  }

  @Test
  void nothingIsRecommendedAfterSuccess() {
    assertThat(rules()).isEmpty();
  }

  @Test
  void failedHorsesAreToBeRetriedUnlessTheyWere() {
    fixture.failed(20);
    assertThat(Recommendations.failed(fixture.report()))
        .singleElement()
        .satisfies(recommendation -> {
          assertThat(recommendation.finding())
              .isEqualTo("20 horses had no valid response after three attempts.");
          assertThat(recommendation.command()).contains("studbook retry");
        });
    assertThat(rules()).containsExactly("failed");
    fixture.retriedBy(new ReportFixture().report(2));
    assertThat(rules()).isEmpty();
  }

  @Test
  void fivePercentOfErrorsAreTooMany() {
    fixture.failed(49);
    assertThat(Recommendations.errorRate(fixture.report())).isEmpty();
    fixture.failed(50);
    assertThat(Recommendations.errorRate(fixture.report()))
        .get()
        .extracting(Recommendation::finding)
        .isEqualTo("5.0% of the completed horses failed, which is 5% or more.");
  }

  @Test
  void aFew429AreACoincidence() {
    fixture.error(ErrorKind.THROTTLED, 2, 0, "answered 429");
    assertThat(rules()).isEmpty();
    fixture.errors.clear();
    fixture.error(ErrorKind.THROTTLED, 15, 0, "answered 429");
    assertThat(Recommendations.throttled(fixture.report()))
        .get()
        .satisfies(recommendation ->
            assertThat(recommendation.advice()).contains("Lower RACING_API_RATE"));
  }

  @Test
  void longPausesAreReportedByCause() {
    fixture.events.add(paused(100, PauseCause.CREDENTIALS));
    fixture.events.add(event(699, "resumed"));
    assertThat(rules()).isEmpty();
    fixture.events.set(1, event(700, "resumed"));
    assertThat(rules()).containsExactly("credentials");
    fixture.events.set(0, paused(100, PauseCause.API));
    assertThat(rules()).containsExactly("api");
    fixture.events.set(0, paused(100, PauseCause.DATABASE));
    assertThat(rules()).containsExactly("database");
  }

  @Test
  void latencyIsNamedOnlyIfTheProcessReportsIt() {
    assertThat(fixture.report().performance().budgetUsed()).get().isEqualTo(0.51);
    assertThat(rules()).isEmpty();
    fixture.bottleneck = Bottleneck.API_LATENCY;
    assertThat(rules()).containsExactly("latency");
  }

  @Test
  void anUnfinishedRunIsToBeResumed() {
    fixture.counts = new RunCounts(1_000, 400, 0, 0, 0, 0, 0, 0, 400, 400);
    fixture.state = RunState.STOPPED;
    assertThat(Recommendations.unfinished(fixture.report()))
        .get()
        .satisfies(recommendation -> {
          assertThat(recommendation.finding())
              .isEqualTo("The run is stopped; 600 horses are pending.");
          assertThat(recommendation.command()).contains("studbook backfill --resume");
        });
    fixture.state = RunState.RUNNING;
    assertThat(rules()).isEmpty();
    fixture.state = RunState.SUPERSEDED;
    assertThat(Recommendations.unfinished(fixture.report()))
        .get()
        .extracting(Recommendation::command)
        .isEqualTo(Optional.of("studbook status"));
  }

  @Test
  void manyUnknownHorsesAreNamed() {
    fixture.counts = new RunCounts(1_000, 800, 0, 0, 200, 0, 0, 0, 800, 1_200);
    assertThat(rules()).containsExactly("not_found");
  }

  @Test
  void rejectedRowsAndSkippedValuesAreNamed() {
    fixture.error(ErrorKind.DATABASE_REJECTED, 3, 3, "check ra_horses_sex");
    fixture.error(ErrorKind.REJECTED_VALUE, 1, 0, "dob left out");
    assertThat(rules()).containsExactly("database_rejected", "rejected_values");
    assertThat(Recommendations.rejectedValues(fixture.report()))
        .get()
        .extracting(Recommendation::finding)
        .isEqualTo("1 invalid value of the API was skipped.");
  }

  @Test
  void fieldsThatAreNewOrEmptyAreNamed() {
    fixture.drift("trainer", "");
    fixture.fields.add(new FieldStatistics.FieldCount("pro", "breeder", 100, 0));
    fixture.fields.add(new FieldStatistics.FieldCount("pro", "dob", 100, 1));
    assertThat(Recommendations.of(fixture.report()))
        .extracting(Recommendation::finding)
        .containsExactly(
            "The API sends 1 field that Studbook does not know: trainer.",
            "No response filled breeder.");
  }
}
