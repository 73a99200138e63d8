package studbook.backfill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import studbook.store.PauseCause;
import studbook.time.Ticker;

/**
 * Horses without a detailed profile, held until the API has shown that it still knows others: an
 * endpoint that moved answers 404 for every horse, and would settle them all as not found or basic.
 * A horse that is found, asked for after their answers had come, sets them free. After many in a
 * row a horse that is known to exist is asked for ({@link Reference}): if that is found they are
 * believed, if not the run pauses and they are asked again when it has healed. Safe for many
 * threads.
 */
final class Quarantine {

  /** In a row, before they are asked for once more: perhaps the endpoint had moved and was back. */
  private static final int SEVERAL = 3;

  /** In a row, before a known horse is asked for. One in thirty is usual. */
  private static final int MANY = 10;

  /** In a row, where no horse is known to exist. */
  private static final int FAR_TOO_MANY = 20;

  /** What becomes of horses that were held. */
  interface Exit {

    /** It has come to this outcome. */
    void believe(Step.Settle settle);

    /** It is asked for again, not before {@code delay} is over. */
    void askAgain(Task task, Duration delay);
  }

  /**
   * A horse that was not found.
   *
   * @param since when
   * @param followed whether a horse was found since, by an answer to an earlier request
   * @param doubtful whether the endpoint was known to have moved
   */
  private record Held(
      Task task, Step.Settle settle, long since, boolean followed, boolean doubtful) {

    Held afterOneThatWasFound() {
      return new Held(task, settle, since, true, doubtful);
    }
  }

  private final Gate gate;
  private final Exit exit;
  private final Ticker ticker;
  private final List<Held> held = new ArrayList<>();

  /** Not found since the last one that was. */
  private int inARow;

  /** How often that were several. */
  private int doubts;

  Quarantine(Gate gate, Exit exit, Ticker ticker) {
    this.gate = gate;
    this.exit = exit;
    this.ticker = ticker;
  }

  /**
   * A horse was not found.
   *
   * @param task with the request that was answered so
   * @param sent when its request left
   */
  synchronized void hold(Task task, Step.Settle settle, long sent) {
    held.add(new Held(task, settle, ticker.nanos(), false, !gate.mayBelieve(sent)));
    inARow++;
  }

  /** Horses that wait for their outcome here. */
  synchronized int size() {
    return held.size();
  }

  /** Whether it is time to ask for a horse that is known to exist. */
  synchronized boolean isSuspicious() {
    return inARow >= MANY;
  }

  /**
   * What is known of the endpoint.
   *
   * @param sent when the request left that a horse was not found in detail by
   */
  synchronized Task.Belief belief(long sent) {
    return gate.mayBelieve(sent)
        ? new Task.Belief(gate.endpointPauses(), doubts)
        : Task.Belief.NONE;
  }

  /**
   * A horse was found: those held since before are believed, unless the run was paused meanwhile.
   * Where they were several in a row, each is asked for once more.
   *
   * @param sent when its request left; the endpoint may have moved after that
   */
  synchronized void found(long sent) {
    if (inARow >= SEVERAL) {
      doubts++;
    }
    inARow = 0;
    held.removeIf(one -> {
      if (sent - one.since() < 0) {
        return false;
      }
      if (isBelieved(one)) {
        exit.believe(one.settle());
      } else {
        exit.askAgain(one.task().anew(), Duration.ZERO);
      }
      return true;
    });
    held.replaceAll(Held::afterOneThatWasFound);
  }

  /**
   * No more is asked, so none that is found can come: those that one was found after are believed,
   * though it was asked for before. Sooner they are not, since an endpoint that moves answers what
   * is under way in any order.
   */
  synchronized void believeFollowed() {
    held.removeIf(one -> {
      boolean believed = one.followed() && isBelieved(one);
      if (believed) {
        exit.believe(one.settle());
      }
      return believed;
    });
  }

  private boolean isBelieved(Held one) {
    Task.Belief belief = one.task().belief();
    return !one.doubtful()
        && belief.pauses() == gate.endpointPauses()
        && (one.task().secondTime() || belief.doubts() == doubts);
  }

  /** No horse is known that could tell: they are as they are. */
  synchronized void believeAll() {
    held.forEach(one -> exit.believe(one.settle()));
    held.clear();
    inARow = 0;
  }

  /** A horse that is known to exist was not found either. */
  synchronized void endpointMoved() {
    pause("The Racing API answers 404 for a horse that it knew");
  }

  /** No horse is known that could tell: many in a row pause the run, more each time. */
  synchronized void nobodyCanTell() {
    if (inARow >= FAR_TOO_MANY << Math.min(gate.endpointPauses(), 20)) {
      pause("The Racing API answers 404 for each of %d horses".formatted(inARow));
    }
  }

  private void pause(String reason) {
    gate.shut(PauseCause.ENDPOINT, reason + ": look at RACING_API_BASE_URL");
  }
}
