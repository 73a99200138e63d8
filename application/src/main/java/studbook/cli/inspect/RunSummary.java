package studbook.cli.inspect;

import java.util.Optional;
import studbook.json.RunJson;
import studbook.model.SafeText;
import studbook.store.database.Database;
import studbook.store.run.RunCounts;
import studbook.store.run.RunRepository;
import studbook.store.run.RunRepository.RunRow;
import studbook.store.run.RunStatus;
import studbook.store.run.RunTimeline;
import studbook.store.run.RunTimelineQueries;

/** A run as the commands that list runs show it. */
public record RunSummary(RunRow run, RunCounts counts, RunTimeline timeline) {

  private static final int MAX_REASON = 200;

  static RunSummary of(RunRow run, Database database) {
    return new RunSummary(
        run,
        new RunRepository(database.jdbi()).counts(run.id()),
        new RunTimelineQueries(database.jdbi()).of(run));
  }

  RunStatus status() {
    return RunStatus.of(run);
  }

  /** Why it is paused or did not finish, fit for a terminal. */
  Optional<String> reason() {
    return Optional.ofNullable(run.reason()).map(text -> SafeText.excerpt(text, MAX_REASON));
  }

  /** Horses per second of working time; 0 before any work. */
  double perSecond() {
    return timeline.perSecond(counts.processed());
  }

  RunJson json() {
    return RunJson.of(run, counts, timeline);
  }
}
