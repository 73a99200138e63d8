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
import studbook.quality.Criterion;
import studbook.quality.Result;
import studbook.quality.Sample;
import studbook.quality.Score;
import studbook.quality.Validation;
import studbook.ratelimit.LoweredLimit;
import studbook.store.run.ProcessIdentity;
import studbook.store.run.RunTimeline;
import studbook.store.run.Runs;
import studbook.store.run.Tally;
import studbook.store.run.Workers;
import studbook.store.statistics.AnswerTimes;
import studbook.store.statistics.ErrorGroups;
import studbook.store.statistics.Fields;
import studbook.store.statistics.Samples;
import studbook.store.table.Census;
import studbook.store.work.RunEvents;
import studbook.time.Rate;

/** A report in the making: a run of 1,000 horses in 1,000 seconds that went well, unless told. */
public final class Draft {

  public static final Instant START = Instant.parse("2026-03-03T14:00:00Z");
  public static final Clock CLOCK =
      Clock.fixed(START.plusSeconds(5_000), ZoneId.of("America/Los_Angeles"));

  public RunState state = RunState.FINISHED;
  public @Nullable String reason;
  public Tally tally = new Tally(1_000, 980, 5, 5, 10, 0, 0, 0, 970, 1_020);
  Runs.Expectation expectation =
      new Runs.Expectation(Optional.of(1_020L), Optional.of(Duration.ofSeconds(1_000)));
  public Duration whole = Duration.ofSeconds(1_000);
  public List<String> settings = List.of("RACING_API_RATE=2");
  public String bound = "the API";
  public Result result = Result.FAIL;
  public List<String> notes = List.of();
  public final List<RunEvents.Event> events = new ArrayList<>();
  public final List<ErrorGroups.Group> errors = new ArrayList<>();
  final List<ErrorGroups.Message> messages = new ArrayList<>();
  public final List<Fields.Count> fields = new ArrayList<>();
  public final List<AnswerTimes.Slow> slowest = new ArrayList<>();
  private @Nullable ExecutionReport retry;

  public static RunEvents.Event event(long second, String event) {
    return new RunEvents.Event(
        START.plusSeconds(second), event, Optional.empty(), Optional.empty());
  }

  static RunEvents.Event paused(long second, PauseCause cause) {
    return new RunEvents.Event(
        START.plusSeconds(second), "paused", Optional.of("why"), Optional.of(cause));
  }

  /** One process, which processes a horse a second. */
  Samples.Sample sample(long second) {
    return new Samples.Sample(
        START.plusSeconds(second),
        new UUID(0, 1),
        Duration.ofSeconds(10),
        second,
        0,
        1,
        Optional.empty(),
        bound,
        10,
        0,
        2);
  }

  public Draft error(ErrorKind kind, long entries, long failed, String example) {
    errors.add(new ErrorGroups.Group(kind, entries, entries, failed, example));
    messages.add(new ErrorGroups.Message(kind, example, entries, entries));
    return this;
  }

  public Draft failed(long horses) {
    tally = new Tally(1_000, 980 - horses, 5, 5, 10, horses, 0, 0, 970, 1_020);
    return error(ErrorKind.TIMEOUT, horses * 3, horses, "no whole answer within 30 s");
  }

  Draft retriedBy(ExecutionReport later) {
    retry = later;
    return this;
  }

  public ExecutionReport report() {
    return report(1);
  }

  ExecutionReport report(long id) {
    boolean ended = state != RunState.RUNNING && state != RunState.PAUSED;
    Runs.Run run =
        new Runs.Run(
            id,
            state,
            reason,
            null,
            new Workers.Worker(
                new UUID(0, 1),
                ProcessIdentity.mine(),
                "1.0",
                new Rate(2),
                Optional.empty(),
                false,
                true),
            tally.total(),
            new Runs.Told("1.0", new Rate(2), settings, Optional.empty()),
            expectation,
            new Census(2_000, 500, 450),
            state == RunState.FINISHED
                ? Optional.of(new Census(2_000, 500 + tally.enriched(), 450 + tally.withPedigree()))
                : Optional.empty(),
            new Runs.Quality(Optional.of(90.0), Optional.of(96.5)),
            START,
            ended ? START.plus(whole) : null);
    List<Samples.Sample> samples = new ArrayList<>();
    for (long second = 10; second <= whole.toSeconds(); second += 10) {
      samples.add(sample(second));
    }
    RunTimeline timeline =
        RunTimeline.of(
            START,
            events,
            new TreeSet<>(samples.stream().map(Samples.Sample::at).toList()),
            START.plus(whole),
            true);
    RateCurve rate = RateCurve.of(START, timeline, samples);
    List<ExecutionReport.Link> chain = new ArrayList<>();
    chain.add(new ExecutionReport.Link(run, tally));
    if (retry != null) {
      chain.add(retry.chain().getFirst());
    }
    return new ExecutionReport(
        CLOCK.instant(),
        run,
        tally,
        new Validation(
            Optional.of(run),
            tally,
            List.of(run),
            List.of(
                new Criterion(
                    "errors",
                    "failed / attempted",
                    "60 / 1,000",
                    Optional.of(new Criterion.Figure(6, "6.00%")),
                    "< 5%",
                    result,
                    notes)),
            0,
            980,
            List.of(),
            Optional.of(new Score(980, 7_500, 0)),
            new Sample(1, List.of())),
        run.after().orElse(new Census(2_000, 700, 600)),
        events,
        chain,
        timeline,
        rate,
        Performance.of(
            run, tally, timeline, rate, samples, errors, LoweredLimit.of(events, Optional.empty())),
        errors,
        messages,
        AnswerSpread.of(
            List.of(
                new AnswerTimes.Count(Duration.ofMillis(80), 900),
                new AnswerTimes.Count(Duration.ofMillis(400), 100))),
        slowest,
        fields);
  }
}
