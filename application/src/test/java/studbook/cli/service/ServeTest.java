package studbook.cli.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner.Result;
import studbook.faults.environment.Await;
import studbook.service.systemd.NotifySocket;

/** A service as a process: it runs jobs, reloads, stops, and continues where it stopped. */
@EnabledOnOs(OS.LINUX)
class ServeTest {

  @TempDir private Path folder;

  private static Process serve(BackfillFixture fixture) throws Exception {
    return fixture.cli.start("serve");
  }

  /** A job that no service has run when it was due. */
  private static void missed(BackfillFixture fixture, String job, String cron) {
    fixture.list(
        """
        INSERT INTO studbook.scheduled_task (task_name, task_instance, task_data, execution_time, picked, version)
        VALUES ('%s', 'schedule', convert_to('{"dueAt":"2026-01-05T06:10:00Z","schedule":"%s Europe/London"}', 'UTF8'),
          '2026-01-05 06:10:00Z', false, 1) RETURNING task_name
        """
            .formatted(job, cron));
  }

  private static String occurrence(BackfillFixture fixture, String job) {
    return String.join(
        " ",
        fixture.list(
            """
            SELECT COALESCE(result, 'running') || ' ' || attempt FROM studbook.job_occurrence
            WHERE job = '%s' AND due_at = '2026-01-05 06:10:00Z'
            """
                .formatted(job)));
  }

  private static int stop(Process service) throws Exception {
    service.destroy();
    assertThat(service.waitFor(5, TimeUnit.SECONDS)).as("stopped within five seconds").isTrue();
    return service.exitValue();
  }

  @Test
  void catchesUpAJobTellsSystemdReloadsAndStops() throws Throwable {
    try (BackfillFixture fixture =
        new BackfillFixture(30, folder, BackfillFixture.options()).imported()) {
      String address = "@studbook-" + UUID.randomUUID();
      NotifySocket systemd = new NotifySocket(address);
      fixture
          .cli
          .with("NOTIFY_SOCKET", address)
          .with("WATCHDOG_USEC", "1000000")
          .with("STUDBOOK_WEBHOOK_URL", "http://127.0.0.1:9/");
      missed(fixture, "validate", "0 5 * * *");
      Process service = serve(fixture);
      try {
        Await.until("the missed job", () -> !occurrence(fixture, "validate").matches("|running 1"));
        assertThat(occurrence(fixture, "validate")).matches("(done|not_good) 1");
        assertThatTheReportIsNamed(fixture);
        assertThat(systemd.states()).containsExactly("READY=1");
        Await.until("the watchdog", () -> systemd.alive() >= 2);
        Result listed = fixture.cli.run("schedule", "--json");
        assertThat(listed.out()).contains("\"cron\" : \"10 6 * * *\"", "\"job\" : \"validate\"");
        Files.createDirectories(fixture.cli.home());
        Files.writeString(
            fixture.cli.home().resolve("studbook.toml"), "jobs.discover.cron = \"7 7 * * *\"\n");
        new ProcessBuilder("kill", "-HUP", Long.toString(service.pid())).start().waitFor();
        Await.until(
            "the reload",
            () ->
                fixture
                    .list(
                        "SELECT convert_from(task_data, 'UTF8') FROM studbook.scheduled_task WHERE"
                            + " task_name = 'discover'")
                    .getFirst()
                    .contains("7 7 * * *"));
        Await.until("ready again", () -> systemd.states().size() == 3);
        assertThat(systemd.states().get(1)).startsWith("RELOADING=1\nMONOTONIC_USEC=");
        Files.writeString(fixture.cli.home().resolve("studbook.toml"), "jobs.discover.cron = 7\n");
        new ProcessBuilder("kill", "-HUP", Long.toString(service.pid())).start().waitFor();
        Path log = folder.resolve("err.txt");
        Await.until("the refusal", () -> read(log).contains("the settings stay as they were"));
        assertThat(read(log)).contains("studbook.toml line 1: cron should have five fields");
        Await.until(
            "the occurrences that no service ran, for a receiver",
            () ->
                fixture
                    .list("SELECT DISTINCT event FROM studbook.notification")
                    .contains("schedule_missed"));
        assertThat(stop(service)).isZero();
        assertThat(systemd.states().getLast()).isEqualTo("STOPPING=1");
      } finally {
        service.destroyForcibly();
      }
    }
  }

  /** By the occurrence and by the notification. */
  private static void assertThatTheReportIsNamed(BackfillFixture fixture) {
    String report =
        fixture
            .list(
                "SELECT message FROM studbook.job_occurrence WHERE job = 'validate' AND result = 'not_good'")
            .getFirst()
            .replace("Report: ", "");
    assertThat(Path.of(report)).content().contains("Success criteria");
    assertThat(
            fixture.list(
                "SELECT text FROM studbook.notification WHERE event = 'validation_failed'"))
        .singleElement()
        .asString()
        .endsWith("Report: " + report);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void aStoppedRunIsContinuedAndNoHorseIsRequestedTwice() throws Exception {
    try (BackfillFixture fixture =
        new BackfillFixture(60, folder, BackfillFixture.options()).imported()) {
      fixture.cli.with("RACING_API_RATE", "10");
      missed(fixture, "enrich", "30 6 * * *");
      Process service = serve(fixture);
      try {
        Await.until(
            "ten horses",
            () ->
                fixture
                        .list("SELECT horse_id FROM studbook.work_item WHERE state <> 'pending'")
                        .size()
                    >= 10);
        assertThat(stop(service)).isZero();
      } finally {
        service.destroyForcibly();
      }
      assertThat(occurrence(fixture, "enrich")).isEqualTo("running 1");
      assertThat(fixture.list("SELECT state FROM studbook.run")).containsExactly("stopped");
      fixture.cli.with("RACING_API_RATE", "unlimited");
      Process again = serve(fixture);
      try {
        Await.until("the end", () -> occurrence(fixture, "enrich").equals("done 2"));
      } finally {
        stop(again);
      }
      assertThat(fixture.list("SELECT state FROM studbook.run")).containsExactly("finished");
      assertThat(fixture.list("SELECT horse_id FROM studbook.work_item WHERE state = 'pending'"))
          .isEmpty();
      assertThat(fixture.simulator.statistics().repeatedRequests(100).size())
          .as("requests in flight at most")
          .isLessThanOrEqualTo(2);
    }
  }
}
