package studbook.faults.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.CliRunner.Result;
import studbook.embeddedpg.TestCluster;
import studbook.faults.environment.Await;
import studbook.faults.environment.DatabaseLocation;
import studbook.faults.environment.FaultTestEnvironment;
import studbook.faults.environment.WorkerProcess;
import studbook.faults.invariant.AllowedDeviations;
import studbook.simulator.fault.FaultProfile;
import studbook.time.SystemTime;

/** Services as processes, whose job meets a fault: each occurrence is run to its end once. */
@EnabledOnOs(OS.LINUX)
class ServiceFaultTest {

  private static final Duration STOP = Duration.ofSeconds(5);

  @TempDir Path folder;
  @TempDir Path home;

  /** An initialised database in which jobs are due that no service has run. */
  private static FaultTestEnvironment due(
      FaultTestEnvironment scene, String rate, Map<String, String> crons) {
    scene.cli.with("RACING_API_RATE", rate);
    assertThat(scene.cli.run("init").code()).isZero();
    crons.forEach((job, cron) ->
        scene.sql(
            """
            INSERT INTO studbook.scheduled_task (task_name, task_instance, task_data, execution_time, picked, version)
            VALUES ('%s', 'schedule', convert_to('{"dueAt":"2026-01-05T06:10:00Z","schedule":"%s Europe/London"}', 'UTF8'),
              '2026-01-05 06:10:00Z', false, 1)
            """
                .formatted(job, cron)));
    return scene;
  }

  private static FaultTestEnvironment enrichIsDue(FaultTestEnvironment scene, String rate) {
    return due(scene, rate, Map.of("enrich", "30 6 * * *"));
  }

  private static WorkerProcess serve(FaultTestEnvironment scene) throws Exception {
    return scene.start("serve");
  }

  /** Results and attempts of the occurrences that were run, by job. */
  private static List<String> occurrences(FaultTestEnvironment scene) {
    return scene
        .jdbi()
        .withHandle(handle ->
            handle
                .select(
                    """
                    SELECT job || ' ' || COALESCE(result, 'running') || ' ' || attempt FROM studbook.job_occurrence
                    WHERE result IS DISTINCT FROM 'missed' ORDER BY job, due_at
                    """)
                .mapTo(String.class)
                .list());
  }

  private static void awaitOccurrences(FaultTestEnvironment scene, String... expected)
      throws InterruptedException {
    Await.until(String.join(", ", expected), () -> occurrences(scene).equals(List.of(expected)));
  }

  private static void stop(WorkerProcess service) throws Exception {
    assertThat(service.isAlive()).as(service.err()).isTrue();
    service.signal("TERM");
    assertThat(service.exitCode(STOP)).isZero();
  }

  @Test
  void theDatabaseIsRestartedDuringAJob() throws Exception {
    try (TestCluster cluster = TestCluster.start(home);
        FaultTestEnvironment scene =
            FaultTestEnvironment.open(
                300,
                folder,
                FaultTestEnvironment.options(),
                DatabaseLocation.at(cluster.jdbcUrl(), cluster.username(), cluster.password()))) {
      WorkerProcess service = serve(enrichIsDue(scene, "100"));
      scene.awaitArrivals(80);
      cluster.stopImmediately();
      scene.assertThatRequestsCease(Duration.ofSeconds(2), 0);
      cluster.startAgain();
      awaitOccurrences(scene, "enrich done 1");
      stop(service);
      assertThat(scene.runState()).isEqualTo("finished");
      scene.assertThatInvariantsHold(AllowedDeviations.STRICT);
    }
  }

  @Test
  void theApiCannotBeReachedDuringAJobAndMetricsCountThat() throws Exception {
    try (FaultTestEnvironment scene = FaultTestEnvironment.open(300, folder)) {
      int port = freePort();
      scene.cli.with("STUDBOOK_LISTEN", "127.0.0.1:" + port);
      WorkerProcess service = serve(enrichIsDue(scene, "100"));
      scene.awaitArrivals(80);
      scene.simulator.setFaults(FaultProfile.parse("close:1"));
      Await.until("failures", () -> scene.simulator.statistics().faultCount("close") > 5);
      SystemTime.sleeper().sleep(Duration.ofSeconds(2));
      scene.simulator.setFaults(FaultProfile.NONE);
      awaitOccurrences(scene, "enrich done 1");
      long fired = scene.simulator.statistics().faultCount("close");
      assertThat(metrics(port))
          .containsPattern("studbook_requests_total\\{endpoint=\"pro\",status=\"200\"} [1-9]\\d+")
          .containsPattern("studbook_requests_total\\{endpoint=\"[a-z]+\",status=\"none\"} [1-9]")
          .containsPattern("studbook_request_duration_seconds_count\\{endpoint=\"pro\"} [1-9]\\d+");
      stop(service);
      scene.assertThatInvariantsHold(AllowedDeviations.STRICT.askedAgain(fired + 1));
    }
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String metrics(int port) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/metrics".formatted(port)))
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  @Test
  void aServiceIsKilledDuringAJobAndTheNextOneEndsItOnce() throws Exception {
    try (FaultTestEnvironment scene = FaultTestEnvironment.open(300, folder)) {
      WorkerProcess killed = serve(enrichIsDue(scene, "100"));
      scene.awaitArrivals(80);
      killed.kill();
      long lost = scene.lostRequests();
      assertThat(occurrences(scene)).containsExactly("enrich running 1");
      // The time after which another service counts it as dead.
      scene.sql(
          "UPDATE studbook.scheduled_task SET last_heartbeat = last_heartbeat - interval '2 minutes' WHERE picked");
      WorkerProcess next = serve(scene);
      awaitOccurrences(scene, "enrich done 2");
      stop(next);
      assertThat(scene.count("SELECT count(*) FROM studbook.run")).isEqualTo(1);
      assertThat(scene.runState()).isEqualTo("finished");
      assertThat(
              scene.count(
                  "SELECT count(*) FROM studbook.scheduled_task WHERE picked OR execution_time < now()"))
          .isZero();
      scene.assertThatInvariantsHold(AllowedDeviations.STRICT.askedAgain(lost));
    }
  }

  @Test
  void twoServicesShareTheJobs() throws Exception {
    try (FaultTestEnvironment scene = FaultTestEnvironment.open(200, folder)) {
      due(scene, "100", Map.of("enrich", "30 6 * * *", "archive", "0 4 2 * *"));
      WorkerProcess one = serve(scene);
      WorkerProcess other = serve(scene);
      awaitOccurrences(scene, "archive done 1", "enrich done 1");
      // Longer than the interval in which each of them looks for due jobs.
      SystemTime.sleeper().sleep(Duration.ofSeconds(6));
      assertThat(occurrences(scene)).containsExactly("archive done 1", "enrich done 1");
      stop(one);
      stop(other);
      assertThat(scene.count("SELECT count(*) FROM studbook.run")).isEqualTo(1);
      scene.assertThatInvariantsHold(AllowedDeviations.STRICT);
    }
  }

  @Test
  void stopLeavesTheServiceOfAJobsRunRunning() throws Exception {
    try (FaultTestEnvironment scene = FaultTestEnvironment.open(300, folder)) {
      WorkerProcess service = serve(enrichIsDue(scene, "20"));
      scene.awaitArrivals(5);
      Result refused = scene.cli.run("stop");
      assertThat(refused.code()).as(refused.out()).isEqualTo(2);
      assertThat(refused.err())
          .contains(
              "the run is a job of `studbook serve` (process %d)".formatted(service.pid()),
              "`studbook stop --all` stops the run");
      assertThat(scene.runState()).isEqualTo("running");
      assertThat(scene.cli.run("stop", "--all").code()).isZero();
      awaitOccurrences(scene, "enrich partial 1");
      assertThat(scene.runState()).isEqualTo("stopped");
      stop(service);
      scene.finish();
      scene.assertThatInvariantsHold(AllowedDeviations.STRICT);
    }
  }
}
