package studbook.backfill.profile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import studbook.backfill.pause.RequestGate;
import studbook.model.HorseId;
import studbook.model.HorseStatus;
import studbook.model.PauseCause;
import studbook.time.Ticker;

/**
 * Horses without a detailed profile, held until the answer can be believed. An endpoint that moved
 * answers 404 for every horse: a horse that is found, asked for after their answers had come,
 * confirms those held. After many in a row a horse that is known to exist is asked for ({@link
 * CanaryRequests}): if that is not found either, the run pauses, and all are asked for again. A
 * server that is wrong at random answers 404 for some: whether there are more than usual is known
 * some answers later ({@link NotFoundStatistics}), and they are requested again if so. Safe for
 * many threads.
 */
public final class NotFoundConfirmer {

  /** In a row, before they are asked for once more: perhaps the endpoint had moved and was back. */
  private static final int SEVERAL = 3;

  /** In a row, before a known horse is asked for. One in thirty is usual. */
  private static final int MANY = 10;

  /** In a row, where no horse is known to exist. */
  private static final int FAR_TOO_MANY = 20;

  /** Before a horse is requested again because of random 404s; doubles with each round. */
  private static final Duration FIRST_WAIT = Duration.ofMillis(500);

  private static final int MOST_DOUBLINGS = 3;

  /** What becomes of horses that were held. */
  public interface ConfirmationCallback {

    /** It has come to this outcome. */
    void believe(HorseAction.Complete settle);

    /** It is asked for again, not before {@code delay} is over. */
    void askAgain(HorseTask task, Duration delay);
  }

  /** A horse that was not found. */
  private static final class UnconfirmedHorse {

    private final HorseTask task;
    private final HorseAction.Complete settle;
    private final long since;

    /** First answers until then. */
    private final long answers;

    /** Whether the endpoint was known to have moved. */
    private final boolean doubtful;

    /** Whether it was looked up if the API is known to have it. */
    private boolean lookedUp;

    /** Whether a horse was found since, by an answer to an earlier request. */
    private boolean followed;

    /** Whether a horse was found since, by an answer to a later request. */
    private boolean confirmed;

    UnconfirmedHorse(
        HorseTask task, HorseAction.Complete settle, long since, long answers, boolean doubtful) {
      this.task = task;
      this.settle = settle;
      this.since = since;
      this.answers = answers;
      this.doubtful = doubtful;
      this.lookedUp = task.rounds() > 0;
    }
  }

  private final RequestGate gate;
  private final ConfirmationCallback exit;
  private final Ticker ticker;
  private final NotFoundStatistics share;
  private final List<UnconfirmedHorse> held = new ArrayList<>();

  /** Answers 404 for detailed profiles since the last one that was found. */
  private int inARow;

  /** How often that were several. */
  private int doubts;

  /** Pauses for the endpoint when the share was last counted. */
  private int pausesSeen;

  /** Answers 404 in a row for horses that are known to exist. */
  private int referencesNotFound;

  public NotFoundConfirmer(
      RequestGate gate,
      ConfirmationCallback exit,
      NotFoundStatistics.PersistenceRule persistence,
      Ticker ticker) {
    this.gate = gate;
    this.exit = exit;
    this.ticker = ticker;
    this.share = new NotFoundStatistics(persistence);
  }

  /**
   * A horse was not found. Of its first round {@link #lookedUp} has to follow.
   *
   * @param task with the request that was answered so
   * @param sent when its request left
   */
  synchronized void hold(HorseTask task, HorseAction.Complete settle, long sent) {
    forgetBeforePause();
    boolean doubtful = !gate.isTrusted(sent);
    if (task.rounds() > 0 && !isVoid(task, doubtful)) {
      compare(task, settle);
    }
    held.add(
        new UnconfirmedHorse(
            task, better(task, settle), ticker.nanos(), share.answers(), doubtful));
    review();
  }

  /**
   * It was looked up whether the API is known to have a horse that was not found: then it is asked
   * for again in any case.
   */
  synchronized void lookedUp(HorseId horse, boolean known) {
    held.stream().filter(one -> one.task.horse().equals(horse)).forEach(one -> one.lookedUp = true);
    leave(
        one -> known && one.task.rounds() == 0 && one.task.horse().equals(horse) && !isVoid(one),
        this::repeat);
    review();
  }

  /** With its earlier rounds. */
  private void compare(HorseTask task, HorseAction.Complete settle) {
    boolean basic = settle.outcome().state() == HorseStatus.BASIC;
    if (basic == task.earlier().basic().isPresent()) {
      share.confirmed();
    } else {
      wasWrong();
    }
  }

  /** Where one of its rounds found a basic profile, the 404s of the others were wrong. */
  private static HorseAction.Complete better(HorseTask task, HorseAction.Complete settle) {
    return settle.outcome().state() == HorseStatus.BASIC
        ? settle
        : task.earlier()
            .basic()
            .map(basic ->
                new HorseAction.Complete(
                    basic.outcome().afterRequests(task.requests()), basic.errors()))
            .orElse(settle);
  }

  private void repeat(UnconfirmedHorse one) {
    HorseTask task = one.task;
    exit.askAgain(
        task.nextRound(one.settle),
        FIRST_WAIT.multipliedBy(1L << Math.min(task.rounds(), MOST_DOUBLINGS)));
  }

  /** Horses that wait for nothing but the answers for others. */
  public synchronized int size() {
    return (int) held.stream().filter(one -> one.lookedUp).count();
  }

  /** Whether it is time to ask for a horse that is known to exist. */
  public synchronized boolean isSuspicious() {
    return inARow >= MANY;
  }

  /**
   * A horse has no detailed profile. It is {@linkplain #hold held} once its second request is
   * answered. It counts now: second requests are answered in a row where no first ones are left.
   *
   * @param task as it was sent
   * @param sent when its request left
   * @return what is known of the endpoint
   */
  synchronized HorseTask.NotFoundEvidence notFoundInDetail(HorseTask task, long sent) {
    inARow++;
    forgetBeforePause();
    if (!gate.isTrusted(sent)) {
      return HorseTask.NotFoundEvidence.NONE;
    }
    if (task.rounds() == 0) {
      share.answeredFirst(false);
      review();
    }
    return new HorseTask.NotFoundEvidence(gate.endpointPauses(), doubts);
  }

  /**
   * A horse was found: those held since before are confirmed, unless the run was paused meanwhile.
   * Where they were several in a row, each is asked for once more.
   *
   * @param task as it was sent
   * @param sent when its request left; the endpoint may have moved after that
   */
  synchronized void found(HorseTask task, long sent) {
    forgetBeforePause();
    if (task.rounds() == 0) {
      share.answeredFirst(true);
    } else if (task.belief().pauses() == gate.endpointPauses()) {
      wasWrong();
    }
    confirm(sent);
    review();
  }

  /** A horse that is known to exist was found. */
  synchronized void referenceFound(long sent) {
    referencesNotFound = 0;
    confirm(sent);
    review();
  }

  private void confirm(long sent) {
    if (inARow >= SEVERAL) {
      doubts++;
    }
    inARow = 0;
    held.removeIf(one -> {
      if (sent - one.since < 0 || !(isVoid(one) || isDoubted(one))) {
        return false;
      }
      HorseTask task = one.task;
      exit.askAgain(isVoid(one) ? task.anew() : task.nextRound(one.settle), Duration.ZERO);
      return true;
    });
    for (UnconfirmedHorse one : held) {
      one.followed = true;
      one.confirmed |= sent - one.since >= 0;
    }
  }

  /** The endpoint had moved: what it answered counts for nothing. */
  private boolean isVoid(UnconfirmedHorse one) {
    return isVoid(one.task, one.doubtful);
  }

  private boolean isVoid(HorseTask task, boolean doubtful) {
    return doubtful || task.belief().pauses() != gate.endpointPauses();
  }

  /** It was one of several in a row. */
  private boolean isDoubted(UnconfirmedHorse one) {
    return !one.confirmed && one.task.rounds() == 0 && one.task.belief().doubts() != doubts;
  }

  /** Requests again what needs more answers of its own, and believes what needs none. */
  private void review() {
    leave(one -> !isVoid(one) && one.task.rounds() + 1 < share.needed(), this::repeat);
    leave(
        one -> one.lookedUp && one.confirmed && !isVoid(one) && isShareKnown(one),
        one -> exit.believe(one.settle));
  }

  private boolean isShareKnown(UnconfirmedHorse one) {
    return !share.isChecked() && share.answers() - one.answers >= NotFoundStatistics.NEIGHBOURS;
  }

  private void leave(Predicate<UnconfirmedHorse> leaving, Consumer<UnconfirmedHorse> then) {
    List<UnconfirmedHorse> those = held.stream().filter(leaving).toList();
    held.removeAll(those);
    those.forEach(then);
  }

  private void forgetBeforePause() {
    if (pausesSeen != gate.endpointPauses()) {
      pausesSeen = gate.endpointPauses();
      share.forgetAnswers();
    }
  }

  private void wasWrong() {
    long now = ticker.nanos();
    share.wasWrong(now);
    if (share.isPersistentlyWrong(now)) {
      gate.pauseRun(
          PauseCause.ENDPOINT,
          "The Racing API answers 404 at random: %d horses were found when they were requested again"
              .formatted(share.pause()));
    }
  }

  /**
   * The process stops: those that a horse was found after are believed, though it was asked for
   * before. Sooner they are not, since an endpoint that moves answers what is under way in any
   * order. Those that came too late to know the share of 404s stay pending.
   */
  public synchronized void believeFollowed() {
    believe(this::isShareKnown);
  }

  /** Nothing else is left to ask for: what is held is judged by the answers that there are. */
  synchronized void believeRest() {
    believe(_ -> true);
  }

  private void believe(Predicate<UnconfirmedHorse> judged) {
    leave(
        one -> one.lookedUp && one.followed && !isVoid(one) && !isDoubted(one) && judged.test(one),
        one -> exit.believe(one.settle));
  }

  /** No horse is known that could tell: they are as they are. */
  synchronized void believeAll() {
    leave(_ -> true, one -> exit.believe(one.settle));
    inARow = 0;
  }

  /** A horse that is known to exist was not found either; while 404s are random, by chance. */
  synchronized void referenceNotFound() {
    if (++referencesNotFound >= (share.isUnreliable() ? share.needed() : 1)) {
      pause("The Racing API answers 404 for a horse that it knew");
    }
  }

  /** No horse is known that could tell: many in a row pause the run, more each time. */
  synchronized void nobodyCanTell() {
    if (inARow >= FAR_TOO_MANY << Math.min(gate.endpointPauses(), 20)) {
      pause("The Racing API answers 404 for each of %d horses".formatted(inARow));
    }
  }

  private void pause(String reason) {
    referencesNotFound = 0;
    gate.pauseRun(PauseCause.ENDPOINT, reason + ": look at RACING_API_BASE_URL");
  }
}
