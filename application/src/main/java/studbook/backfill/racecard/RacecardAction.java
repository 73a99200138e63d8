package studbook.backfill.racecard;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import studbook.backfill.write.ValidatedRunner;
import studbook.backfill.write.WriteRequest;
import studbook.model.HorseId;
import studbook.model.ProfileValidator;
import studbook.racingapi.RacecardRunner;
import studbook.store.racecard.RacecardDayWrite;

/** What follows from a response for a racecard day. */
public sealed interface RacecardAction {

  /**
   * The day has ended.
   *
   * @param failure why it was not read; empty if it was
   */
  record DayFinished(RacecardTask task, RacecardDayWrite.DayStatus status, Optional<String> failure)
      implements RacecardAction {

    /** The day with its horses, each once; the first runner counts. */
    public WriteRequest.RacecardDay validate(ProfileValidator validator) {
      Map<HorseId, RacecardRunner> runners = new LinkedHashMap<>();
      task.runners().forEach(runner -> runners.putIfAbsent(runner.horse(), runner));
      return new WriteRequest.RacecardDay(
          task.lease(),
          task.day(),
          status,
          failure,
          task.requests(),
          runners.values().stream()
              .map(runner -> ValidatedRunner.of(runner.horse(), runner.profile(), validator))
              .toList(),
          task.errors());
    }
  }

  /** The day is requested again at once: its next page, or a request that did not count. */
  record DayRetry(RacecardTask task) implements RacecardAction {}

  /**
   * Another response will show the cause: the day, racecards, or the API as a whole.
   *
   * @param refused the status, if the API refused the day (404, 410, 422) or the account (401, 403)
   */
  record DaySuspended(RacecardTask task, Optional<Integer> refused) implements RacecardAction {

    /** Whether the API says that it has no such day. */
    boolean isUnknownDay() {
      return refused.filter(status -> status != 401 && status != 403).isPresent();
    }
  }
}
