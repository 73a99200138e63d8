package studbook.ratelimit;

import java.time.Duration;
import studbook.time.Rate;

/**
 * The window of a rate: n = ⌈r⌉ permits in n/r seconds, so that 2.5 a second are 3 in 1.2 seconds.
 * An unlimited rate acquires no permits; its window only spaces what a 429 asks for.
 *
 * @param permits n
 * @param micros length in microseconds
 */
record PermitWindow(int permits, long micros) {

  static PermitWindow of(Rate rate) {
    if (rate.isUnlimited()) {
      return new PermitWindow(1, 1_000_000);
    }
    int permits = (int) Math.ceil(rate.perSecond());
    return new PermitWindow(permits, Math.round(permits * 1_000_000.0 / rate.perSecond()));
  }

  Duration length() {
    return Duration.ofNanos(micros * 1_000);
  }
}
