package studbook.backfill.worker;

import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.store.database.DatabaseRetry;
import studbook.store.run.WorkerRepository;
import studbook.store.work.LeaseConfig;
import studbook.time.Sleeper;

/**
 * Sends the heartbeat of a process that plans: planning millions of horses takes minutes, after
 * which other hosts would consider the run's owner dead. Closing ends it.
 */
public final class PlanningHeartbeat implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(PlanningHeartbeat.class);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(1);

  private final Thread thread;

  private PlanningHeartbeat(Thread thread) {
    this.thread = thread;
  }

  /** Sends one every five seconds. */
  public static PlanningHeartbeat start(
      WorkerRepository workerRepository, UUID worker, Sleeper sleeper) {
    return new PlanningHeartbeat(
        WorkerThreads.start(
            "planning heartbeat",
            () -> send(workerRepository, worker, sleeper),
            error -> log.error("planning without a heartbeat", error)));
  }

  private static void send(WorkerRepository workerRepository, UUID worker, Sleeper sleeper) {
    try {
      while (true) {
        sleeper.sleep(LeaseConfig.HEARTBEAT_INTERVAL);
        DatabaseRetry.attempt(
            () -> {
              workerRepository.heartbeat(worker, WorkerRepository.WorkerStatus.WAITING);
              return true;
            },
            reason -> log.debug("no heartbeat: {}", reason));
      }
    } catch (InterruptedException e) {
      log.debug("planning is over");
    }
  }

  @Override
  public void close() {
    WorkerThreads.stop(thread, STOP_TIMEOUT);
  }
}
