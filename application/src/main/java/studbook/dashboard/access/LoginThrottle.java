package studbook.dashboard.access;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import studbook.time.Ticker;

/**
 * Slows the guessing of passwords. After five failures of an account, or of an address, each
 * further one doubles the wait before the next try, up to 15 minutes. Attempts in the meantime are
 * refused without a look at the password. Safe for many threads.
 */
public final class LoginThrottle {

  private static final int FREE_FAILURES = 5;
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

  /** Older failures are forgotten. */
  private static final Duration MEMORY = Duration.ofHours(1);

  /** Accounts and addresses that are remembered, so that an attack cannot fill the memory. */
  private static final int MOST_KEYS = 10_000;

  private final Ticker ticker;
  private final Map<String, FailedLogins> failures =
      new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, FailedLogins> eldest) {
          return size() > MOST_KEYS;
        }
      };

  private record FailedLogins(int count, long lastAt) {

    Duration delay() {
      if (count < FREE_FAILURES) {
        return Duration.ZERO;
      }
      Duration doubled = FIRST_WAIT.multipliedBy(1L << Math.min(count - FREE_FAILURES, 20));
      return doubled.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : doubled;
    }
  }

  public LoginThrottle(Ticker ticker) {
    this.ticker = ticker;
  }

  /** The time to wait before a login of the account from the address; empty if none. */
  public synchronized Optional<Duration> delay(String account, String address) {
    Duration account0 = remaining(accountKey(account));
    Duration address0 = remaining(addressKey(address));
    Duration longer = account0.compareTo(address0) > 0 ? account0 : address0;
    return longer.isPositive() ? Optional.of(longer) : Optional.empty();
  }

  private Duration remaining(String key) {
    FailedLogins failed = failures.get(key);
    if (failed == null) {
      return Duration.ZERO;
    }
    return failed.delay().minusNanos(ticker.nanos() - failed.lastAt());
  }

  /** A login failed. */
  public synchronized void onFailure(String account, String address) {
    fail(accountKey(account));
    fail(addressKey(address));
  }

  private void fail(String key) {
    long now = ticker.nanos();
    FailedLogins before = failures.get(key);
    int earlier = before == null || now - before.lastAt() > MEMORY.toNanos() ? 0 : before.count();
    failures.put(key, new FailedLogins(earlier + 1, now));
  }

  /** A login succeeded. The address keeps its failures: it may have guessed other accounts. */
  public synchronized void onSuccess(String account) {
    failures.remove(accountKey(account));
  }

  private static String accountKey(String account) {
    return "account " + account;
  }

  private static String addressKey(String address) {
    return "address " + address;
  }
}
