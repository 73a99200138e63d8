package studbook.notification;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import studbook.model.SafeText;

/**
 * A message as it is sent.
 *
 * @param id the same in every attempt, so that a receiver can discard repetitions
 * @param event name of a {@link NotificationEvent}
 * @param text one printable line
 */
public record NotificationMessage(
    UUID id, String event, Optional<Long> runId, Instant occurredAt, String text) {

  private static final int LONGEST = 1_000;

  public NotificationMessage {
    text = SafeText.excerpt(text, LONGEST);
  }
}
