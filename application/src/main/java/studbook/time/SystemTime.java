package studbook.time;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;

/** The machine's time. The only class that reads the real clocks and sleeps. */
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

  /** The wall clock in the user's zone, for times that are displayed or stored. */
  public static Clock clock() {
    return Clock.system(ZoneId.systemDefault());
  }
}
