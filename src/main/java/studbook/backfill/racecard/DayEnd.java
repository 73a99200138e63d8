package studbook.backfill.racecard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import studbook.model.HorseId;
import studbook.model.Inspection;
import studbook.racingapi.Runner;
import studbook.store.racecard.ReadDay;

/**
 * How a day of racecards ended.
 *
 * @param task with the runners and errors that it gathered
 * @param why where it was not read
 */
public record DayEnd(DayTask task, ReadDay.Result result, Optional<String> why) {

  /** Its horses, each once; the first runner counts. */
  public List<Card> cards(Inspection inspection) {
    Map<HorseId, Runner> runners = new LinkedHashMap<>();
    task.runners().forEach(runner -> runners.putIfAbsent(runner.horse(), runner));
    return runners.values().stream()
        .map(runner -> Card.of(runner.horse(), runner.profile(), inspection))
        .toList();
  }
}
