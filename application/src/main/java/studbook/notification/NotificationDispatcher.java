package studbook.notification;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.store.notification.NotificationRepository;
import studbook.store.notification.PendingNotification;

/**
 * Sends what the database has to notify. Events of runs are found there; others are added. Every
 * process may call it: each notification is sent by one of them, at least once, also after a crash,
 * and with the same id in every attempt. Safe for many threads.
 */
public final class NotificationDispatcher {

  private static final Logger log = LoggerFactory.getLogger(NotificationDispatcher.class);

  /** Longer than the time-outs of a channel together. */
  private static final Duration LEASE = Duration.ofMinutes(2);

  private static final Duration FIRST_DELAY = Duration.ofSeconds(10);
  private static final Duration LONGEST_DELAY = Duration.ofHours(1);

  /** Over a day. */
  private static final int MOST_ATTEMPTS = 32;

  /** Per call, so that other work of the caller is not delayed for long. */
  private static final int MOST_SENT = 20;

  private final NotificationRepository repository;
  private final List<NotificationChannel> channels;
  private final List<String> names;

  public NotificationDispatcher(Jdbi jdbi, List<NotificationChannel> channels) {
    this.repository = new NotificationRepository(jdbi);
    this.channels = List.copyOf(channels);
    this.names = channels.stream().map(NotificationChannel::name).toList();
  }

  /**
   * Adds an event that is no event of a run.
   *
   * @param key tells it from others; an event that was added before is not added again
   */
  public void add(NotificationEvent event, String key, Optional<Long> run, String text) {
    repository.add(event.text() + " " + key, event.text(), run, text, names);
  }

  /** Finds new events and sends what is due. Does nothing without channels. */
  public void tick() throws InterruptedException {
    if (channels.isEmpty()) {
      return;
    }
    repository.collect(names);
    repository.collectReviews(names);
    for (int sent = 0; sent < MOST_SENT; sent++) {
      Optional<PendingNotification> due = repository.claim(names, LEASE);
      if (due.isEmpty()) {
        return;
      }
      send(due.get());
    }
  }

  private void send(PendingNotification due) throws InterruptedException {
    NotificationChannel channel =
        channels.stream().filter(one -> one.name().equals(due.channel())).findFirst().orElseThrow();
    try {
      channel.send(
          new NotificationMessage(due.id(), due.event(), due.run(), due.occurredAt(), due.text()));
      repository.sent(due.id());
    } catch (DeliveryException e) {
      String reason = String.valueOf(e.getMessage());
      int attempts = due.attempts() + 1;
      Optional<Duration> next =
          attempts < MOST_ATTEMPTS ? Optional.of(delay(attempts)) : Optional.empty();
      log.warn(
          "a notification ({}) was not sent: {}; {}",
          due.event(),
          reason,
          next.map(wait -> "next attempt in " + wait.toSeconds() + " s").orElse("given up"));
      repository.failed(due.id(), reason, next);
    }
  }

  /** The wait after that many failed attempts. */
  static Duration delay(int attempts) {
    Duration delay = FIRST_DELAY.multipliedBy(1L << Math.min(attempts - 1, 20));
    return delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY;
  }
}
