package studbook.time;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;

/** The machine's own time. The only place where the real clocks are read and a thread sleeps. */
public final class SystemTime {

  private SystemTime() {}

  /** The JVM's monotonic clock. */
  public static Ticker ticker() {
    return System::nanoTime;
  }

  /** Parks the calling thread, virtual or not. */
  public static Sleeper sleeper() {
    return (Duration duration) -> {
      if (duration.isPositive()) {
        Thread.sleep(duration);
      }
    };
  }

  /** The wall clock in the person's zone, for times that are shown or stored. */
  public static Clock clock() {
    return Clock.system(ZoneId.systemDefault());
  }
}
