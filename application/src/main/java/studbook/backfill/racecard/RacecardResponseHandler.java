package studbook.backfill.racecard;

import java.time.Duration;
import java.util.Optional;
import studbook.backfill.write.ValidatedRunner;
import studbook.model.ErrorKind;
import studbook.racingapi.ProfileResponse;
import studbook.racingapi.RacecardCall;
import studbook.racingapi.RacecardResponse;
import studbook.racingapi.RacingApi;
import studbook.store.outcome.ErrorEntry;
import studbook.store.racecard.RacecardDayWrite;

/** Decides what follows from a response for a racecard day. Pure functions. */
public final class RacecardResponseHandler {

  /** Attempts for a day. */
  static final int ATTEMPTS = 3;

  private RacecardResponseHandler() {}

  public static RacecardAction judge(RacecardTask before, RacecardCall call) {
    RacecardTask task = before.asked();
    return switch (call.response()) {
      case RacecardResponse.RacecardPageRead page -> read(task, page, call);
      case RacecardResponse.NoSuchDay(int status) ->
          new RacecardAction.DaySuspended(task, Optional.of(status));
      case ProfileResponse.Throttled(Optional<Duration> _) ->
          new RacecardAction.DayRetry(
              task.with(entry(task, call, ErrorKind.THROTTLED, "answered 429")));
      case ProfileResponse.Unauthorised(int status) ->
          new RacecardAction.DaySuspended(
              task.with(entry(task, call, ErrorKind.UNAUTHORISED, "answered " + status)),
              Optional.of(status));
      case ProfileResponse.Unavailable(ErrorKind kind, String message, boolean stale, var _)
          when stale && !task.staleConnection() ->
          new RacecardAction.DayRetry(task.withRetryUsed().with(entry(task, call, kind, message)));
      case ProfileResponse.Unavailable(ErrorKind kind, String message, boolean _, var _) ->
          suspended(task, call, kind, message);
      case ProfileResponse.Malformed(ErrorKind kind, String message) ->
          suspended(task, call, kind, message);
    };
  }

  /**
   * A full page is followed by another if the day has more races. The API skips at most five
   * hundred, so there are at most two.
   */
  private static RacecardAction read(
      RacecardTask before, RacecardResponse.RacecardPageRead page, RacecardCall call) {
    RacecardTask task = before.with(page);
    for (RacecardResponse.RacecardFlaw flaw : page.flaws()) {
      task = task.with(entry(task, call, flaw.kind(), flaw.message()));
    }
    boolean more =
        page.races() >= RacingApi.PAGE
            && task.skip() < page.total()
            && task.skip() <= RacingApi.PAGE;
    return more
        ? new RacecardAction.DayRetry(task)
        : new RacecardAction.DayFinished(task, RacecardDayWrite.DayStatus.READ, Optional.empty());
  }

  /** The end of a day that the API does not have, although it has others. */
  public static RacecardAction.DayFinished refused(RacecardTask task, int status) {
    return new RacecardAction.DayFinished(
        task, RacecardDayWrite.DayStatus.REJECTED, Optional.of("answered " + status));
  }

  /** The end of a day whose last attempt failed; empty while it has another. */
  public static Optional<RacecardAction.DayFinished> failed(RacecardTask task) {
    return task.failures() < ATTEMPTS
        ? Optional.empty()
        : Optional.of(
            new RacecardAction.DayFinished(
                task,
                RacecardDayWrite.DayStatus.FAILED,
                Optional.of(
                    task.errors().isEmpty() ? "no answer" : task.errors().getLast().message())));
  }

  private static RacecardAction suspended(
      RacecardTask task, RacecardCall call, ErrorKind kind, String message) {
    return new RacecardAction.DaySuspended(
        task.with(entry(task, call, kind, message)), Optional.empty());
  }

  private static ErrorEntry entry(
      RacecardTask task, RacecardCall call, ErrorKind kind, String message) {
    return new ErrorEntry(
        task.lease().run(),
        Optional.empty(),
        kind,
        Optional.of(ValidatedRunner.RACECARDS),
        call.status(),
        task.requests(),
        call.took(),
        task.day() + ": " + message);
  }
}
