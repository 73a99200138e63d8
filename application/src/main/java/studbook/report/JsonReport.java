package studbook.report;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import studbook.quality.Criterion;
import studbook.report.figures.DelayExplanation;
import studbook.report.figures.ExecutionReport;
import studbook.report.figures.Recommendations;
import studbook.report.figures.ResponseTimeDistribution;
import studbook.report.figures.RunPerformance;
import studbook.report.figures.TimeFormat;
import studbook.report.section.ReportSummary;
import studbook.report.section.ReportVerdict;
import studbook.store.run.RunCounts;
import studbook.store.run.RunRepository;
import studbook.store.run.RunTimeline;
import studbook.store.table.TableCounts;
import studbook.text.JsonFormat;

/**
 * A report as JSON. The components of these records are its stable keys, in snake_case; times are
 * ISO-8601 with offset, durations seconds; what is not known is null. Pure.
 */
record JsonReport(ExecutionReport report, TimeFormat moments) {

  private record ReportJson(
      String document,
      String takenAt,
      RunPart run,
      List<SettingJson> settings,
      TablesPart before,
      TablesPart after,
      boolean afterIsFinal,
      EstimateJson estimate,
      List<String> explanation,
      List<EventJson> log,
      List<PeriodJson> periods,
      PerformancePart performance,
      List<RateJson> rate,
      ResultsJson results,
      GrowthJson growth,
      List<CriterionPart> criteria,
      boolean passes,
      String verdict,
      List<ErrorGroupJson> errors,
      List<ErrorMessage> errorMessages,
      AnswerTimesPart answerTimes,
      List<SlowAnswer> slowestAnswers,
      FieldsPart fields,
      List<ChainLink> chain,
      List<AdviceJson> recommendations) {}

  private record RunPart(
      long run,
      String state,
      @Nullable String reason,
      boolean underWay,
      @Nullable Long retryOf,
      String version,
      @Nullable Double requestsPerSecond,
      String startedAt,
      @Nullable String endedAt) {}

  private record SettingJson(String name, String value) {}

  private record TablesPart(
      long horses,
      long enriched,
      long needEnrichment,
      long pedigreeRecords,
      @Nullable Double qualityScore) {}

  private record EstimateJson(
      @Nullable Long expectedRequests,
      long requests,
      @Nullable Double expectedSeconds,
      double seconds,
      double workingSeconds) {}

  private record EventJson(
      String at, String event, @Nullable String cause, @Nullable String detail) {}

  private record PeriodJson(
      String doing, @Nullable String cause, String from, String to, double seconds) {}

  private record PerformancePart(
      String start,
      @Nullable String end,
      double seconds,
      double workingSeconds,
      double pausedSeconds,
      double stoppedSeconds,
      double withoutProcessSeconds,
      double horsesPerSecond,
      double peakHorsesPerSecond,
      long requests,
      double requestsPerHorse,
      long throttled,
      long retries,
      @Nullable Double budgetUsed,
      int fullestSecond,
      List<LimitLowered> limitLowered) {}

  private record LimitLowered(String to, String from, String until) {}

  private record RateJson(String from, String to, double horsesPerSecond) {}

  private record ResultsJson(
      long total,
      long processed,
      long enriched,
      long noDob,
      long basic,
      long notFound,
      long failed,
      long alreadyFilled,
      long gone,
      long pending,
      long withPedigree,
      long withoutPedigree,
      double errorRate) {}

  private record GrowthJson(long horsesEnriched, long pedigreeRecordsAdded) {}

  private record CriterionPart(
      String key,
      String formula,
      String counts,
      @Nullable Double figure,
      String threshold,
      String result,
      List<String> notes) {}

  private record ErrorGroupJson(
      String kind, long times, long horses, long failedForGood, String example) {}

  private record ErrorMessage(String kind, String message, long times, long horses) {}

  private record AnswerTimesPart(
      long answers,
      double medianSeconds,
      double within90PercentSeconds,
      double within99PercentSeconds,
      double longestSeconds) {}

  private record SlowAnswer(
      String horseId,
      @Nullable String name,
      String outcome,
      @Nullable String endpoint,
      int status,
      int requests,
      double seconds) {}

  private record FieldsPart(List<FieldPart> unknown, List<FieldPart> alwaysEmpty) {}

  private record FieldPart(String field, String endpoint, long answers, long filled) {}

  private record ChainLink(
      long run, String state, @Nullable Long retryOf, long total, long enriched, long failed) {}

  private record AdviceJson(String rule, String finding, String advice, @Nullable String command) {}

  static String of(ExecutionReport report, TimeFormat moments) {
    return JsonFormat.pretty(new JsonReport(report, moments).document()) + "\n";
  }

  private ReportJson document() {
    RunRepository.RunRow run = report.run();
    return new ReportJson(
        ReportSummary.DOCUMENT,
        time(report.takenAt()),
        run(run),
        run.told().settings().stream().map(JsonReport::setting).toList(),
        tables(run.before(), run.quality().before()),
        tables(report.now(), report.qualityNow()),
        run.after().isPresent(),
        estimate(),
        DelayExplanation.of(report),
        report.happened().stream()
            .map(event ->
                new EventJson(
                    time(event.at()),
                    event.event(),
                    event.cause().map(cause -> cause.text()).orElse(null),
                    event.detail().orElse(null)))
            .toList(),
        report.timeline().spans().stream().map(this::period).toList(),
        performance(),
        report.rate().steps().stream()
            .map(
                step -> new RateJson(time(step.from()), time(step.to()), rounded(step.perSecond())))
            .toList(),
        results(report.tally()),
        new GrowthJson(
            report.now().enriched() - run.before().enriched(),
            report.now().pedigrees() - run.before().pedigrees()),
        report.validation().criteria().stream().map(JsonReport::criterion).toList(),
        report.validation().passes(),
        ReportVerdict.of(report.validation()).reason(),
        report.errors().stream()
            .map(group ->
                new ErrorGroupJson(
                    group.kind().text(),
                    group.entries(),
                    group.horses(),
                    group.failed(),
                    group.example()))
            .toList(),
        report.messages().stream()
            .map(message ->
                new ErrorMessage(
                    message.kind().text(), message.message(), message.entries(), message.horses()))
            .toList(),
        answerTimes(),
        slowest(),
        new FieldsPart(fields(report.unknownFields()), fields(report.emptyFields())),
        report.chain().stream().map(JsonReport::link).toList(),
        Recommendations.of(report).stream()
            .map(one ->
                new AdviceJson(one.rule(), one.finding(), one.advice(), one.command().orElse(null)))
            .toList());
  }

  private RunPart run(RunRepository.RunRow run) {
    return new RunPart(
        run.id(),
        run.state().text(),
        run.reason(),
        run.isUnderWay(),
        run.told().retryOf().orElse(null),
        run.told().version(),
        run.told().rate().isUnlimited() ? null : run.told().rate().perSecond(),
        time(run.startedAt()),
        run.endedAt() == null ? null : time(run.endedAt()));
  }

  private static SettingJson setting(String told) {
    String[] parts = told.split("=", 2);
    return new SettingJson(parts[0], parts.length > 1 ? parts[1] : "");
  }

  private static TablesPart tables(TableCounts census, Optional<Double> quality) {
    return new TablesPart(
        census.horses(),
        census.enriched(),
        census.unenriched(),
        census.pedigrees(),
        quality.map(JsonReport::rounded).orElse(null));
  }

  private static CriterionPart criterion(Criterion criterion) {
    return new CriterionPart(
        criterion.key(),
        criterion.formula(),
        criterion.counted(),
        criterion.figure().map(Criterion.CriterionFigure::value).orElse(null),
        criterion.limit(),
        criterion.result().text(),
        criterion.notes());
  }

  private EstimateJson estimate() {
    RunRepository.RunEstimate expected = report.run().expectation();
    return new EstimateJson(
        expected.requests().orElse(null),
        report.performance().requests(),
        expected.duration().map(JsonReport::seconds).orElse(null),
        seconds(report.performance().whole()),
        seconds(report.performance().working()));
  }

  private PeriodJson period(RunTimeline.TimelineSpan span) {
    return new PeriodJson(
        span.activity().text(),
        span.cause().map(cause -> cause.text()).orElse(null),
        time(span.from()),
        time(span.to()),
        seconds(span.duration()));
  }

  private PerformancePart performance() {
    RunPerformance performance = report.performance();
    RunTimeline timeline = report.timeline();
    return new PerformancePart(
        time(performance.started()),
        performance.ended().map(this::time).orElse(null),
        seconds(performance.whole()),
        seconds(performance.working()),
        seconds(timeline.in(RunTimeline.RunActivity.PAUSED)),
        seconds(timeline.in(RunTimeline.RunActivity.STOPPED)),
        seconds(timeline.in(RunTimeline.RunActivity.DEAD)),
        rounded(performance.perSecond()),
        rounded(performance.peak()),
        performance.requests(),
        rounded(performance.requestsPerHorse()),
        performance.throttled(),
        performance.retries(),
        performance.budgetUsed().map(JsonReport::rounded).orElse(null),
        performance.fullestSecond(),
        report.lowered().stream()
            .map(one -> new LimitLowered(one.rate(), time(one.from()), time(one.to())))
            .toList());
  }

  private ResultsJson results(RunCounts t) {
    return new ResultsJson(
        t.total(),
        t.processed(),
        t.enriched(),
        t.noDob(),
        t.basic(),
        t.notFound(),
        t.failed(),
        t.alreadyFilled(),
        t.gone(),
        t.pending(),
        t.withPedigree(),
        t.withoutPedigree(),
        report.errorRate());
  }

  private AnswerTimesPart answerTimes() {
    ResponseTimeDistribution spread = report.answers();
    return new AnswerTimesPart(
        spread.answers(),
        seconds(spread.median()),
        seconds(spread.ninetieth()),
        seconds(spread.ninetyNinth()),
        seconds(spread.longest()));
  }

  private List<SlowAnswer> slowest() {
    return report.slowest().stream()
        .map(slow ->
            new SlowAnswer(
                slow.horse(),
                slow.name().orElse(null),
                slow.state(),
                slow.source().orElse(null),
                slow.status(),
                slow.requests(),
                seconds(slow.took())))
        .toList();
  }

  private static List<FieldPart> fields(
      List<studbook.store.statistics.FieldStatistics.FieldCount> counts) {
    return counts.stream()
        .map(count ->
            new FieldPart(count.field(), count.endpoint(), count.answers(), count.filled()))
        .toList();
  }

  private static ChainLink link(ExecutionReport.ChainRun link) {
    return new ChainLink(
        link.run().id(),
        link.run().state().text(),
        link.run().told().retryOf().orElse(null),
        link.tally().total(),
        link.tally().enriched(),
        link.tally().failed());
  }

  private String time(Instant instant) {
    return JsonFormat.time(OffsetDateTime.ofInstant(instant, moments.clock().getZone()));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }

  private static double rounded(double value) {
    return Math.round(value * 1e4) / 1e4;
  }
}
