package studbook.backfill;

import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.racingapi.Pacer;
import studbook.racingapi.Turn;

/** What is done about a 429. */
final class Throttling {

  private static final Logger log = LoggerFactory.getLogger(Throttling.class);

  private Throttling() {}

  /** Tells the budget, and the log where the rate is lowered. */
  static void tell(Pacer pacer, Turn.Slot slot, Optional<Duration> retryAfter) {
    pacer
        .throttled(slot, retryAfter)
        .reducedUntil()
        .ifPresent(
            until -> log.warn("429 three times in ten seconds: 0.7 of the rate until {}", until));
  }
}
