package studbook.dashboard.overview;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import studbook.dashboard.overview.OverviewView.AttentionItem;
import studbook.dashboard.overview.OverviewView.NextJob;
import studbook.dashboard.overview.OverviewView.QualityPoint;
import studbook.dashboard.run.RunView;
import studbook.json.LoggedErrorJson;
import studbook.monitor.MonitorData;
import studbook.service.JobScheduler;
import studbook.store.change.ReviewRepository;
import studbook.store.run.RunRepository;
import studbook.store.run.RunRepository.RunRow;
import studbook.store.run.RunStatus;
import studbook.store.schedule.OccurrenceRepository;
import studbook.store.schedule.OccurrenceRepository.RecordedOccurrence;
import studbook.store.schedule.OccurrenceResult;
import studbook.store.schedule.ScheduleQueries;
import studbook.store.statistics.MonitorQueries;
import studbook.text.HumanFormat;

/** Collects the overview. Safe for many threads. */
public final class OverviewQueries {

  private static final int NEWEST_RUNS = 20;
  private static final int NEWEST_ERRORS = 5;
  private static final int NEXT_JOBS = 6;

  private static final Set<OccurrenceResult> BAD =
      Set.of(OccurrenceResult.NOT_GOOD, OccurrenceResult.FAILED);

  private final Jdbi jdbi;
  private final TableFigures tables;
  private final Clock clock;

  public OverviewQueries(Jdbi jdbi, TableFigures tables, Clock clock) {
    this.jdbi = jdbi;
    this.tables = tables;
    this.clock = clock;
  }

  public OverviewView load() {
    MonitorData data =
        MonitorData.of(new MonitorQueries(jdbi).read(Optional.empty()), Optional.empty());
    Optional<RunView> run = RunView.of(data);
    return new OverviewView(
        clock.instant(),
        tables.newest(),
        run,
        next(),
        attention(run),
        data.run().stream()
            .flatMap(metrics -> metrics.errors().stream())
            .limit(NEWEST_ERRORS)
            .map(LoggedErrorJson::of)
            .toList(),
        quality());
  }

  private List<NextJob> next() {
    ScheduleQueries queries = new ScheduleQueries(jdbi);
    Set<String> disabled = queries.disabled();
    return queries.tasks().values().stream()
        .filter(task -> !disabled.contains(task.job()))
        .sorted(Comparator.comparing(ScheduleQueries.ScheduledTask::nextAt))
        .limit(NEXT_JOBS)
        .map(task -> new NextJob(task.job(), task.nextAt(), JobScheduler.isRunning(task)))
        .toList();
  }

  private List<AttentionItem> attention(Optional<RunView> run) {
    List<AttentionItem> items = new ArrayList<>();
    run.flatMap(OverviewQueries::problem).ifPresent(items::add);
    long reviews = new ReviewRepository(jdbi).count();
    if (reviews > 0) {
      items.add(
          new AttentionItem(
              HumanFormat.count(reviews, "suspicious change")
                  + (reviews == 1 ? " waits" : " wait")
                  + " for a decision",
              "/review"));
    }
    Map<String, RecordedOccurrence> latest =
        new OccurrenceRepository(jdbi)
            .latest().stream().collect(Collectors.toMap(one -> one.occurrence().job(), one -> one));
    latest.values().stream()
        .filter(one -> one.result().filter(BAD::contains).isPresent())
        .sorted(Comparator.comparing(RecordedOccurrence::startedAt).reversed())
        .map(one ->
            new AttentionItem(
                "The job %s ended: %s. %s"
                    .formatted(
                        one.occurrence().job(),
                        one.result().map(OccurrenceResult::text).orElse("").replace('_', ' '),
                        one.message().orElse("")),
                "/schedules"))
        .forEach(items::add);
    return items;
  }

  private static Optional<AttentionItem> problem(RunView view) {
    RunRow run = view.run();
    String path = "/runs/" + run.id();
    return switch (view.status()) {
      case DIED ->
          Optional.of(
              new AttentionItem(
                  "The process of run %d died; `%s` continues it"
                      .formatted(run.id(), RunStatus.RESUME),
                  path));
      case PAUSED ->
          Optional.of(
              new AttentionItem("Run %d is paused: %s".formatted(run.id(), view.reason()), path));
      case STOPPED ->
          Optional.of(
              new AttentionItem(
                  "Run %d is stopped; `%s` continues it".formatted(run.id(), RunStatus.RESUME),
                  path));
      case RUNNING, FINISHED, CANCELLED, SUPERSEDED -> failures(view);
    };
  }

  private static Optional<AttentionItem> failures(RunView view) {
    long failed = view.counts().failed();
    return failed == 0 || view.status() == RunStatus.RUNNING
        ? Optional.empty()
        : Optional.of(
            new AttentionItem(
                "%s failed in run %d"
                    .formatted(HumanFormat.count(failed, "horse"), view.run().id()),
                "/errors?run=" + view.run().id()));
  }

  private List<QualityPoint> quality() {
    return new RunRepository(jdbi)
        .newest(NEWEST_RUNS).stream()
            .sorted(Comparator.comparingLong(RunRow::id))
            .flatMap(run ->
                run.quality().after().stream().map(score -> new QualityPoint(run.id(), score)))
            .toList();
  }
}
