package studbook.report;

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
import studbook.quality.Criterion;
import studbook.quality.Result;
import studbook.quality.Sample;
import studbook.quality.Score;
import studbook.quality.Validation;
import studbook.store.AnswerTimes;
import studbook.store.Census;
import studbook.store.ErrorGroups;
import studbook.store.ErrorKind;
import studbook.store.Fields;
import studbook.store.LoweredLimit;
import studbook.store.PauseCause;
import studbook.store.ProcessIdentity;
import studbook.store.RunEvents;
import studbook.store.RunState;
import studbook.store.RunTimeline;
import studbook.store.Runs;
import studbook.store.Samples;
import studbook.store.Tally;
import studbook.store.Workers;
import studbook.time.Rate;

/** A report in the making: a run of 1,000 horses in 1,000 seconds that went well, unless told. */
final class Draft {

  static final Instant START = Instant.parse("2026-03-03T14:00:00Z");
  static final Clock CLOCK =
      Clock.fixed(START.plusSeconds(5_000), ZoneId.of("America/Los_Angeles"));

  RunState state = RunState.FINISHED;
  @Nullable String reason;
  Tally tally = new Tally(1_000, 980, 5, 5, 10, 0, 0, 0, 970, 1_020);
  Runs.Expectation expectation =
      new Runs.Expectation(Optional.of(1_020L), Optional.of(Duration.ofSeconds(1_000)));
  Duration whole = Duration.ofSeconds(1_000);
  List<String> settings = List.of("RACING_API_RATE=2");
  String bound = "the API";
  Result result = Result.FAIL;
  List<String> notes = List.of();
  final List<RunEvents.Event> events = new ArrayList<>();
  final List<ErrorGroups.Group> errors = new ArrayList<>();
  final List<ErrorGroups.Message> messages = new ArrayList<>();
  final List<Fields.Count> fields = new ArrayList<>();
  final List<AnswerTimes.Slow> slowest = new ArrayList<>();
  private @Nullable ExecutionReport retry;

  static RunEvents.Event event(long second, String event) {
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

  Draft error(ErrorKind kind, long entries, long failed, String example) {
    errors.add(new ErrorGroups.Group(kind, entries, entries, failed, example));
    messages.add(new ErrorGroups.Message(kind, example, entries, entries));
    return this;
  }

  Draft failed(long horses) {
    tally = new Tally(1_000, 980 - horses, 5, 5, 10, horses, 0, 0, 970, 1_020);
    return error(ErrorKind.TIMEOUT, horses * 3, horses, "no whole answer within 30 s");
  }

  Draft retriedBy(ExecutionReport later) {
    retry = later;
    return this;
  }

  ExecutionReport report() {
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
