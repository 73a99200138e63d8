package studbook.faults.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.faults.environment.Await;
import studbook.faults.environment.FaultTestEnvironment;
import studbook.faults.environment.WorkerProcess;

/** A plan that takes long, as one of millions of horses does. */
class LongPlanTest {

  @TempDir Path folder;

  /** Takes as long as a heartbeat, five seconds. */
  @Test
  void aProcessThatPlansSendsItsHeartbeat() throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(40, folder);
        Handle blocker = environment.jdbi().open()) {
      assertThat(environment.cli.run("init").code()).isZero();
      blocker.begin();
      blocker.execute("LOCK TABLE studbook.run_event IN ACCESS EXCLUSIVE MODE");
      WorkerProcess process = environment.start("backfill", "--rate", "unlimited");
      Await.until(
          "a second heartbeat",
          () ->
              environment.count(
                      """
                      SELECT count(*) FROM studbook.worker WHERE last_heartbeat_at > registered_at + interval '4 s'
                      """)
                  == 1);
      assertThat(environment.count("SELECT count(*) FROM studbook.run"))
          .as("still planning")
          .isZero();
      blocker.rollback();
      assertThat(process.exitCode(Duration.ofSeconds(30))).as(process.err()).isZero();
    }
  }
}
