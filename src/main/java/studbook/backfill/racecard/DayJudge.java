package studbook.backfill.racecard;

import java.time.Duration;
import java.util.Optional;
import studbook.model.ErrorKind;
import studbook.racingapi.Answer;
import studbook.racingapi.DayAnswer;
import studbook.racingapi.DayAttempt;
import studbook.racingapi.RacingApi;
import studbook.store.outcome.ErrorEntry;
import studbook.store.racecard.ReadDay;

/** Decides what follows from an answer for a day; does nothing itself. */
public final class DayJudge {

  static final String SOURCE = "racecards";

  /** Attempts that stand for a day. */
  static final int ATTEMPTS = 3;

  private DayJudge() {}

  public static DayStep judge(DayTask before, DayAttempt attempt) {
    DayTask task = before.asked();
    return switch (attempt.answer()) {
      case DayAnswer.Page page -> read(flawed(task, page, attempt), page);
      case DayAnswer.NoSuchDay(int status) -> new DayStep.Doubted(task, Optional.of(status));
      case Answer.Throttled(Optional<Duration> _) ->
          new DayStep.Again(task.with(entry(task, attempt, ErrorKind.THROTTLED, "answered 429")));
      case Answer.Unauthorised(int status) ->
          new DayStep.Doubted(
              task.with(entry(task, attempt, ErrorKind.UNAUTHORISED, "answered " + status)),
              Optional.of(status));
      case Answer.Unavailable(ErrorKind kind, String message, boolean stale, var _)
          when stale && !task.staleConnection() ->
          new DayStep.Again(task.forgiven().with(entry(task, attempt, kind, message)));
      case Answer.Unavailable(ErrorKind kind, String message, boolean _, var _) ->
          doubted(task, attempt, kind, message);
      case Answer.Malformed(ErrorKind kind, String message) ->
          doubted(task, attempt, kind, message);
    };
  }

  /**
   * A full page is followed by another where the day has more races. The API passes over five
   * hundred at most, so there are no more than two.
   */
  private static DayStep read(DayTask task, DayAnswer.Page page) {
    DayTask read = task.with(page);
    boolean more =
        page.races() >= RacingApi.PAGE
            && read.skip() < page.total()
            && read.skip() <= RacingApi.PAGE;
    return more
        ? new DayStep.Again(read)
        : new DayStep.Finished(new DayEnd(read, ReadDay.Result.READ, Optional.empty()));
  }

  private static DayTask flawed(DayTask task, DayAnswer.Page page, DayAttempt attempt) {
    DayTask flawed = task;
    for (DayAnswer.Flaw flaw : page.flaws()) {
      flawed = flawed.with(entry(task, attempt, flaw.kind(), flaw.message()));
    }
    return flawed;
  }

  /** The end of a day that the API does not have, although it has others. */
  public static DayEnd refused(DayTask task, int status) {
    return new DayEnd(task, ReadDay.Result.REFUSED, Optional.of("answered " + status));
  }

  /** A failure that the day was charged for; the last one ends it. */
  public static Optional<DayEnd> charged(DayTask task) {
    return task.failures() < ATTEMPTS
        ? Optional.empty()
        : Optional.of(
            new DayEnd(
                task,
                ReadDay.Result.FAILED,
                Optional.of(
                    task.errors().isEmpty() ? "no answer" : task.errors().getLast().message())));
  }

  private static DayStep doubted(DayTask task, DayAttempt attempt, ErrorKind kind, String message) {
    return new DayStep.Doubted(task.with(entry(task, attempt, kind, message)), Optional.empty());
  }

  private static ErrorEntry entry(
      DayTask task, DayAttempt attempt, ErrorKind kind, String message) {
    return new ErrorEntry(
        task.lease().run(),
        Optional.empty(),
        kind,
        Optional.of(SOURCE),
        attempt.status(),
        task.requests(),
        attempt.took(),
        task.day() + ": " + message);
  }
}
