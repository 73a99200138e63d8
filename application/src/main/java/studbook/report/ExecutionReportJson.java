package studbook.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import studbook.json.ApiDriftJson;
import studbook.json.ChainRunJson;
import studbook.json.CriterionJson;
import studbook.json.ErrorKindJson;
import studbook.json.LimitReductionJson;
import studbook.json.RunJson;
import studbook.json.TableCountsJson;
import studbook.model.ErrorKind;
import studbook.model.PauseCause;
import studbook.report.figures.ExecutionReport;
import studbook.report.figures.Recommendation;
import studbook.report.figures.Recommendations;
import studbook.report.figures.ResponseTimeDistribution;
import studbook.report.figures.RunPerformance;
import studbook.report.section.ReportSummary;
import studbook.report.section.ReportVerdict;
import studbook.store.run.RunRepository.RunRow;
import studbook.store.run.RunTimeline;
import studbook.store.run.RunTimeline.RunActivity;
import studbook.store.run.RunTimeline.TimelineSpan;
import studbook.store.statistics.ErrorSummaryQueries.ErrorMessageCount;
import studbook.store.statistics.FieldStatistics.FieldCount;
import studbook.store.statistics.RateCurve.RateStep;
import studbook.store.statistics.ResponseTimeQueries.SlowResponse;
import studbook.store.table.TableCounts;
import studbook.store.work.RunEventRepository.RunEvent;

/** A report as JSON. */
record ExecutionReportJson(
    String title,
    Instant generatedAt,
    RunJson run,
    List<String> settings,
    TableStateJson before,
    TableStateJson after,
    boolean afterIsFinal,
    EstimateJson estimate,
    List<EventJson> events,
    List<PeriodJson> periods,
    PerformanceJson performance,
    List<ThroughputJson> throughputHistory,
    GrowthJson growth,
    List<CriterionJson> criteria,
    boolean passes,
    String verdict,
    List<ErrorKindJson> errorKinds,
    List<ErrorMessageJson> errorMessages,
    ResponseTimesJson responseTimes,
    List<SlowResponseJson> slowestResponses,
    FieldsJson fields,
    List<ChainRunJson> retryChain,
    List<Recommendation> recommendations) {

  record TableStateJson(TableCountsJson tables, Optional<Double> qualityScore) {

    static TableStateJson of(TableCounts counts, Optional<Double> quality) {
      return new TableStateJson(TableCountsJson.of(counts), quality);
    }
  }

  record EstimateJson(Optional<Long> estimatedRequests, Optional<Duration> estimatedSeconds) {}

  record EventJson(
      Instant occurredAt, String event, Optional<PauseCause> cause, Optional<String> detail) {

    static EventJson of(RunEvent event) {
      return new EventJson(event.at(), event.type().text(), event.cause(), event.detail());
    }
  }

  record PeriodJson(
      RunActivity activity,
      Optional<PauseCause> cause,
      Instant startedAt,
      Instant endedAt,
      Duration durationSeconds) {

    static PeriodJson of(TimelineSpan span) {
      return new PeriodJson(span.activity(), span.cause(), span.from(), span.to(), span.duration());
    }
  }

  record PerformanceJson(
      Duration pausedSeconds,
      Duration stoppedSeconds,
      Duration deadSeconds,
      double maxHorsesPerSecond,
      long requestsSent,
      double requestsPerHorse,
      long throttled,
      long retries,
      Optional<Double> limitUsedPercent,
      int maxRequestsPerSecond,
      List<LimitReductionJson> limitReductions) {

    static PerformanceJson of(ExecutionReport report) {
      RunPerformance performance = report.performance();
      RunTimeline timeline = report.timeline();
      return new PerformanceJson(
          timeline.in(RunActivity.PAUSED),
          timeline.in(RunActivity.STOPPED),
          timeline.in(RunActivity.DEAD),
          performance.peak(),
          performance.requests(),
          performance.requestsPerHorse(),
          performance.throttled(),
          performance.retries(),
          performance.budgetUsed().map(share -> 100 * share),
          performance.fullestSecond(),
          report.lowered().stream().map(LimitReductionJson::of).toList());
    }
  }

  record ThroughputJson(Instant startedAt, Instant endedAt, double horsesPerSecond) {

    static ThroughputJson of(RateStep step) {
      return new ThroughputJson(step.from(), step.to(), step.perSecond());
    }
  }

  record GrowthJson(long enriched, long pedigrees) {}

  record ErrorMessageJson(ErrorKind errorKind, String message, long logEntries, long horses) {

    static ErrorMessageJson of(ErrorMessageCount count) {
      return new ErrorMessageJson(count.kind(), count.message(), count.entries(), count.horses());
    }
  }

  record ResponseTimesJson(
      long responses,
      Duration medianSeconds,
      Duration p90Seconds,
      Duration p99Seconds,
      Duration maxSeconds) {

    static ResponseTimesJson of(ResponseTimeDistribution times) {
      return new ResponseTimesJson(
          times.answers(), times.median(), times.ninetieth(), times.ninetyNinth(), times.longest());
    }
  }

  record SlowResponseJson(
      String horseId,
      Optional<String> name,
      String outcome,
      Optional<String> endpoint,
      int httpStatus,
      int requests,
      Duration durationSeconds) {

    static SlowResponseJson of(SlowResponse slow) {
      return new SlowResponseJson(
          slow.horse(),
          slow.name(),
          slow.state(),
          slow.source(),
          slow.status(),
          slow.requests(),
          slow.took());
    }
  }

  record FieldsJson(List<ApiDriftJson> drifts, List<FieldJson> neverFilled) {

    static FieldsJson of(ExecutionReport report) {
      return new FieldsJson(
          report.drifts().stream().map(ApiDriftJson::of).toList(),
          report.emptyFields().stream().map(FieldJson::of).toList());
    }
  }

  record FieldJson(String field, String endpoint, long responses, long filledResponses) {

    static FieldJson of(FieldCount count) {
      return new FieldJson(count.field(), count.endpoint(), count.answers(), count.filled());
    }
  }

  static ExecutionReportJson of(ExecutionReport report) {
    RunRow run = report.run();
    return new ExecutionReportJson(
        ReportSummary.DOCUMENT,
        report.takenAt(),
        RunJson.of(run, report.counts(), report.timeline()),
        run.config().settings(),
        TableStateJson.of(run.before(), run.quality().before()),
        TableStateJson.of(report.now(), report.qualityNow()),
        run.after().isPresent(),
        new EstimateJson(run.estimate().requests(), run.estimate().duration()),
        report.happened().stream().map(EventJson::of).toList(),
        report.timeline().spans().stream().map(PeriodJson::of).toList(),
        PerformanceJson.of(report),
        report.rate().stream().map(ThroughputJson::of).toList(),
        new GrowthJson(
            report.now().enriched() - run.before().enriched(),
            report.now().pedigrees() - run.before().pedigrees()),
        report.validation().criteria().stream().map(CriterionJson::of).toList(),
        report.validation().passes(),
        ReportVerdict.of(report.validation()).reason(),
        report.errors().stream().map(ErrorKindJson::of).toList(),
        report.messages().stream().map(ErrorMessageJson::of).toList(),
        ResponseTimesJson.of(report.distribution()),
        report.slowest().stream().map(SlowResponseJson::of).toList(),
        FieldsJson.of(report),
        report.chain().stream().map(ChainRunJson::of).toList(),
        Recommendations.of(report));
  }
}
