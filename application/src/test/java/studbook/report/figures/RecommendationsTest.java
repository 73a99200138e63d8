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

  private final ReportFixture draft = new ReportFixture();

  private List<String> rules() {
    return Recommendations.of(draft.report()).stream().map(Recommendation::rule).toList();
  }

  @Test
  void nothingIsRecommendedAfterSuccess() {
    assertThat(rules()).isEmpty();
  }

  @Test
  void failedHorsesAreToBeRetriedUnlessTheyWere() {
    draft.failed(20);
    assertThat(Recommendations.failed(draft.report()))
        .singleElement()
        .satisfies(one -> {
          assertThat(one.finding())
              .isEqualTo("20 horses had no valid response after three attempts.");
          assertThat(one.command()).contains("studbook retry");
        });
    assertThat(rules()).containsExactly("failed");
    draft.retriedBy(new ReportFixture().report(2));
    assertThat(rules()).isEmpty();
  }

  @Test
  void fivePercentOfErrorsAreTooMany() {
    draft.failed(49);
    assertThat(Recommendations.errorRate(draft.report())).isEmpty();
    draft.failed(50);
    assertThat(Recommendations.errorRate(draft.report()))
        .get()
        .extracting(Recommendation::finding)
        .isEqualTo("5.0% of the completed horses failed, which is 5% or more.");
  }

  @Test
  void aFew429AreACoincidence() {
    draft.error(ErrorKind.THROTTLED, 2, 0, "answered 429");
    assertThat(rules()).isEmpty();
    draft.errors.clear();
    draft.error(ErrorKind.THROTTLED, 15, 0, "answered 429");
    assertThat(Recommendations.throttled(draft.report()))
        .get()
        .satisfies(one -> assertThat(one.advice()).contains("Lower RACING_API_RATE"));
  }

  @Test
  void longPausesAreReportedByCause() {
    draft.events.add(paused(100, PauseCause.CREDENTIALS));
    draft.events.add(event(699, "resumed"));
    assertThat(rules()).isEmpty();
    draft.events.set(1, event(700, "resumed"));
    assertThat(rules()).containsExactly("credentials");
    draft.events.set(0, paused(100, PauseCause.API));
    assertThat(rules()).containsExactly("api");
    draft.events.set(0, paused(100, PauseCause.DATABASE));
    assertThat(rules()).containsExactly("database");
  }

  @Test
  void latencyIsNamedOnlyIfTheProcessReportsIt() {
    assertThat(draft.report().performance().budgetUsed()).get().isEqualTo(0.51);
    assertThat(rules()).isEmpty();
    draft.bound = Bottleneck.API_LATENCY;
    assertThat(rules()).containsExactly("latency");
  }

  @Test
  void anUnfinishedRunIsToBeResumed() {
    draft.tally = new RunCounts(1_000, 400, 0, 0, 0, 0, 0, 0, 400, 400);
    draft.state = RunState.STOPPED;
    assertThat(Recommendations.unfinished(draft.report()))
        .get()
        .satisfies(one -> {
          assertThat(one.finding()).isEqualTo("The run is stopped; 600 horses are pending.");
          assertThat(one.command()).contains("studbook backfill --resume");
        });
    draft.state = RunState.RUNNING;
    assertThat(rules()).isEmpty();
    draft.state = RunState.SUPERSEDED;
    assertThat(Recommendations.unfinished(draft.report()))
        .get()
        .extracting(Recommendation::command)
        .isEqualTo(Optional.of("studbook status"));
  }

  @Test
  void manyUnknownHorsesAreNamed() {
    draft.tally = new RunCounts(1_000, 800, 0, 0, 200, 0, 0, 0, 800, 1_200);
    assertThat(rules()).containsExactly("not_found");
  }

  @Test
  void rejectedRowsAndSkippedValuesAreNamed() {
    draft.error(ErrorKind.DATABASE_REJECTED, 3, 3, "check ra_horses_sex");
    draft.error(ErrorKind.REJECTED_VALUE, 1, 0, "dob left out");
    assertThat(rules()).containsExactly("database_rejected", "rejected_values");
    assertThat(Recommendations.rejectedValues(draft.report()))
        .get()
        .extracting(Recommendation::finding)
        .isEqualTo("1 invalid value of the API was skipped.");
  }

  @Test
  void fieldsThatAreNewOrEmptyAreNamed() {
    draft.fields.add(new FieldStatistics.FieldCount("pro", "trainer", false, 100, 90));
    draft.fields.add(new FieldStatistics.FieldCount("pro", "breeder", true, 100, 0));
    draft.fields.add(new FieldStatistics.FieldCount("pro", "dob", true, 100, 1));
    assertThat(Recommendations.of(draft.report()))
        .extracting(Recommendation::finding)
        .containsExactly(
            "The API sends 1 field that Studbook does not read: trainer.",
            "No response filled breeder.");
  }
}
