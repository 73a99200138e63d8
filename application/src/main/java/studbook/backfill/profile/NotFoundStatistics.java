package studbook.backfill.profile;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Decides whether 404s can be true, by their share among first responses. One in thirty is usual. A
 * significantly larger share among the last hundred is checked: horses that were not found are
 * requested again. Twelve consecutive confirmations prove the share. If one horse is found, a
 * server answers 404 at random, and each 404 needs several more of its own horse until a hundred
 * responses in a row have shown no further error. Arithmetic only; not thread-safe.
 */
public final class NotFoundStatistics {

  /**
   * Responses after a 404 that show whether it is one of many. A server that begins to answer one
   * in four horses 404 is detected within this many responses, except one time in a thousand.
   */
  static final int NEIGHBOURS = 80;

  private static final int WINDOW = 100;
  private static final double USUAL = 1.0 / 30;

  /**
   * The probability of this many 404s at the usual share below which the share counts as larger.
   */
  private static final double SIGNIFICANT = 1e-3;

  /** Consecutive confirmations that prove a share. */
  private static final int CONFIRMATIONS = 12;

  /** The probability that an existing horse is completed as not found while 404s are random. */
  private static final double ACCEPTED_ERROR = 2e-5;

  /**
   * Assumed minimum share of random 404s: a smaller one may grow, and a larger one pauses the run.
   */
  private static final double SMALLEST_RANDOM = 0.25;

  private static final double LARGEST_RANDOM = 0.5;

  /** Consecutive responses without a wrong 404 after which 404s are reliable again. */
  private static final int RELIABLE_AGAIN = 100;

  private static final int MOST_DOUBLINGS = 16;

  private enum TrustLevel {
    USUAL,
    /** More 404s than usual: they are being checked. */
    CHECKED,
    /** Some were wrong. */
    UNRELIABLE
  }

  /**
   * When wrong 404s count as persistent.
   *
   * @param answers minimum number of wrong 404s; each pause doubles it
   * @param span minimum time from the first to the last
   */
  public record PersistenceRule(int answers, Duration span) {

    public static final PersistenceRule USUAL = new PersistenceRule(100, Duration.ofMinutes(1));
  }

  private final PersistenceRule persistence;
  private final Deque<Boolean> window = new ArrayDeque<>();
  private int notFound;
  private long answers;
  private double usual = USUAL;
  private TrustLevel trust = TrustLevel.USUAL;
  private int confirmed;
  private int sinceWrong;
  private int wrong;
  private long firstWrong;
  private int pauses;

  NotFoundStatistics(PersistenceRule persistence) {
    this.persistence = persistence;
  }

  /** The first response for a horse. */
  void answeredFirst(boolean found) {
    answers++;
    window.addLast(found);
    notFound += found ? 0 : 1;
    if (window.size() > WINDOW && !window.removeFirst()) {
      notFound--;
    }
    if (share() <= USUAL) {
      usual = USUAL;
    }
    countReliable();
    if (trust == TrustLevel.USUAL && tail(window.size(), notFound, usual) < SIGNIFICANT) {
      trust = TrustLevel.CHECKED;
      confirmed = 0;
    }
  }

  /** A horse that was not found before was again not found. */
  void confirmed() {
    countReliable();
    confirmed++;
    if (trust == TrustLevel.CHECKED && confirmed >= CONFIRMATIONS) {
      trust = TrustLevel.USUAL;
      usual = Math.max(USUAL, share());
    }
  }

  /** A horse that was not found before was found: its 404 was wrong. */
  void wasWrong(long now) {
    trust = TrustLevel.UNRELIABLE;
    sinceWrong = 0;
    if (wrong++ == 0) {
      firstWrong = now;
    }
  }

  private void countReliable() {
    sinceWrong++;
    if (trust == TrustLevel.UNRELIABLE && sinceWrong >= RELIABLE_AGAIN) {
      trust = TrustLevel.USUAL;
      wrong = 0;
    }
  }

  /** The endpoint had moved: recent responses do not count for the share. */
  void forgetAnswers() {
    window.clear();
    notFound = 0;
    usual = USUAL;
    if (trust == TrustLevel.CHECKED) {
      trust = TrustLevel.USUAL;
    }
  }

  /** First responses so far. */
  long answers() {
    return answers;
  }

  private double share() {
    return window.isEmpty() ? 0 : (double) notFound / window.size();
  }

  /** Whether there are more 404s than usual and it is not known yet whether they are true. */
  boolean isChecked() {
    return trust == TrustLevel.CHECKED;
  }

  /** Whether 404s were wrong recently. */
  boolean isUnreliable() {
    return trust == TrustLevel.UNRELIABLE;
  }

  /** Consecutive 404s of its own that a horse needs to be not found. */
  int needed() {
    return switch (trust) {
      case USUAL -> 1;
      case CHECKED -> 2;
      case UNRELIABLE -> {
        double random = Math.clamp(share(), SMALLEST_RANDOM, LARGEST_RANDOM);
        yield (int) Math.ceil(Math.log(ACCEPTED_ERROR) / Math.log(random));
      }
    };
  }

  /** Whether wrong 404s have lasted so long that the run should pause. */
  boolean isPersistentlyWrong(long now) {
    return wrong >= (long) persistence.answers() << Math.min(pauses, MOST_DOUBLINGS)
        && now - firstWrong >= persistence.span().toNanos();
  }

  /** The run pauses for them; returns how many were wrong since the last pause. */
  int pause() {
    int since = wrong;
    wrong = 0;
    pauses++;
    return since;
  }

  /** The probability of {@code k} or more of {@code n} events with probability {@code p} each. */
  static double tail(int n, int k, double p) {
    if (k <= 0) {
      return 1;
    }
    if (p >= 1) {
      return 1; // all are expected
    }
    double one = Math.pow(1 - p, n);
    double fewer = 0;
    for (int i = 0; i < k; i++) {
      fewer += one;
      one *= (n - i) * p / ((i + 1) * (1 - p));
    }
    return Math.max(0, 1 - fewer);
  }
}
