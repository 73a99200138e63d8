package studbook.report.figures;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import studbook.quality.Score;
import studbook.quality.Thresholds;
import studbook.quality.Validation;
import studbook.ratelimit.LoweredLimit;
import studbook.store.run.RunTimeline;
import studbook.store.run.RunTimelines;
import studbook.store.run.Runs;
import studbook.store.run.Tally;
import studbook.store.statistics.AnswerTimes;
import studbook.store.statistics.ErrorGroups;
import studbook.store.statistics.Fields;
import studbook.store.statistics.Samples;
import studbook.store.table.Census;
import studbook.store.work.RunEvents;

/**
 * Everything a report says of a run, gathered from the ledger at one moment. Immutable; the
 * renderings compute nothing that another one would have to compute again.
 *
 * @param takenAt when it was gathered
 * @param validation of the run and of the rows as they stand
 * @param now the user's tables: as the run left them where it is finished, else as they stand
 * @param log what happened to the run, the oldest first
 * @param chain the runs that this one retries and that retry it, itself among them
 * @param errors of the error log by kind
 * @param messages of the error log, the most frequent first
 * @param slowest answers, the slowest first
 * @param fields that the answers held or might have held
 */
public record ExecutionReport(
    Instant takenAt,
    Runs.Run run,
    Tally tally,
    Validation validation,
    Census now,
    List<RunEvents.Event> log,
    List<Link> chain,
    RunTimeline timeline,
    RateCurve rate,
    Performance performance,
    List<ErrorGroups.Group> errors,
    List<ErrorGroups.Message> messages,
    AnswerSpread answers,
    List<AnswerTimes.Slow> slowest,
    List<Fields.Count> fields) {

  /** Fewer answers of an endpoint do not tell that a field is always empty. */
  public static final long FEWEST_ANSWERS = 20;

  private static final int SLOWEST = 10;
  private static final int MOST_MESSAGES = 20;

  /** A run of a chain of retries. */
  public record Link(Runs.Run run, Tally tally) {}

  /** Gathers it. 111,430 horses take about half a second. */
  public static ExecutionReport take(Jdbi jdbi, Runs.Run run, Thresholds thresholds, Clock clock) {
    Runs runs = new Runs(jdbi);
    long id = run.id();
    Tally tally = runs.tally(id);
    List<RunEvents.Event> log = new RunEvents(jdbi).of(id);
    List<Samples.Sample> samples = new Samples(jdbi).of(id);
    List<ErrorGroups.Group> errors = new ErrorGroups(jdbi).of(id);
    AnswerTimes times = new AnswerTimes(jdbi);
    Instant now = clock.instant();
    Validation validation =
        Validation.take(jdbi, new Validation.Request(Optional.of(id), thresholds, id), clock)
            .orElseThrow();
    RunTimeline timeline = new RunTimelines(jdbi).of(run);
    RateCurve rate = RateCurve.of(run.startedAt(), timeline, samples);
    return new ExecutionReport(
        now,
        run,
        tally,
        validation,
        run.after().orElseGet(() -> Census.take(jdbi)),
        log,
        validation.chain().stream().map(one -> new Link(one, runs.tally(one.id()))).toList(),
        timeline,
        rate,
        Performance.of(run, tally, timeline, rate, samples, errors, lowered(run, log)),
        errors,
        new ErrorGroups(jdbi).messages(id, MOST_MESSAGES),
        AnswerSpread.of(times.spread(id)),
        times.slowest(id, SLOWEST),
        new Fields(jdbi).of(id));
  }

  /** Times in which less was sent than the limit allows. */
  public List<LoweredLimit> lowered() {
    return lowered(run, log);
  }

  private static List<LoweredLimit> lowered(Runs.Run run, List<RunEvents.Event> log) {
    return LoweredLimit.of(log, Optional.ofNullable(run.endedAt()));
  }

  /** Fields that the API sent and Studbook does not read. */
  public List<Fields.Count> unknownFields() {
    return fields.stream().filter(field -> !field.known()).toList();
  }

  /** Fields that Studbook reads and no answer ever filled. */
  public List<Fields.Count> emptyFields() {
    return fields.stream()
        .filter(field -> field.known() && field.answers() >= FEWEST_ANSWERS && field.filled() == 0)
        .toList();
  }

  /** The log without what lies in the future or came of itself after the run's end. */
  public List<RunEvents.Event> happened() {
    Instant end = run.endedAt() == null ? takenAt : run.endedAt();
    return log.stream()
        .filter(event -> !LoweredLimit.isRestored(event) || event.at().isBefore(end))
        .toList();
  }

  /** Part of the processed horses that failed, 0 to 1. */
  public double errorRate() {
    return tally.processed() == 0 ? 0 : (double) tally.failed() / tally.processed();
  }

  /** The score of the rows: as the run left them where it is finished, else as they stand. */
  public Optional<Double> qualityNow() {
    return run.quality().after().or(() -> validation.score().map(Score::value));
  }

  /** Whether it was begun and its process is gone without having said so. */
  public boolean isAbandoned() {
    return switch (run.state()) {
      case RUNNING, PAUSED -> !run.isUnderWay();
      case STOPPED, FINISHED, CANCELLED, SUPERSEDED -> false;
    };
  }
}
