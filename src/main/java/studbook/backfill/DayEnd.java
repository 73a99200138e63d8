package studbook.backfill;

import java.util.Optional;
import studbook.store.ReadDay;

/**
 * How a day of racecards ended.
 *
 * @param task with the runners and errors that it gathered
 * @param why where it was not read
 */
record DayEnd(DayTask task, ReadDay.Result result, Optional<String> why) {}
