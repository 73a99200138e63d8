package studbook.backfill;

import java.time.Duration;
import java.util.Optional;
import studbook.store.PauseCause;

/**
 * Why nothing can be done just now.
 *
 * @param reason one sentence for a person, with what to do
 * @param left until it goes on by itself, where that is known
 */
record Pause(PauseCause cause, String reason, Optional<Duration> left) {

  /** The reason, and until when where that is known. */
  String sentence() {
    return left.map(wait -> reason + ", " + wait.toSeconds() + " s to go").orElse(reason);
  }
}
