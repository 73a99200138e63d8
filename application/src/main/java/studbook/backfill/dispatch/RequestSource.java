package studbook.backfill.dispatch;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import studbook.ratelimit.NextPermit;
import studbook.ratelimit.RateLimiter;

/** Has requests to send. The dispatcher's thread takes them; responses arrive on any thread. */
public interface RequestSource {

  /** A request that waits for its permit. */
  interface QueuedRequest {

    /**
     * Sends it and handles the response.
     *
     * @throws InterruptedException if the run is stopped
     * @throws RuntimeException if the database is unavailable: then it is requeued
     */
    void run(NextPermit.Permit permit, RateLimiter limiter) throws InterruptedException;

    /** It was not sent; it comes first the next time. */
    void requeue();
  }

  /**
   * The next request that can be sent now; empty if there is none.
   *
   * @throws RuntimeException if the database is unavailable
   */
  Optional<QueuedRequest> poll() throws InterruptedException;

  /** Whether later sources have to wait although this one has no request now. */
  default boolean blocksLaterSources() {
    return false;
  }

  /** The time until a delayed request is due; empty if none is delayed. */
  default Optional<Duration> nextDueIn() {
    return Optional.empty();
  }

  /** Requests that may be in flight at once. */
  int concurrency();

  /** This source, of which nothing is sent while {@code suspended}. */
  default RequestSource unless(BooleanSupplier suspended) {
    RequestSource source = this;
    return new RequestSource() {
      @Override
      public Optional<QueuedRequest> poll() throws InterruptedException {
        return suspended.getAsBoolean() ? Optional.empty() : source.poll();
      }

      @Override
      public boolean blocksLaterSources() {
        return !suspended.getAsBoolean() && source.blocksLaterSources();
      }

      @Override
      public Optional<Duration> nextDueIn() {
        return suspended.getAsBoolean() ? Optional.empty() : source.nextDueIn();
      }

      @Override
      public int concurrency() {
        return source.concurrency();
      }
    };
  }
}
