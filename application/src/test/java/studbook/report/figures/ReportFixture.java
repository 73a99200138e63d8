package studbook.report.figures;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import studbook.model.ErrorKind;
import studbook.model.PauseCause;
import studbook.model.RunState;
import studbook.model.drift.ApiDrift;
import studbook.model.drift.DriftKind;
import studbook.quality.CheckStatus;
import studbook.quality.Criterion;
import studbook.quality.QualityScore;
import studbook.quality.RowSample;
import studbook.quality.Validation;
import studbook.ratelimit.LimitReduction;
import studbook.store.run.ChainRun;
import studbook.store.run.ProcessIdentity;
import studbook.store.run.RunCounts;
import studbook.store.run.RunRepository;
import studbook.store.run.RunTimeline;
import studbook.store.run.WorkerRepository;
import studbook.store.statistics.Bottleneck;
import studbook.store.statistics.DriftStatistics.SeenDrift;
import studbook.store.statistics.ErrorSummaryQueries;
import studbook.store.statistics.FieldStatistics;
import studbook.store.statistics.RateCurve;
import studbook.store.statistics.ResponseTimeQueries;
import studbook.store.statistics.ThroughputHistory;
import studbook.store.statistics.ThroughputSamples;
import studbook.store.table.TableCounts;
import studbook.store.work.RunEventRepository;
import studbook.store.work.RunEventType;
import studbook.time.Rate;

/** Builds a report of a run of 1,000 horses in 1,000 seconds, without problems by default. */
public final class ReportFixture {

  public static final Instant START = Instant.parse("2026-03-03T14:00:00Z");
  public static final Clock CLOCK =
      Clock.fixed(START.plusSeconds(5_000), ZoneId.of("America/Los_Angeles"));

  public RunState state = RunState.FINISHED;
  public @Nullable String reason;
  public RunCounts counts = new RunCounts(1_000, 980, 5, 5, 10, 0, 0, 0, 970, 1_020);
  RunRepository.RunEstimate estimate =
      new RunRepository.RunEstimate(Optional.of(1_020L), Optional.of(Duration.ofSeconds(1_000)));
  public Duration whole = Duration.ofSeconds(1_000);
  public List<String> settings = List.of("RACING_API_RATE=2");
  public Bottleneck bottleneck = Bottleneck.RATE_LIMIT;
  public CheckStatus status = CheckStatus.FAIL;
  public List<String> notes = List.of();
  public final List<RunEventRepository.RunEvent> events = new ArrayList<>();
  public final List<ErrorSummaryQueries.ErrorGroup> errors = new ArrayList<>();
  final List<ErrorSummaryQueries.ErrorMessageCount> messages = new ArrayList<>();
  public final List<FieldStatistics.FieldCount> fields = new ArrayList<>();
  public final List<SeenDrift> drifts = new ArrayList<>();
  public final List<ResponseTimeQueries.SlowResponse> slowest = new ArrayList<>();
  private @Nullable ExecutionReport retry;

  public static RunEventRepository.RunEvent event(long second, String event) {
    return new RunEventRepository.RunEvent(
        START.plusSeconds(second), RunEventType.of(event), Optional.empty(), Optional.empty());
  }

  static RunEventRepository.RunEvent paused(long second, PauseCause cause) {
    return new RunEventRepository.RunEvent(
        START.plusSeconds(second), RunEventType.PAUSED, Optional.of("why"), Optional.of(cause));
  }

  /** One process, which processes a horse a second. */
  ThroughputSamples.ThroughputSample sample(long second) {
    return new ThroughputSamples.ThroughputSample(
        START.plusSeconds(second),
        new UUID(0, 1),
        Duration.ofSeconds(10),
        second,
        0,
        1,
        Optional.empty(),
        bottleneck,
        10,
        0,
        2);
  }

  private static ThroughputHistory.HistoryBucket bucket(ThroughputSamples.ThroughputSample sample) {
    return new ThroughputHistory.HistoryBucket(
        sample.at().minus(sample.span()), sample.at(), 10, sample.sent(), 0, sample.fullest());
  }

  /** An unknown field. */
  public void drift(String path, String example) {
    drifts.add(
        new SeenDrift(
            START, START, new ApiDrift("pro", path, DriftKind.UNKNOWN_FIELD, "", 90, example)));
  }

  public ReportFixture error(ErrorKind kind, long entries, long failed, String example) {
    errors.add(new ErrorSummaryQueries.ErrorGroup(kind, entries, entries, failed, example));
    messages.add(new ErrorSummaryQueries.ErrorMessageCount(kind, example, entries, entries));
    return this;
  }

  public ReportFixture failed(long horses) {
    counts = new RunCounts(1_000, 980 - horses, 5, 5, 10, horses, 0, 0, 970, 1_020);
    return error(ErrorKind.TIMEOUT, horses * 3, horses, "no complete response within 30 s");
  }

  ReportFixture retriedBy(ExecutionReport later) {
    retry = later;
    return this;
  }

  public ExecutionReport report() {
    return report(1);
  }

  ExecutionReport report(long id) {
    boolean ended = state != RunState.RUNNING && state != RunState.PAUSED;
    RunRepository.RunRow run =
        new RunRepository.RunRow(
            id,
            state,
            reason,
            null,
            new WorkerRepository.WorkerRow(
                new UUID(0, 1),
                ProcessIdentity.mine(),
                "1.0",
                new Rate(2),
                Optional.empty(),
                false,
                true),
            counts.total(),
            new RunRepository.RunConfig("1.0", new Rate(2), settings, Optional.empty()),
            estimate,
            new TableCounts(2_000, 500, 450),
            state == RunState.FINISHED
                ? Optional.of(
                    new TableCounts(2_000, 500 + counts.enriched(), 450 + counts.withPedigree()))
                : Optional.empty(),
            new RunRepository.RunQuality(Optional.of(90.0), Optional.of(96.5)),
            START,
            ended ? START.plus(whole) : null);
    List<ThroughputSamples.ThroughputSample> samples = new ArrayList<>();
    for (long second = 10; second <= whole.toSeconds(); second += 10) {
      samples.add(sample(second));
    }
    RunTimeline timeline =
        RunTimeline.of(
            START,
            events,
            new TreeSet<>(samples.stream().map(ThroughputSamples.ThroughputSample::at).toList()),
            START.plus(whole),
            true);
    List<RateCurve.RateStep> rate =
        new RateCurve(samples.stream().map(ReportFixture::bucket).toList(), timeline).steps();
    List<ChainRun> chain = new ArrayList<>();
    chain.add(new ChainRun(run, counts));
    if (retry != null) {
      chain.add(retry.chain().getFirst());
    }
    return new ExecutionReport(
        CLOCK.instant(),
        run,
        counts,
        new Validation(
            Optional.of(run),
            counts,
            chain,
            List.of(
                new Criterion(
                    "errors",
                    "failed / attempted",
                    "60 / 1,000",
                    Optional.of(new Criterion.CriterionFigure(6, "6.00%")),
                    "< 5%",
                    status,
                    notes)),
            0,
            980,
            List.of(),
            Optional.of(new QualityScore(980, 7_500, 0)),
            new RowSample(1, List.of())),
        run.after().orElse(new TableCounts(2_000, 700, 600)),
        events,
        timeline,
        rate,
        RunPerformance.of(
            run,
            counts,
            timeline,
            rate,
            samples,
            errors,
            LimitReduction.of(events, Optional.empty())),
        errors,
        messages,
        ResponseTimeDistribution.of(
            List.of(
                new ResponseTimeQueries.TimeBucket(Duration.ofMillis(80), 900),
                new ResponseTimeQueries.TimeBucket(Duration.ofMillis(400), 100))),
        slowest,
        fields,
        drifts,
        false);
  }
}
