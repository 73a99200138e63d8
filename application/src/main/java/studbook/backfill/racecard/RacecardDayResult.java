package studbook.backfill.racecard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import studbook.model.HorseId;
import studbook.model.ProfileValidator;
import studbook.racingapi.RacecardRunner;
import studbook.store.racecard.RacecardDayWrite;

/**
 * How a day of racecards ended.
 *
 * @param task with the runners and errors that it gathered
 * @param why where it was not read
 */
public record RacecardDayResult(
    RacecardTask task, RacecardDayWrite.DayStatus result, Optional<String> why) {

  /** Its horses, each once; the first runner counts. */
  public List<ValidatedRunner> cards(ProfileValidator inspection) {
    Map<HorseId, RacecardRunner> runners = new LinkedHashMap<>();
    task.runners().forEach(runner -> runners.putIfAbsent(runner.horse(), runner));
    return runners.values().stream()
        .map(runner -> ValidatedRunner.of(runner.horse(), runner.profile(), inspection))
        .toList();
  }
}
