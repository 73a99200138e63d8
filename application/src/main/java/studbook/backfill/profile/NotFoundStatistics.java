package studbook.backfill.profile;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Whether answers 404 can be true, by their share among the answers to first requests. One in
 * thirty is usual. A share that is significantly larger among the last hundred is checked: horses
 * that were not found are requested again. Where twelve in a row are not found again, the share is
 * true. Where one is found, a server answers 404 at random, and each 404 needs several more of its
 * own horse until a hundred answers in a row have shown no further error. Arithmetic only; not safe
 * for threads.
 */
public final class NotFoundStatistics {

  /**
   * Answers after a 404 that tell whether it came in a time of many. A server that begins to answer
   * one in four horses 404 is noticed within so many answers, except one time in a thousand.
   */
  static final int NEIGHBOURS = 80;

  private static final int WINDOW = 100;
  private static final double USUAL = 1.0 / 30;

  /** Probability of so many 404s at the usual share below which the share counts as larger. */
  private static final double SIGNIFICANT = 1e-3;

  /** Horses in a row, not found again, that prove a share. */
  private static final int CONFIRMATIONS = 12;

  /** Probability that a horse which exists is settled as not found while 404s are random. */
  private static final double ACCEPTED_ERROR = 2e-5;

  /** Of random 404s: a smaller share may grow, and a larger one pauses the run. */
  private static final double SMALLEST_RANDOM = 0.25;

  private static final double LARGEST_RANDOM = 0.5;

  /** Answers in a row without a wrong 404 after which 404s are reliable again. */
  private static final int RELIABLE_AGAIN = 100;

  private static final int MOST_DOUBLINGS = 16;

  private enum TrustLevel {
    USUAL,
    /** More 404s than usual: whether they are true is being checked. */
    CHECKED,
    /** Some were wrong. */
    UNRELIABLE
  }

  /**
   * Wrong 404s after which they count as persistent.
   *
   * @param answers at least so many; each pause doubles the number
   * @param span from the first to the last at least
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

  /** The first answer for a horse. */
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

  /** A horse that was not found before was not found again. */
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

  /** The endpoint was gone: the answers of late tell nothing of the share. */
  void forgetAnswers() {
    window.clear();
    notFound = 0;
    usual = USUAL;
    if (trust == TrustLevel.CHECKED) {
      trust = TrustLevel.USUAL;
    }
  }

  /** First answers so far. */
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

  /** Whether 404s were wrong of late. */
  boolean isUnreliable() {
    return trust == TrustLevel.UNRELIABLE;
  }

  /** Answers 404 in a row, each to a request of its own, that a horse needs to be not found. */
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

  /** Whether wrong 404s have come for so long that the run should pause. */
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

  /** Probability of {@code k} or more of {@code n} where each comes with probability {@code p}. */
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
