package studbook.backfill.pause;

import java.time.Duration;
import java.util.Optional;
import studbook.model.PauseCause;

/**
 * Why work is impossible now.
 *
 * @param reason one sentence for a person, with what to do
 * @param left until it continues by itself, if known
 */
public record PauseInfo(PauseCause cause, String reason, Optional<Duration> left) {

  /** The reason, and until when if known. */
  public String sentence() {
    return left.map(wait -> reason + ", " + wait.toSeconds() + " s to go").orElse(reason);
  }
}
