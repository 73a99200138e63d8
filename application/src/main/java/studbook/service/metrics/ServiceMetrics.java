package studbook.service.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import studbook.store.database.Database;
import studbook.store.database.DatabaseRetry;
import studbook.store.schedule.OccurrenceRepository;
import studbook.store.schedule.OccurrenceRepository.RecordedOccurrence;
import studbook.store.schedule.ScheduleQueries;
import studbook.store.schedule.ScheduleQueries.ScheduledTask;
import studbook.store.schedule.ServiceFigures;
import studbook.store.table.ConfirmationAges;

/**
 * The metrics of the service: its jobs and the latest run, as all processes have recorded them in
 * the database, and its own JVM and connections. The database is read when they are asked for. Safe
 * for many threads.
 */
public final class ServiceMetrics implements AutoCloseable {

  private static final String[] STATES = {
    "running", "paused", "stopped", "finished", "cancelled", "superseded"
  };
  private static final int SECONDS = 60;

  /** Ages of confirmations are read as often: they need a row of each horse. */
  private static final Duration CONFIRMATION_INTERVAL = Duration.ofMinutes(5);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics garbage = new JvmGcMetrics();
  private final Jdbi jdbi;
  private final MultiGauge horses = gauge("studbook.run.horses", "Horses of the run by outcome");
  private final MultiGauge states = gauge("studbook.run.state", "1 for the state of the run");
  private final MultiGauge lag =
      gauge("studbook.schedule.lag.seconds", "How long a job is overdue and does not run");
  private final MultiGauge ended =
      gauge("studbook.schedule.last.end.seconds", "Time since a job last ended, by its result");
  private final MultiGauge durations =
      gauge("studbook.schedule.last.duration.seconds", "How long a job last took");
  private final MultiGauge confirmations =
      gauge(
          "studbook.confirmation.oldest.seconds",
          "Time since the longest unconfirmed horse of a group was confirmed");
  private final RequestMetrics requests = new RequestMetrics(registry);
  private Instant confirmationsReadAt = Instant.EPOCH;
  private volatile Optional<ServiceFigures> figures = Optional.empty();
  private volatile boolean databaseUp;

  public ServiceMetrics(Database database) {
    this.jdbi = database.jdbi();
    Gauge.builder("studbook.database.up", () -> databaseUp ? 1 : 0)
        .description("Whether the database answered")
        .register(registry);
    Gauge.builder("studbook.run.requests", () -> figure(ServiceFigures::requests))
        .description("Requests sent for the run")
        .register(registry);
    Gauge.builder("studbook.budget.used.ratio", this::budgetUsed)
        .description("Share of the rate limit that the run used in the last minute")
        .register(registry);
    Gauge.builder("studbook.budget.fullest.second", () -> figure(ServiceFigures::fullestSecond))
        .description("Most requests of one process in any second of the last minute")
        .register(registry);
    for (Database.ConnectionUse use : Database.ConnectionUse.values()) {
      Gauge.builder("studbook.pool.connections", () -> database.connections(use))
          .description("Database connections of this process")
          .tag("state", use.text())
          .register(registry);
    }
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    garbage.bindTo(registry);
  }

  private MultiGauge gauge(String name, String description) {
    return MultiGauge.builder(name).description(description).register(registry);
  }

  private double figure(java.util.function.ToDoubleFunction<ServiceFigures> value) {
    return figures.map(known -> value.applyAsDouble(known)).orElse(0.0);
  }

  private double budgetUsed() {
    return figures
        .filter(known -> Double.isFinite(known.rate()))
        .map(known -> known.requestsLastMinute() / (known.rate() * SECONDS))
        .orElse(0.0);
  }

  /** Receives each request that this process sends. */
  public RequestMetrics requests() {
    return requests;
  }

  /** All metrics in Prometheus' text format; without the database the last figures. */
  public synchronized String scrape() {
    databaseUp =
        DatabaseRetry.attempt(
                () -> {
                  refresh();
                  return true;
                },
                _ -> {})
            .orElse(false);
    return registry.scrape();
  }

  private void refresh() {
    figures = ServiceFigures.load(jdbi);
    figures.ifPresent(known -> {
      horses.register(
          known.horses().entrySet().stream()
              .<Row<?>>map(one -> Row.of(Tags.of("outcome", one.getKey()), one.getValue()))
              .toList(),
          true);
      states.register(
          Arrays.stream(STATES)
              .<Row<?>>map(
                  state -> Row.of(Tags.of("state", state), state.equals(known.state()) ? 1 : 0))
              .toList(),
          true);
    });
    refreshJobs();
  }

  private void refreshJobs() {
    ScheduleQueries queries = new ScheduleQueries(jdbi);
    Instant now = queries.now();
    refreshConfirmations(now);
    lag.register(
        queries.tasks().values().stream()
            .<Row<?>>map(task -> Row.of(Tags.of("job", task.job()), lag(task, now)))
            .toList(),
        true);
    var last = new OccurrenceRepository(jdbi).latest();
    ended.register(
        last.stream()
            .filter(one -> one.endedAt().isPresent())
            .<Row<?>>map(one ->
                Row.of(
                    Tags.of(
                        "job",
                        one.occurrence().job(),
                        "result",
                        one.result().map(end -> end.text()).orElse("")),
                    seconds(one.endedAt().orElse(now), now)))
            .toList(),
        true);
    durations.register(
        last.stream()
            .<Row<?>>map(one -> Row.of(Tags.of("job", one.occurrence().job()), took(one, now)))
            .toList(),
        true);
  }

  private void refreshConfirmations(Instant now) {
    if (now.isBefore(confirmationsReadAt.plus(CONFIRMATION_INTERVAL))) {
      return;
    }
    confirmations.register(
        ConfirmationAges.load(jdbi).entrySet().stream()
            .<Row<?>>map(group ->
                Row.of(Tags.of("group", group.getKey()), group.getValue().toMillis() / 1_000.0))
            .toList(),
        true);
    confirmationsReadAt = now;
  }

  private static double lag(ScheduledTask task, Instant now) {
    return task.process().isPresent() ? 0 : Math.max(0, seconds(task.nextAt(), now));
  }

  private static double took(RecordedOccurrence one, Instant now) {
    return seconds(one.startedAt(), one.endedAt().orElse(now));
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 1_000.0;
  }

  @Override
  public void close() {
    garbage.close();
    registry.close();
  }
}
