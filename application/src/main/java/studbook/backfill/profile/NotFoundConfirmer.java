package studbook.backfill.profile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import studbook.backfill.pause.RequestGate;
import studbook.backfill.profile.HorseTask.NotFoundEvidence;
import studbook.model.HorseId;
import studbook.model.HorseStatus;
import studbook.model.PauseCause;
import studbook.time.Ticker;

/**
 * Accepts a 404 only after a later request returned a profile, since an endpoint that has moved
 * answers 404 for every horse. Until then the horse is held, and it is one of two things:
 * unconfirmed, or confirmed by the profile of another horse.
 *
 * <ul>
 *   <li>After many 404s in a row a horse that is known to exist is requested ({@link
 *       CanaryRequests}). Where it is not found either, the run pauses, and all horses that are
 *       held are requested again.
 *   <li>A server may answer 404 at random. Some responses later {@link NotFoundStatistics} shows
 *       whether there are more 404s than usual; then each horse needs several 404s of its own.
 * </ul>
 *
 * <p>Safe for many threads.
 */
public final class NotFoundConfirmer {

  /**
   * Consecutive 404s before each is requested once more: the endpoint may have moved and returned.
   */
  private static final int SEVERAL = 3;

  /** Consecutive 404s before a canary request. One in thirty is usual. */
  private static final int MANY = 10;

  /** Consecutive 404s before a pause without a canary. */
  private static final int MANY_WITHOUT_CANARY = 20;

  /** Delay of another request because of random 404s; doubles with each round. */
  private static final Duration FIRST_DELAY = Duration.ofMillis(500);

  private static final int MAX_DOUBLINGS = 3;

  /** Receives held horses. */
  public interface ConfirmationCallback {

    void accept(HorseAction.Complete complete);

    /** The horse is requested again after {@code delay}. */
    void retry(HorseTask task, Duration delay);
  }

  /** A horse without a detailed profile. */
  private static final class UnconfirmedHorse {

    private final HorseTask task;
    private final HorseAction.Complete complete;
    private final long since;

    /** Number of first responses until then. */
    private final long answers;

    /** Whether the known horses were looked up for it. */
    private boolean lookedUp;

    /** Whether another horse was found by a request sent later. */
    private boolean confirmed;

    UnconfirmedHorse(HorseTask task, HorseAction.Complete complete, long since, long answers) {
      this.task = task;
      this.complete = complete;
      this.since = since;
      this.answers = answers;
      this.lookedUp = task.rounds() > 0;
    }
  }

  private final RequestGate gate;
  private final ConfirmationCallback callback;
  private final Ticker ticker;
  private final NotFoundStatistics statistics;
  private final List<UnconfirmedHorse> held = new ArrayList<>();

  /** Consecutive 404s for detailed profiles. */
  private int inARow;

  /** The number of such rows of several. */
  private int rows;

  /** Pauses for the endpoint when the share was last counted. */
  private int pausesSeen;

  /** Consecutive canary requests that were not found. */
  private int canariesNotFound;

  public NotFoundConfirmer(
      RequestGate gate,
      ConfirmationCallback callback,
      NotFoundStatistics.PersistenceRule persistence,
      Ticker ticker) {
    this.gate = gate;
    this.callback = callback;
    this.ticker = ticker;
    this.statistics = new NotFoundStatistics(persistence);
  }

  /**
   * Records that a horse has no detailed profile. It is {@linkplain #hold held} after its second
   * request. It counts now: second responses come in a row when no first ones are left.
   *
   * @param task as it was sent
   * @param sent when its request was sent
   * @return the state of the endpoint
   */
  synchronized NotFoundEvidence recordNotFound(HorseTask task, long sent) {
    inARow++;
    forgetAnswersBeforePause();
    if (!gate.isTrusted(sent)) {
      return NotFoundEvidence.NONE;
    }
    if (task.rounds() == 0) {
      statistics.answeredFirst(false);
      review();
    }
    return new NotFoundEvidence(gate.endpointPauses(), rows);
  }

  /**
   * Holds a horse that was not found. In its first round {@link #onLookUp} has to follow.
   *
   * @param answered with the counted request
   * @param sent when its request was sent
   */
  synchronized void hold(HorseTask answered, HorseAction.Complete complete, long sent) {
    forgetAnswersBeforePause();
    HorseTask task = gate.isTrusted(sent) ? answered : answered.notFound(NotFoundEvidence.NONE);
    if (task.rounds() > 0 && isCurrent(task)) {
      compare(task, complete);
    }
    held.add(
        new UnconfirmedHorse(task, best(task, complete), ticker.nanos(), statistics.answers()));
    review();
  }

  /** Compares a round with the earlier ones of the same horse. */
  private void compare(HorseTask task, HorseAction.Complete complete) {
    boolean basic = complete.outcome().state() == HorseStatus.BASIC;
    if (basic == task.earlier().basic().isPresent()) {
      statistics.confirmed();
    } else {
      recordWrong();
    }
  }

  /** If one of its rounds found a basic profile, the 404s of the others were wrong. */
  private static HorseAction.Complete best(HorseTask task, HorseAction.Complete complete) {
    return complete.outcome().state() == HorseStatus.BASIC
        ? complete
        : task.earlier()
            .basic()
            .map(basic ->
                new HorseAction.Complete(
                    basic.outcome().afterRequests(task.requests()), basic.errors()))
            .orElse(complete);
  }

  /** A known horse is requested again in any case. */
  synchronized void onLookUp(HorseId horse, boolean known) {
    List<UnconfirmedHorse> rounds =
        held.stream().filter(unconfirmed -> unconfirmed.task.horse().equals(horse)).toList();
    rounds.forEach(unconfirmed -> unconfirmed.lookedUp = true);
    release(
        unconfirmed ->
            known
                && rounds.contains(unconfirmed)
                && unconfirmed.task.rounds() == 0
                && isCurrent(unconfirmed.task),
        this::retry);
    review();
  }

  /**
   * Records that a horse was found. If several in a row were not, each of those is requested once
   * more.
   *
   * @param task as it was sent
   * @param sent when its request was sent; the endpoint may have moved after that
   */
  synchronized void recordFound(HorseTask task, long sent) {
    forgetAnswersBeforePause();
    if (task.rounds() == 0) {
      statistics.answeredFirst(true);
    } else if (isCurrent(task)) {
      recordWrong();
    }
    confirm(sent);
  }

  synchronized void onCanaryFound(long sent) {
    canariesNotFound = 0;
    confirm(sent);
  }

  private void confirm(long sent) {
    if (inARow >= SEVERAL) {
      rows++;
    }
    inARow = 0;
    Predicate<UnconfirmedHorse> requestedBefore = unconfirmed -> sent - unconfirmed.since >= 0;
    release(requestedBefore.and(this::needsAnotherRequest), this::requestAgain);
    held.stream().filter(requestedBefore).forEach(unconfirmed -> unconfirmed.confirmed = true);
    review();
  }

  private boolean needsAnotherRequest(UnconfirmedHorse unconfirmed) {
    return !isCurrent(unconfirmed.task) || isOneOfSeveral(unconfirmed);
  }

  private void requestAgain(UnconfirmedHorse unconfirmed) {
    HorseTask task = unconfirmed.task;
    callback.retry(
        isCurrent(task) ? task.nextRound(unconfirmed.complete) : task.unrequested(), Duration.ZERO);
  }

  /** Otherwise the endpoint had moved, and its responses do not count. */
  private boolean isCurrent(HorseTask task) {
    return task.evidence().pauses() == gate.endpointPauses();
  }

  private boolean isOneOfSeveral(UnconfirmedHorse unconfirmed) {
    return !unconfirmed.confirmed
        && unconfirmed.task.rounds() == 0
        && unconfirmed.task.evidence().rows() != rows;
  }

  /**
   * Requests horses again that need more responses of their own, and accepts those that need none.
   */
  private void review() {
    release(
        unconfirmed ->
            isCurrent(unconfirmed.task) && unconfirmed.task.rounds() + 1 < statistics.needed(),
        this::retry);
    acceptConfirmed(this::isShareKnown);
  }

  private boolean isShareKnown(UnconfirmedHorse unconfirmed) {
    return !statistics.isChecked()
        && statistics.answers() - unconfirmed.answers >= NotFoundStatistics.NEIGHBOURS;
  }

  private void retry(UnconfirmedHorse unconfirmed) {
    HorseTask task = unconfirmed.task;
    callback.retry(
        task.nextRound(unconfirmed.complete),
        FIRST_DELAY.multipliedBy(1L << Math.min(task.rounds(), MAX_DOUBLINGS)));
  }

  private void accept(UnconfirmedHorse unconfirmed) {
    callback.accept(unconfirmed.complete);
  }

  private void release(Predicate<UnconfirmedHorse> condition, Consumer<UnconfirmedHorse> action) {
    List<UnconfirmedHorse> released = held.stream().filter(condition).toList();
    held.removeAll(released);
    released.forEach(action);
  }

  private void forgetAnswersBeforePause() {
    if (pausesSeen != gate.endpointPauses()) {
      pausesSeen = gate.endpointPauses();
      statistics.forgetAnswers();
    }
  }

  private void recordWrong() {
    long now = ticker.nanos();
    statistics.wasWrong(now);
    if (statistics.isPersistentlyWrong(now)) {
      gate.pauseRun(
          PauseCause.ENDPOINT,
          "The Racing API answers 404 at random: %d horses were found when they were requested again"
              .formatted(statistics.pause()));
    }
  }

  /** The number of horses that wait only for responses for others. */
  public synchronized int size() {
    return (int) held.stream().filter(unconfirmed -> unconfirmed.lookedUp).count();
  }

  public synchronized boolean needsCanary() {
    return inARow >= MANY;
  }

  /** Nothing else is left to request: the share of 404s is judged by the existing responses. */
  synchronized void acceptRest() {
    acceptConfirmed(_ -> true);
  }

  private void acceptConfirmed(Predicate<UnconfirmedHorse> condition) {
    release(
        unconfirmed ->
            unconfirmed.lookedUp
                && unconfirmed.confirmed
                && isCurrent(unconfirmed.task)
                && condition.test(unconfirmed),
        this::accept);
  }

  /** Without a canary, and nothing else is left to request. */
  synchronized void acceptAll() {
    release(_ -> true, this::accept);
    inARow = 0;
  }

  /** While 404s are random, a canary may not be found by chance. */
  synchronized void onCanaryNotFound() {
    if (++canariesNotFound >= (statistics.isUnreliable() ? statistics.needed() : 1)) {
      pause("The Racing API answers 404 for a horse that it has returned before");
    }
  }

  /** Without a canary: many in a row pause the run, more each time. */
  synchronized void onNoCanary() {
    if (inARow >= MANY_WITHOUT_CANARY << Math.min(gate.endpointPauses(), 20)) {
      pause("The Racing API answers 404 for each of %d horses".formatted(inARow));
    }
  }

  private void pause(String reason) {
    canariesNotFound = 0;
    gate.pauseRun(PauseCause.ENDPOINT, reason + ": check RACING_API_BASE_URL");
  }
}
