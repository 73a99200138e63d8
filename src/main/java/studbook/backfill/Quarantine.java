package studbook.backfill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import studbook.store.LedgerState;
import studbook.store.PauseCause;
import studbook.time.Ticker;

/**
 * Horses without a detailed profile, held until the answer can be believed. An endpoint that moved
 * answers 404 for every horse: a horse that is found later releases those held. After many in a row
 * a horse that is known to exist is asked for ({@link Reference}): if that is not found either, the
 * run pauses, and all are asked for again. A server that is wrong at random answers 404 for some:
 * one in eight is asked for again, and none is believed before enough of these were not found a
 * second time ({@link NotFoundAccuracy}). Once a 404 was wrong, each horse must be confirmed by its
 * own requests. Safe for many threads.
 */
final class Quarantine {

  /** In a row, before they are asked for once more: perhaps the endpoint had moved and was back. */
  private static final int SEVERAL = 3;

  /** In a row, before a known horse is asked for. One in thirty is usual. */
  private static final int MANY = 10;

  /** In a row, where no horse is known to exist. */
  private static final int FAR_TOO_MANY = 20;

  /** One in so many is asked for again, to see whether 404s are true. */
  private static final int SAMPLED_IN = 8;

  /** Before a horse is asked for again; doubles with each round. */
  private static final Duration FIRST_WAIT = Duration.ofMillis(250);

  private static final int MOST_DOUBLINGS = 3;

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

  private enum Verdict {
    BELIEVED,
    /** The endpoint had moved: what it answered counts for nothing. */
    VOID,
    /** It must be asked for again itself. */
    REPEAT,
    /** Other horses may confirm it. */
    UNCONFIRMED
  }

  private final Gate gate;
  private final Exit exit;
  private final Ticker ticker;
  private final List<Held> held = new ArrayList<>();

  /** Not found since the last one that was. */
  private int inARow;

  /** How often that were several. */
  private int doubts;

  private final NotFoundAccuracy accuracy = new NotFoundAccuracy();

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
   * @param known whether it is known to exist: then it is asked for again in any case
   */
  synchronized void hold(Task task, Step.Settle settle, long sent, boolean known) {
    inARow++;
    boolean doubtful = !gate.mayBelieve(sent);
    if (!doubtful && isCounted(task, settle, known)) {
      repeat(task, settle);
    } else {
      held.add(new Held(task, better(task, settle), ticker.nanos(), false, doubtful));
    }
  }

  /** Returns whether the horse is to be asked for again at once. */
  private boolean isCounted(Task task, Step.Settle settle, boolean known) {
    if (task.rounds() == 0) {
      accuracy.notFound();
      return accuracy.horsesNotFound() % SAMPLED_IN == 1 || known;
    }
    boolean basic = settle.outcome().state() == LedgerState.BASIC;
    if (basic == task.earlier().basic().isPresent()) {
      accuracy.confirmed(task.belief().number(), task.rounds() == 1);
    } else {
      wasWrong();
    }
    return false;
  }

  /** Where one of its rounds found a basic profile, the others were wrong. */
  private static Step.Settle better(Task task, Step.Settle settle) {
    return settle.outcome().state() == LedgerState.BASIC
        ? settle
        : task.earlier()
            .basic()
            .map(basic ->
                new Step.Settle(basic.outcome().afterRequests(task.requests()), basic.errors()))
            .orElse(settle);
  }

  private void repeat(Task task, Step.Settle settle) {
    exit.askAgain(
        task.nextRound(settle),
        FIRST_WAIT.multipliedBy(1L << Math.min(task.rounds(), MOST_DOUBLINGS)));
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
   * @param task as it was sent
   * @param sent when the request left that a horse was not found in detail by
   */
  synchronized Task.Belief belief(Task task, long sent) {
    if (!gate.mayBelieve(sent)) {
      return Task.Belief.NONE;
    }
    boolean counts = task.rounds() > 0 && task.belief().pauses() == gate.endpointPauses();
    int number = counts ? task.belief().number() : accuracy.horsesNotFound();
    return new Task.Belief(gate.endpointPauses(), doubts, number);
  }

  /**
   * A horse was found: those held since before are believed where they are confirmed, unless the
   * run was paused meanwhile. Where they were several in a row, each is asked for once more.
   *
   * @param task as it was sent
   * @param sent when its request left; the endpoint may have moved after that
   */
  synchronized void found(Task task, long sent) {
    if (task.rounds() == 0) {
      accuracy.found();
    } else if (task.belief().pauses() == gate.endpointPauses()) {
      wasWrong();
    }
    release(sent, 0);
  }

  private void wasWrong() {
    long now = ticker.nanos();
    accuracy.wasWrong(now);
    if (accuracy.isPersistentlyWrong(now, gate.endpointPauses())) {
      int wrong = accuracy.wrongSincePause();
      accuracy.paused();
      gate.shut(
          PauseCause.ENDPOINT,
          "The Racing API answers 404 at random: %d horses were found when they were asked for again"
              .formatted(wrong));
    }
  }

  /** A horse that is known to exist was found. */
  synchronized void referenceFound(long sent) {
    release(sent, 0);
  }

  /**
   * A horse that is known to exist was found, and nothing else is left to ask for: of those held
   * the latest are asked for again, as many as are needed to confirm all.
   */
  synchronized void referenceFoundLast(long sent) {
    release(sent, accuracy.needed());
  }

  /**
   * @param together how many of the latest confirm each other; they are asked for again where that
   *     is missing
   */
  private void release(long sent, int together) {
    if (inARow >= SEVERAL) {
      doubts++;
    }
    inARow = 0;
    List<Held> before = List.copyOf(held);
    held.clear();
    for (Held one : before) {
      switch (sent - one.since() < 0 ? Verdict.UNCONFIRMED : verdict(one, together)) {
        case BELIEVED -> exit.believe(one.settle());
        case VOID -> exit.askAgain(one.task().anew(), Duration.ZERO);
        case REPEAT -> repeat(one.task(), one.settle());
        case UNCONFIRMED -> held.add(one.afterOneThatWasFound());
      }
    }
    List<Held> latest = held.subList(Math.max(0, held.size() - together), held.size());
    latest.forEach(one -> repeat(one.task(), one.settle()));
    latest.clear();
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
    return verdict(one, 0) == Verdict.BELIEVED;
  }

  private Verdict verdict(Held one, int together) {
    Task task = one.task();
    if (one.doubtful() || task.belief().pauses() != gate.endpointPauses()) {
      return Verdict.VOID;
    }
    if (task.rounds() >= accuracy.needed()) {
      return Verdict.BELIEVED;
    }
    if (accuracy.isUnreliable() || (task.rounds() == 0 && task.belief().doubts() != doubts)) {
      return Verdict.REPEAT;
    }
    int confirmations = accuracy.confirmations(task.belief().number() - together);
    return confirmations >= accuracy.needed() ? Verdict.BELIEVED : Verdict.UNCONFIRMED;
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
