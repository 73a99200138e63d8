package studbook.store.notification;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A notification that one process may send now.
 *
 * @param id the same in every attempt
 * @param channel {@code webhook}, {@code mail}
 * @param event its name in the database
 * @param text may contain anything
 * @param attempts earlier ones
 */
public record PendingNotification(
    UUID id,
    String channel,
    String event,
    Optional<Long> run,
    Instant occurredAt,
    String text,
    int attempts) {}
