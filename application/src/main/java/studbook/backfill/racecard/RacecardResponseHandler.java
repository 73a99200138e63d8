package studbook.backfill.racecard;

import java.time.Duration;
import java.util.Optional;
import studbook.model.ErrorKind;
import studbook.racingapi.ProfileResponse;
import studbook.racingapi.RacecardCall;
import studbook.racingapi.RacecardResponse;
import studbook.racingapi.RacingApi;
import studbook.store.outcome.ErrorEntry;
import studbook.store.racecard.RacecardDayWrite;

/** Decides what follows from an answer for a day; does nothing itself. */
public final class RacecardResponseHandler {

  static final String SOURCE = "racecards";

  /** Attempts that stand for a day. */
  static final int ATTEMPTS = 3;

  private RacecardResponseHandler() {}

  public static RacecardAction judge(RacecardTask before, RacecardCall attempt) {
    RacecardTask task = before.asked();
    return switch (attempt.answer()) {
      case RacecardResponse.RacecardPageRead page -> read(flawed(task, page, attempt), page);
      case RacecardResponse.NoSuchDay(int status) ->
          new RacecardAction.DaySuspended(task, Optional.of(status));
      case ProfileResponse.Throttled(Optional<Duration> _) ->
          new RacecardAction.DayRetry(
              task.with(entry(task, attempt, ErrorKind.THROTTLED, "answered 429")));
      case ProfileResponse.Unauthorised(int status) ->
          new RacecardAction.DaySuspended(
              task.with(entry(task, attempt, ErrorKind.UNAUTHORISED, "answered " + status)),
              Optional.of(status));
      case ProfileResponse.Unavailable(ErrorKind kind, String message, boolean stale, var _)
          when stale && !task.staleConnection() ->
          new RacecardAction.DayRetry(task.forgiven().with(entry(task, attempt, kind, message)));
      case ProfileResponse.Unavailable(ErrorKind kind, String message, boolean _, var _) ->
          doubted(task, attempt, kind, message);
      case ProfileResponse.Malformed(ErrorKind kind, String message) ->
          doubted(task, attempt, kind, message);
    };
  }

  /**
   * A full page is followed by another where the day has more races. The API passes over five
   * hundred at most, so there are no more than two.
   */
  private static RacecardAction read(RacecardTask task, RacecardResponse.RacecardPageRead page) {
    RacecardTask read = task.with(page);
    boolean more =
        page.races() >= RacingApi.PAGE
            && read.skip() < page.total()
            && read.skip() <= RacingApi.PAGE;
    return more
        ? new RacecardAction.DayRetry(read)
        : new RacecardAction.DayFinished(
            new RacecardDayResult(read, RacecardDayWrite.DayStatus.READ, Optional.empty()));
  }

  private static RacecardTask flawed(
      RacecardTask task, RacecardResponse.RacecardPageRead page, RacecardCall attempt) {
    RacecardTask flawed = task;
    for (RacecardResponse.RacecardFlaw flaw : page.flaws()) {
      flawed = flawed.with(entry(task, attempt, flaw.kind(), flaw.message()));
    }
    return flawed;
  }

  /** The end of a day that the API does not have, although it has others. */
  public static RacecardDayResult refused(RacecardTask task, int status) {
    return new RacecardDayResult(
        task, RacecardDayWrite.DayStatus.REJECTED, Optional.of("answered " + status));
  }

  /** A failure that the day was charged for; the last one ends it. */
  public static Optional<RacecardDayResult> charged(RacecardTask task) {
    return task.failures() < ATTEMPTS
        ? Optional.empty()
        : Optional.of(
            new RacecardDayResult(
                task,
                RacecardDayWrite.DayStatus.FAILED,
                Optional.of(
                    task.errors().isEmpty() ? "no answer" : task.errors().getLast().message())));
  }

  private static RacecardAction doubted(
      RacecardTask task, RacecardCall attempt, ErrorKind kind, String message) {
    return new RacecardAction.DaySuspended(
        task.with(entry(task, attempt, kind, message)), Optional.empty());
  }

  private static ErrorEntry entry(
      RacecardTask task, RacecardCall attempt, ErrorKind kind, String message) {
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
