package studbook.service;

import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.time.Ticker;

/**
 * Whether the service works: alive while it looks for due jobs, ready while the database answers.
 * Logs the begin and the end of an outage once. Safe for many threads.
 */
public final class ServiceHealth extends AbstractSchedulerListener {

  private static final Logger log = LoggerFactory.getLogger(ServiceHealth.class);

  /** Longer than a look can take: a login may take ten seconds. */
  private static final Duration ALIVE_FOR = Duration.ofSeconds(60);

  private static final Duration READY_FOR = JobScheduler.POLLING.multipliedBy(4);

  private final Ticker ticker;
  private volatile long lastCheck;
  private volatile long lastSuccess;
  private volatile boolean failing;

  public ServiceHealth(Ticker ticker) {
    this.ticker = ticker;
    this.lastCheck = ticker.nanos();
    this.lastSuccess = ticker.nanos();
  }

  /** Whether the service still looks for due jobs, successfully or not. */
  public boolean isAlive() {
    return isRecent(lastCheck, ALIVE_FOR);
  }

  /** Whether the database has answered lately. */
  public boolean isReady() {
    return !failing && isRecent(lastSuccess, READY_FOR);
  }

  private boolean isRecent(long ticks, Duration span) {
    return ticker.nanos() - ticks < span.toNanos();
  }

  @Override
  public void onSchedulerEvent(SchedulerEventType type) {
    switch (type) {
      case RAN_EXECUTE_DUE -> succeeded();
      case UNEXPECTED_ERROR -> failed();
      default -> {}
    }
  }

  private void succeeded() {
    lastCheck = ticker.nanos();
    lastSuccess = lastCheck;
    if (failing) {
      failing = false;
      log.info("the schedules are read again");
    }
  }

  private void failed() {
    lastCheck = ticker.nanos();
    if (!failing) {
      failing = true;
      log.warn("the schedules cannot be read; the service keeps trying");
    }
  }
}
