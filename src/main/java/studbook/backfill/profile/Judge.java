package studbook.backfill.profile;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import studbook.model.ErrorKind;
import studbook.model.HorseId;
import studbook.model.Inspection;
import studbook.model.LedgerState;
import studbook.model.Printable;
import studbook.model.RawProfile;
import studbook.model.Rejection;
import studbook.racingapi.Answer;
import studbook.racingapi.Attempt;
import studbook.racingapi.BackOff;
import studbook.racingapi.Endpoint;
import studbook.store.outcome.ErrorEntry;
import studbook.store.outcome.Outcome;

/**
 * Decides what follows from an attempt; does nothing itself. A horse has three attempts; what is
 * not its own fault uses none up. Safe for many threads.
 */
public final class Judge {

  static final int ATTEMPTS = 3;

  /** Of a rejected value, in the error log. */
  private static final int SHOWN = 60;

  private final Inspection inspection;
  private final BackOff backOff;
  private final RandomGenerator random;

  public Judge(Inspection inspection, BackOff backOff, RandomGenerator random) {
    this.inspection = inspection;
    this.backOff = backOff;
    this.random = random;
  }

  /**
   * What follows.
   *
   * @param before the task as it was sent
   */
  Step judge(Task before, Attempt attempt) {
    Task task = before.asked();
    return switch (attempt.answer()) {
      case Answer.Found(RawProfile raw) -> found(task, attempt, raw);
      case Answer.Basic(RawProfile raw) -> basic(task, attempt, raw);
      case Answer.NotFound() ->
          switch (attempt.endpoint()) {
            case PRO -> new Step.Again(task.atStandard(), Duration.ZERO, List.of());
            case STANDARD ->
                new Step.Settle(
                    new Outcome(
                        task.lease(),
                        task.horse(),
                        LedgerState.NOT_FOUND,
                        Optional.empty(),
                        Optional.empty(),
                        trace(task, attempt)),
                    List.of());
          };
      case Answer.Throttled(Optional<Duration> after) -> {
        String asked =
            after.map(wait -> ", to be retried after " + wait.toSeconds() + " s").orElse("");
        yield failed(task.refused(), attempt, ErrorKind.THROTTLED, "answered 429" + asked);
      }
      case Answer.Unauthorised(int status) ->
          failed(task.refused(), attempt, ErrorKind.UNAUTHORISED, "answered " + status);
      case Answer.Unavailable(ErrorKind kind, String message, boolean stale, var _)
          when stale && !task.staleConnection() ->
          new Step.Again(
              task.forgiven(), Duration.ZERO, List.of(entry(task, attempt, kind, message)));
      case Answer.Unavailable(ErrorKind kind, String message, boolean _, var _) ->
          failed(task, attempt, kind, message);
      case Answer.Malformed(ErrorKind kind, String message) -> failed(task, attempt, kind, message);
    };
  }

  private Step found(Task task, Attempt attempt, RawProfile raw) {
    Inspection.Result result = inspection.inspect(task.horse(), raw);
    LedgerState state = result.profile().dob() == null ? LedgerState.NO_DOB : LedgerState.ENRICHED;
    return answered(task, attempt, state, result);
  }

  private Step basic(Task task, Attempt attempt, RawProfile raw) {
    return answered(task, attempt, LedgerState.BASIC, inspection.inspect(task.horse(), raw));
  }

  /** What was rejected is noted with the outcome: it is not the last word on such a horse. */
  private static Step answered(
      Task task, Attempt attempt, LedgerState state, Inspection.Result result) {
    return new Step.Settle(
        new Outcome(
            task.lease(),
            task.horse(),
            state,
            Optional.of(result.profile()),
            result.rejections().stream()
                .findFirst()
                .map(first -> new Outcome.Failure(ErrorKind.REJECTED_VALUE, describe(first))),
            trace(task, attempt)),
        rejected(task, attempt, result));
  }

  private static List<ErrorEntry> rejected(Task task, Attempt attempt, Inspection.Result result) {
    if (result.rejections().isEmpty()) {
      return List.of(); // nearly always
    }
    return result.rejections().stream()
        .map(rejection -> entry(task, attempt, ErrorKind.REJECTED_VALUE, describe(rejection)))
        .toList();
  }

  /** The same for a record that came without a request for its horse. */
  public static ErrorEntry rejected(long run, HorseId horse, String source, Rejection rejection) {
    return new ErrorEntry(
        run,
        Optional.of(horse),
        ErrorKind.REJECTED_VALUE,
        Optional.of(source),
        200,
        0,
        Duration.ZERO,
        describe(rejection));
  }

  private static String describe(Rejection rejection) {
    return "%s left out: %s (%s)"
        .formatted(
            rejection.field().column(),
            rejection.reason(),
            Printable.excerpt(rejection.value(), SHOWN));
  }

  private Step failed(Task task, Attempt attempt, ErrorKind kind, String message) {
    return new Step.Failed(
        new Step.Again(
            task, backOff.after(1, random), List.of(entry(task, attempt, kind, message))),
        charged(task.failedOnce(), attempt, new Outcome.Failure(kind, message)),
        kind == ErrorKind.THROTTLED || kind == ErrorKind.UNAUTHORISED);
  }

  private Step.Certain charged(Task task, Attempt attempt, Outcome.Failure failure) {
    return task.failures() < ATTEMPTS
        ? new Step.Again(task, backOff.after(task.failures(), random), List.of())
        : new Step.Settle(
            new Outcome(
                task.lease(),
                task.horse(),
                LedgerState.FAILED,
                Optional.empty(),
                Optional.of(failure),
                trace(task, attempt)),
            List.of());
  }

  private static Outcome.Trace trace(Task task, Attempt attempt) {
    Endpoint endpoint = attempt.endpoint();
    return new Outcome.Trace(endpoint.text(), attempt.status(), task.requests(), attempt.took());
  }

  private static ErrorEntry entry(Task task, Attempt attempt, ErrorKind kind, String message) {
    return new ErrorEntry(
        task.lease().run(),
        Optional.of(task.horse()),
        kind,
        Optional.of(attempt.endpoint().text()),
        attempt.status(),
        task.requests(),
        attempt.took(),
        message);
  }
}
