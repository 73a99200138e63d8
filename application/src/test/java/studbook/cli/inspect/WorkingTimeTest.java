package studbook.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner;
import studbook.cli.fixture.PlannedRunFixture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What every command says of the time in which a run worked. */
class WorkingTimeTest {

  @TempDir Path folder;

  private static JsonNode json(BackfillFixture fixture, String... arguments) {
    CliRunner.Result result = fixture.cli.run(arguments);
    assertThat(result.code()).as(result.err()).isZero();
    return JsonMapper.shared().readTree(result.out());
  }

  /** 100 of 120 horses at five a second; then a person paused the run and its owner was killed. */
  private static void stage(BackfillFixture fixture, UUID owner) {
    Jdbi jdbi = fixture.jdbi();
    jdbi.useHandle(handle -> {
      handle.execute("DELETE FROM studbook.run_event");
      handle.execute("UPDATE studbook.run SET started_at = clock_timestamp() - interval '90 s'");
      event(handle, 0, "planned", null);
      event(handle, 20, "paused", "manual");
      event(handle, 40, "taken_over", null);
      handle.execute(
          "UPDATE studbook.run SET state = 'paused', reason = 'paused', pause_cause = 'manual'");
      handle.execute("UPDATE studbook.chunk SET enriched = 100, request_count = 100");
      handle.execute(
          """
          INSERT INTO studbook.run_sample
            (run_id, sampled_at, worker_id, interval_ms, horses_completed, horses_failed, horses_per_second,
             bottleneck, requests_sent, requests_throttled, max_requests_per_second)
          SELECT run_id, started_at + s * interval '1 s', ?, 1000, least(100, 5 * s), 0, 5, 'rate_limit',
                 CASE WHEN s <= 20 THEN 5 ELSE 0 END, 0, 5
          FROM studbook.run, generate_series(1, 85) s
          """,
          owner);
    });
  }

  private static void event(Handle handle, int second, String event, @Nullable String cause) {
    handle.execute(
        """
        INSERT INTO studbook.run_event (run_id, occurred_at, event, cause)
        SELECT run_id, started_at + ? * interval '1 s', ?, ? FROM studbook.run
        """,
        second,
        event,
        cause);
  }

  @Test
  void isTheSameInEveryCommandWhenAnOwnerDiesDuringAPause() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(120, folder).imported();
        PlannedRunFixture run = PlannedRunFixture.alive(fixture)) {
      stage(fixture, run.owner);
      JsonNode monitor = json(fixture, "monitor", "--once", "--json").get("run");
      JsonNode runs = json(fixture, "runs", "--json").get("runs").get(0);
      JsonNode status = json(fixture, "status", "--json").get("last_run");
      JsonNode report = json(fixture, "report", "--json").get("run");
      for (JsonNode shown : new JsonNode[] {monitor, runs, status, report}) {
        assertThat(shown.get("working_seconds").asDouble()).isEqualTo(20);
        assertThat(shown.get("horses_per_second").asDouble()).isEqualTo(5);
      }
      assertThat(fixture.cli.run("runs").out()).contains("5.0");
      assertThat(fixture.cli.run("monitor", "--once").out())
          .contains("5.0 horses/s on average over 20 s of work");
    }
  }
}
