package studbook.dashboard.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import studbook.dashboard.overview.OverviewView;
import studbook.dashboard.overview.OverviewView.AttentionItem;
import studbook.dashboard.overview.TableFigures.CountedTables;
import studbook.dashboard.run.RunView;
import studbook.json.LoggedErrorJson;
import studbook.json.RunJson;
import studbook.json.TableCountsJson;
import studbook.store.run.RunRepository;
import studbook.store.run.RunTimelineQueries;

/**
 * The overview.
 *
 * @param tables empty until they are counted
 * @param oldestConfirmationSeconds empty if no horse was confirmed
 * @param lastRun as {@code status --json} has it
 * @param nextJobs soonest first
 * @param attention what needs a person, with the path of the page where it is dealt with
 * @param errors the newest of the run
 * @param scores after the last runs, oldest first
 */
record OverviewJson(
    Instant at,
    Optional<TableCountsJson> tables,
    Optional<Duration> oldestConfirmationSeconds,
    Optional<RunJson> lastRun,
    List<NextJobJson> nextJobs,
    List<AttentionItem> attention,
    List<LoggedErrorJson> errors,
    List<ScoredRunJson> scores) {

  private record NextJobJson(String job, Instant nextAt, boolean running) {}

  private record ScoredRunJson(long runId, double score) {}

  static OverviewJson of(OverviewView view, RunRepository runs, Jdbi jdbi) {
    RunTimelineQueries timelines = new RunTimelineQueries(jdbi);
    return new OverviewJson(
        view.at(),
        view.tables().map(CountedTables::counts).map(TableCountsJson::of),
        view.tables().flatMap(CountedTables::oldest),
        view.run()
            .map(RunView::run)
            .map(run -> RunJson.of(run, runs.counts(run.id()), timelines.of(run))),
        view.next().stream()
            .map(next -> new NextJobJson(next.job(), next.at(), next.running()))
            .toList(),
        view.attention(),
        view.errors(),
        view.quality().stream()
            .map(point -> new ScoredRunJson(point.run(), point.score()))
            .toList());
  }
}
