package studbook.backfill.profile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import studbook.backfill.pause.RequestGate;
import studbook.time.Ticker;

/**
 * Horses whose last request failed, held until the responses for other horses show the cause. An
 * error is charged once another horse gets a good response. A refusal (401, 403, 429) is charged
 * once 20 others have a response and at most one in fifty of them was refused; this number doubles
 * with each refusal of the horse, so that several such horses do not excuse each other. If the API
 * failed for all meanwhile, it does not count. Safe for many threads.
 */
public final class UnconfirmedFailures {

  private static final int RESPONSES_FOR_A_REFUSAL = 20;
  private static final int MAX_DOUBLINGS = 6;
  private static final int ONE_REFUSED_IN = 50;

  /**
   * Maximum excused failures of a horse. A horse that always fails, with others of its kind, looks
   * like an outage each time; it must be completed all the same.
   */
  private static final int MAX_EXCUSED = 5;

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
      return answered > 0 && answered + refused >= required();
    }

    private int required() {
      return failed.refused()
          ? RESPONSES_FOR_A_REFUSAL << Math.min(task().failed().refusals() - 1, MAX_DOUBLINGS)
          : 1;
    }

    boolean othersAreRefused() {
      return failed.refused() && refused * ONE_REFUSED_IN > answered + refused;
    }
  }

  private final RequestGate gate;
  private final NotFoundConfirmer.ConfirmationCallback callback;
  private final Ticker ticker;
  private final List<UnconfirmedFailure> held = new ArrayList<>();

  public UnconfirmedFailures(
      RequestGate gate, NotFoundConfirmer.ConfirmationCallback callback, Ticker ticker) {
    this.gate = gate;
    this.callback = callback;
    this.ticker = ticker;
  }

  /** A request failed while the API was available. */
  synchronized void hold(HorseAction.Failed failed) {
    if (failed.refused()) {
      held.forEach(unconfirmed -> unconfirmed.refused++);
    }
    held.add(new UnconfirmedFailure(failed, ticker.nanos()));
  }

  /** Horses that wait here. */
  public synchronized int size() {
    return held.size();
  }

  /**
   * Another horse has a response.
   *
   * @param sent when its request was sent; it says nothing about a later failure
   */
  synchronized void onResponse(long sent) {
    held.stream()
        .filter(unconfirmed -> sent - unconfirmed.since >= 0)
        .forEach(unconfirmed -> unconfirmed.answered++);
    release(UnconfirmedFailure::isJudged, UnconfirmedFailure::othersAreRefused);
  }

  /**
   * A canary request has a response, and nothing else is left to request.
   *
   * @param sent when its request was sent
   */
  synchronized void onLastResponse(long sent) {
    release(unconfirmed -> sent - unconfirmed.since >= 0, _ -> false);
  }

  private void release(
      Predicate<UnconfirmedFailure> judged, Predicate<UnconfirmedFailure> excused) {
    for (UnconfirmedFailure released : remove(judged)) {
      if (isOutage(released)) {
        callback.retry(released.task().excused(), Duration.ZERO);
      } else if (excused.test(released)) {
        callback.retry(released.task(), Duration.ZERO);
      } else {
        charge(released.failed.action());
      }
    }
  }

  private List<UnconfirmedFailure> remove(Predicate<UnconfirmedFailure> condition) {
    List<UnconfirmedFailure> removed = held.stream().filter(condition).toList();
    held.removeAll(removed);
    return removed;
  }

  private void charge(HorseAction.FinalAction action) {
    switch (action) {
      case HorseAction.Complete complete -> callback.accept(complete);
      case HorseAction.Retry(HorseTask task, Duration delay, var _) -> callback.retry(task, delay);
    }
  }

  private boolean isOutage(UnconfirmedFailure unconfirmed) {
    return isExcusable(unconfirmed) && !gate.wasAvailableSince(unconfirmed.since);
  }

  private static boolean isExcusable(UnconfirmedFailure unconfirmed) {
    return unconfirmed.task().failed().excused() < MAX_EXCUSED;
  }

  /** The API fails for all: the failures do not count, and the horses serve as probes. */
  public synchronized void excuseAll() {
    remove(UnconfirmedFailures::isExcusable)
        .forEach(unconfirmed -> callback.retry(unconfirmed.task().excused(), Duration.ZERO));
  }

  /** No horse can serve as a canary: all are requested again. */
  synchronized void retryAll() {
    remove(_ -> true).forEach(unconfirmed -> callback.retry(unconfirmed.task(), Duration.ZERO));
  }
}
