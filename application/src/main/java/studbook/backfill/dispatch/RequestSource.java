package studbook.backfill.dispatch;

import java.time.Duration;
import java.util.Optional;
import studbook.ratelimit.NextPermit;
import studbook.ratelimit.RateLimiter;

/** Something that a lane asks the API for. Its lane's thread takes; answers come on any thread. */
public interface RequestSource {

  /** One request that waits for its slot. */
  interface QueuedRequest {

    /**
     * Sends it in {@code slot} and deals with the answer.
     *
     * @throws InterruptedException where the run is stopped meanwhile
     * @throws RuntimeException where the database is unavailable: it is put back then
     */
    void run(NextPermit.Permit slot, RateLimiter pacer) throws InterruptedException;

    /** No slot was to be had; it comes first the next time. */
    void putBack();
  }

  /**
   * The next request that may leave now; empty where there is none just now.
   *
   * @throws RuntimeException where the database is away
   */
  Optional<QueuedRequest> next() throws InterruptedException;

  /** Whether what comes behind this agenda has to wait although there is no errand just now. */
  boolean holdsOthers();

  /** How long until an errand that waits is due; empty where none waits. */
  Optional<Duration> dueIn();

  /** Requests that may be under way at once. */
  int concurrency();
}
