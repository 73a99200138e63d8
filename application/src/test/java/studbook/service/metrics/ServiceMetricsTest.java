package studbook.service.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.event.SchedulerListener.SchedulerEventType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import studbook.service.ServiceHealth;
import studbook.store.TestStore;
import studbook.store.connection.DatabaseAddress;
import studbook.store.database.Database;

class ServiceMetricsTest {

  /** A metric in a dashboard or a rule. */
  private static final Pattern METRIC =
      Pattern.compile("\\b(?:studbook|jvm|process|system)_[a-z_]+\\b(?=\\{| |\\)|\\[|\")");

  private final AtomicLong ticks = new AtomicLong();
  private final ServiceHealth health = new ServiceHealth(ticks::get);
  private TestStore store = TestStore.fresh();
  private Database database = Database.open(DatabaseAddress.parse(store.server.libpqUri()), 2);
  private ServiceMetrics metrics = new ServiceMetrics(database);

  @BeforeEach
  void aRunAndAJob() {
    store.horses(5);
    store.runRepository.plan(store.me, TestStore.TOLD, TestStore.ALL, java.util.Optional.empty());
    store.sql(
        """
        INSERT INTO studbook.confirmation (horse_id, confirmed_at, source, racecard_date)
        SELECT horse_id, now() - n * interval '2400 hours', 'pro', CASE WHEN n = 1 THEN current_date END
        FROM (SELECT horse_id, row_number() OVER (ORDER BY horse_id) AS n FROM ra_horses) h WHERE n < 4
        UNION ALL SELECT 'hrs_77777777', now() - interval '9 years', 'pro', NULL -- a horse that was deleted
        """);
    store.sql("UPDATE studbook.chunk SET enriched = 2, failed = 1, request_count = 7");
    store.sql(
        """
        INSERT INTO studbook.run_sample (run_id, worker_id, interval_ms, horses_completed, horses_failed, horses_per_second,
          bottleneck, requests_sent, requests_throttled, max_requests_per_second)
        SELECT run_id, gen_random_uuid(), 1000, 3, 1, 1, 'rate_limit', 60, 0, 3 FROM studbook.run
        """);
    store.sql(
        """
        INSERT INTO studbook.scheduled_task (task_name, task_instance, execution_time, picked, version)
        VALUES ('discover', 'schedule', now() - interval '1 hour', false, 1), ('enrich', 'schedule', now() + interval '1 hour', false, 1)
        """);
    store.sql(
        """
        INSERT INTO studbook.job_occurrence (job, due_at, process, started_at, ended_at, result)
        VALUES ('discover', now(), 'host a', now() - interval '70 seconds', now() - interval '60 seconds', 'not_good')
        """);
  }

  @AfterEach
  void close() {
    metrics.close();
    database.close();
    store.close();
  }

  @Test
  void metricsShowTheRunTheJobsAndTheProcess() {
    assertThat(metrics.scrape())
        .contains(
            "studbook_run_horses{outcome=\"enriched\"} 2.0",
            "studbook_run_horses{outcome=\"failed\"} 1.0",
            "studbook_run_horses{outcome=\"pending\"} 2.0",
            "studbook_run_state{state=\"running\"} 1.0",
            "studbook_run_state{state=\"paused\"} 0.0",
            "studbook_run_requests 7.0",
            "studbook_budget_used_ratio 0.5",
            "studbook_budget_fullest_second 3.0",
            "studbook_schedule_lag_seconds{job=\"enrich\"} 0.0",
            "studbook_database_up 1.0",
            "studbook_pool_connections{state=\"active\"}",
            "jvm_memory_used_bytes{")
        .containsPattern("studbook_schedule_lag_seconds\\{job=\"discover\"} 36\\d\\d\\.")
        .containsPattern(
            "studbook_schedule_last_end_seconds\\{job=\"discover\",result=\"not_good\"} 6\\d\\.")
        .containsPattern("studbook_confirmation_oldest_seconds\\{group=\"others\"} 2\\.5920\\d*E7")
        .containsPattern("studbook_confirmation_oldest_seconds\\{group=\"raced\"} 86400\\d\\d\\.")
        .containsPattern("studbook_schedule_last_duration_seconds\\{job=\"discover\"} 10\\.");
  }

  @Test
  void requestsOfThisProcessAreCountedByStatusAndTheirDurationsByBucket() {
    assertThat(metrics.scrape())
        .as("the first request is an increase")
        .containsPattern("studbook_requests_total\\{endpoint=\"racecards\",status=\"200\"} 0");
    metrics.requests().record("pro", 200, Duration.ofMillis(120));
    metrics.requests().record("pro", 200, Duration.ofMillis(800));
    metrics.requests().record("pro", 429, Duration.ofMillis(40));
    metrics.requests().record("racecards", 0, Duration.ofSeconds(30));
    assertThat(metrics.scrape())
        .containsPattern("studbook_requests_total\\{endpoint=\"pro\",status=\"200\"} 2")
        .containsPattern("studbook_requests_total\\{endpoint=\"pro\",status=\"429\"} 1")
        .containsPattern("studbook_requests_total\\{endpoint=\"racecards\",status=\"none\"} 1")
        .containsPattern(
            "studbook_request_duration_seconds_bucket\\{endpoint=\"pro\",le=\"0.2\"} 2")
        .containsPattern(
            "studbook_request_duration_seconds_bucket\\{endpoint=\"pro\",le=\"1.0\"} 3")
        .containsPattern("studbook_request_duration_seconds_sum\\{endpoint=\"pro\"} 0\\.96");
  }

  @Test
  void everyMetricOfTheDashboardAndTheAlertsExists() throws Exception {
    Set<String> served =
        metrics
            .scrape()
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.replaceFirst("[{ ].*", ""))
            .collect(Collectors.toSet());
    Set<String> named = new TreeSet<>();
    for (String file : Set.of("grafana-dashboard.json", "prometheus-alerts.yml")) {
      METRIC
          .matcher(Files.readString(Path.of("docs", file)))
          .results()
          .forEach(found -> named.add(found.group()));
    }
    assertThat(named).hasSizeGreaterThan(8);
    assertThat(served).containsAll(named);
  }

  @Test
  void healthFollowsTheSchedulesAndTheDatabase() {
    assertThat(health.isAlive()).isTrue();
    assertThat(health.isReady()).isTrue();
    health.onSchedulerEvent(SchedulerEventType.UNEXPECTED_ERROR);
    assertThat(health.isAlive()).as("it keeps trying").isTrue();
    assertThat(health.isReady()).isFalse();
    health.onSchedulerEvent(SchedulerEventType.RAN_EXECUTE_DUE);
    assertThat(health.isReady()).isTrue();
    ticks.addAndGet(Duration.ofMinutes(2).toNanos());
    assertThat(health.isAlive()).as("it hangs").isFalse();
  }

  @Test
  void withoutTheDatabaseTheLastFiguresStay() {
    metrics.scrape();
    store.close(); // drops the database
    assertThat(metrics.scrape())
        .contains("studbook_database_up 0.0", "studbook_run_horses{outcome=\"enriched\"} 2.0");
  }
}
