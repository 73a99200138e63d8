package studbook.backfill.pause;

import java.time.Duration;
import java.util.Optional;
import studbook.model.PauseCause;

/**
 * Why nothing can be done just now.
 *
 * @param reason one sentence for a person, with what to do
 * @param left until it goes on by itself, where that is known
 */
public record PauseInfo(PauseCause cause, String reason, Optional<Duration> left) {

  /** The reason, and until when where that is known. */
  public String sentence() {
    return left.map(wait -> reason + ", " + wait.toSeconds() + " s to go").orElse(reason);
  }
}
