package studbook.backfill.profile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import studbook.backfill.pause.RequestGate;
import studbook.time.Ticker;

/**
 * Horses whose last request failed, held until the answers for other horses show whose fault it
 * was. An error is the horse's own once another horse is answered well. A refusal (401, 403, 429)
 * is its own once 20 others were answered and at most one in fifty of them was refused; this number
 * doubles with each refusal of the horse, so that several such horses do not excuse each other.
 * Where the API failed for all meanwhile, nothing is charged. Safe for many threads.
 */
public final class UnconfirmedFailures {

  private static final int ANSWERS_FOR_A_REFUSAL = 20;
  private static final int MOST_DOUBLINGS = 6;
  private static final int ONE_REFUSED_IN = 50;

  /**
   * Failures of a horse that are given back. A horse that always fails, with others of its kind,
   * looks like an outage each time; it must come to its outcome all the same.
   */
  private static final int MOST_GIVEN_BACK = 5;

  private static final class UnconfirmedFailure {

    private final HorseAction.Failed failed;
    private final long since;
    private int answered;
    private int refused;

    UnconfirmedFailure(HorseAction.Failed failed, long since) {
      this.failed = failed;
      this.since = since;
    }

    HorseTask task() {
      return failed.uncharged().task();
    }

    boolean isJudged() {
      return answered > 0 && answered + refused >= needed();
    }

    private int needed() {
      return failed.refused()
          ? ANSWERS_FOR_A_REFUSAL << Math.min(task().failed().refusals() - 1, MOST_DOUBLINGS)
          : 1;
    }

    boolean othersAreRefused() {
      return failed.refused() && refused * ONE_REFUSED_IN > answered + refused;
    }
  }

  private final RequestGate gate;
  private final NotFoundConfirmer.ConfirmationCallback exit;
  private final Ticker ticker;
  private final List<UnconfirmedFailure> held = new ArrayList<>();

  public UnconfirmedFailures(
      RequestGate gate, NotFoundConfirmer.ConfirmationCallback exit, Ticker ticker) {
    this.gate = gate;
    this.exit = exit;
    this.ticker = ticker;
  }

  /** A request failed while the API seemed to be well. */
  synchronized void hold(HorseAction.Failed failed) {
    if (failed.refused()) {
      held.forEach(one -> one.refused++);
    }
    held.add(new UnconfirmedFailure(failed, ticker.nanos()));
  }

  /** Horses that wait here. */
  public synchronized int size() {
    return held.size();
  }

  /**
   * Another horse was answered.
   *
   * @param sent when its request left; it says nothing of a failure that came later
   */
  synchronized void answered(long sent) {
    held.stream().filter(one -> sent - one.since >= 0).forEach(one -> one.answered++);
    leave(UnconfirmedFailure::isJudged, UnconfirmedFailure::othersAreRefused);
  }

  /**
   * A horse that is known to exist was answered, and nothing else is left to ask for: no more
   * answers can come.
   *
   * @param sent when its request left
   */
  synchronized void answeredLast(long sent) {
    leave(one -> sent - one.since >= 0, _ -> false);
  }

  private void leave(Predicate<UnconfirmedFailure> judged, Predicate<UnconfirmedFailure> excused) {
    List<UnconfirmedFailure> leaving = held.stream().filter(judged).toList();
    held.removeAll(leaving);
    for (UnconfirmedFailure one : leaving) {
      if (isOutage(one)) {
        exit.askAgain(one.task().givenBack(), Duration.ZERO);
      } else if (excused.test(one)) {
        exit.askAgain(one.task(), Duration.ZERO);
      } else {
        charge(one.failed.charged());
      }
    }
  }

  private void charge(HorseAction.FinalAction charged) {
    switch (charged) {
      case HorseAction.Complete settle -> exit.believe(settle);
      case HorseAction.Retry(HorseTask task, Duration delay, var _) -> exit.askAgain(task, delay);
    }
  }

  private boolean isOutage(UnconfirmedFailure one) {
    return isGivenBack(one) && !gate.wasAvailableSince(one.since);
  }

  private static boolean isGivenBack(UnconfirmedFailure one) {
    return one.task().failed().givenBack() < MOST_GIVEN_BACK;
  }

  /** The API fails for all: the failures are not charged, and the horses serve as probes. */
  public synchronized void giveBack() {
    List<UnconfirmedFailure> leaving =
        held.stream().filter(UnconfirmedFailures::isGivenBack).toList();
    held.removeAll(leaving);
    leaving.forEach(one -> exit.askAgain(one.task().givenBack(), Duration.ZERO));
  }

  /** No horse is known that could tell whose fault it is: they are asked for again. */
  synchronized void nobodyCanTell() {
    List<UnconfirmedFailure> leaving = List.copyOf(held);
    held.clear();
    leaving.forEach(one -> exit.askAgain(one.task(), Duration.ZERO));
  }
}
