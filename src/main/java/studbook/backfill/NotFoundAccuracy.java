package studbook.backfill;

import java.time.Duration;
import java.util.PriorityQueue;

/**
 * How far an answer 404 can be believed. A server may answer 404 at random for horses that exist,
 * so a 404 needs confirmation: the same horse, or others that were not found later, must be
 * answered 404 a second time. How many confirmations are needed follows from the share of 404s
 * among the last 50 or so answers, since no more of them than that can be wrong. Arithmetic only;
 * not safe for threads.
 */
final class NotFoundAccuracy {

  /** Chance that a horse which exists is settled as not found: one in 50,000. */
  private static final double ACCEPTED_ERROR = 2e-5;

  private static final double USUAL_SHARE = 0.02;
  private static final double SUSPICIOUS_SHARE = 0.25;
  private static final double LARGEST_SHARE = 0.5;

  /** Weight of an answer relative to the next one: about fifty count. */
  private static final double DECAY = 0.98;

  /** Horses in a row, not found at the second request, after which a wrong 404 is forgotten. */
  private static final int RELIABLE_AGAIN = 100;

  /** More than are ever needed. */
  private static final int KEPT = 32;

  private static final int PERSISTENT = 100;
  private static final Duration PERSISTENT_FOR = Duration.ofMinutes(1);

  private double answers;
  private double notFound;
  private int horsesNotFound;

  /** The numbers of the horses that were confirmed, the latest only. */
  private final PriorityQueue<Integer> confirmed = new PriorityQueue<>();

  private int confirmationsInARow;
  private boolean anyWrong;
  private int wrongSincePause;
  private long firstWrong;

  /** A horse was found at the first request. */
  void found() {
    count(0);
  }

  /** A horse was not found at the first request. */
  void notFound() {
    horsesNotFound++;
    count(1);
  }

  /** Horses not found at the first request so far: by this they are numbered. */
  int horsesNotFound() {
    return horsesNotFound;
  }

  private void count(double missing) {
    answers = answers * DECAY + 1;
    notFound = notFound * DECAY + missing;
  }

  /**
   * A horse that was not found before was not found again.
   *
   * @param number of the horse
   * @param first whether this is its second request: the later ones are no news of other horses
   */
  void confirmed(int number, boolean first) {
    confirmed.add(number);
    if (confirmed.size() > KEPT) {
      confirmed.remove();
    }
    if (first) {
      confirmationsInARow++;
    }
  }

  /** A horse that was not found before was found. */
  void wasWrong(long now) {
    anyWrong = true;
    confirmationsInARow = 0;
    if (wrongSincePause++ == 0) {
      firstWrong = now;
    }
  }

  /**
   * Confirmations of the horse with that number and of later ones, up to {@value #KEPT}. Those of
   * earlier ones prove nothing of it: they may have come from a time when 404s were right.
   */
  int confirmations(int number) {
    return (int) confirmed.stream().filter(one -> one >= number).count();
  }

  /** Confirmations that a 404 needs. */
  int needed() {
    double share = answers == 0 ? 1 : notFound / answers;
    double least = isUnreliable() ? SUSPICIOUS_SHARE : USUAL_SHARE;
    return (int)
        Math.ceil(Math.log(ACCEPTED_ERROR) / Math.log(Math.clamp(share, least, LARGEST_SHARE)));
  }

  /** Whether 404s were wrong recently: then the confirmations by other horses prove nothing. */
  boolean isUnreliable() {
    return anyWrong && confirmationsInARow < RELIABLE_AGAIN;
  }

  /**
   * Whether wrong 404s have come for so long that the run should pause.
   *
   * @param pauses pauses so far; each doubles the number of wrong answers that the next one takes
   */
  boolean isPersistentlyWrong(long now, int pauses) {
    return wrongSincePause >= PERSISTENT << Math.min(pauses, 16)
        && now - firstWrong >= PERSISTENT_FOR.toNanos();
  }

  /** Wrong answers since the last pause. */
  int wrongSincePause() {
    return wrongSincePause;
  }

  /** The run pauses for them. */
  void paused() {
    wrongSincePause = 0;
  }
}
