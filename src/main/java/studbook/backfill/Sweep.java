package studbook.backfill;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.racingapi.Answer;
import studbook.racingapi.BackOff;
import studbook.racingapi.DayAnswer;
import studbook.racingapi.DayAttempt;
import studbook.racingapi.Pacer;
import studbook.racingapi.RacingApi;
import studbook.racingapi.Turn;
import studbook.store.Lease;
import studbook.store.Pieces;
import studbook.store.SweepTotals;
import studbook.store.Sweeps;
import studbook.time.Ticker;

/**
 * The days of racecards of a run, newest first. It ends when a fortnight brought fewer horses than
 * requests, when nobody is pending any more, or when the account has no racecards.
 *
 * <p>A day that is not answered well puts the sweep in doubt: no further day is asked for before a
 * profile was. If that is answered, the day or racecards alone are to blame, and an attempt is used
 * up; if not, the whole API is in trouble, which is charged to nobody.
 */
final class Sweep implements Agenda {

  private static final Logger log = LoggerFactory.getLogger(Sweep.class);

  /** Without a word from a profile for so long, days are asked for again. */
  private static final Duration LONGEST_DOUBT = Duration.ofSeconds(30);

  /** Days of others may become free. */
  private static final Duration LOOK_FOR_DAYS = Duration.ofSeconds(5);

  /** The store as a sweep sees it. */
  record Store(Pieces pieces, Sweeps sweeps) {}

  /**
   * What days are read with.
   *
   * @param most days that may be in hand at once
   */
  record Tools(
      RacingApi api,
      Gate gate,
      BackOff backOff,
      RandomGenerator random,
      Clockwork clockwork,
      int most) {}

  /** Time, and who is woken when something has changed. */
  record Clockwork(Ticker ticker, Bell bell) {}

  private record Waiting(DayTask task, long due) {}

  private record Doubt(long since, Optional<Integer> unauthorised, List<DayTask> days) {}

  /**
   * That no more days are begun.
   *
   * @param own whether those in hand are given up too
   */
  private record Ended(boolean own, String why) {}

  private final Worker.Part part;
  private final Store store;
  private final Tools tools;
  private final Progress progress;
  private final Consumer<DayTask> begun;

  private final Deque<DayTask> ready = new ArrayDeque<>();
  private final PriorityQueue<Waiting> waiting =
      new PriorityQueue<>(Comparator.comparingLong(Waiting::due));
  private final Set<Lease> inHand = new HashSet<>();
  private boolean over;
  private boolean givenUp;
  private Optional<String> reason = Optional.empty();
  private Optional<Ended> untold = Optional.empty();
  private Optional<Doubt> doubt = Optional.empty();
  private long lookAt;
  private volatile SweepTotals totals;

  /**
   * @param totals as the sweep stands
   * @param progress tells whether anybody is pending still
   * @param begun told of each day, in the order in which they are begun
   */
  Sweep(
      Worker.Part part,
      Store store,
      Tools tools,
      SweepTotals totals,
      Progress progress,
      Consumer<DayTask> begun) {
    this.part = part;
    this.store = store;
    this.tools = tools;
    this.progress = progress;
    this.begun = begun;
    this.totals = totals;
    this.over = totals.left() == 0;
    this.lookAt = now();
  }

  private long now() {
    return tools.clockwork().ticker().nanos();
  }

  private void ring() {
    tools.clockwork().bell().ring();
  }

  @Override
  public Optional<Errand> next() {
    if (progress.tally().pending() == 0) {
      end(new Ended(true, "no more racecards: nobody is wanted any more"));
    }
    tellThatItEnded();
    return dayInHand().or(this::newDay).map(DayErrand::new);
  }

  /** Written by the lane's thread, which can wait for the database. */
  private void tellThatItEnded() {
    Optional<Ended> telling;
    Set<Lease> held;
    synchronized (this) {
      telling = untold;
      held = Set.copyOf(inHand);
    }
    if (telling.isPresent()) {
      Ended ended = telling.get();
      store.sweeps().end(part.run(), part.worker(), ended.own() ? Set.of() : held, ended.why());
      totals = store.sweeps().totals(part.run());
      log.info("{}", ended.why());
      synchronized (this) {
        untold = Optional.empty();
      }
    }
  }

  private synchronized boolean sends() {
    doubt
        .filter(it -> now() - it.since() > LONGEST_DOUBT.toNanos())
        .ifPresent(it -> resolve(it, false));
    return doubt.isEmpty() && tools.gate().charges();
  }

  private synchronized Optional<DayTask> dayInHand() {
    if (!sends()) {
      return Optional.empty();
    }
    Waiting first = waiting.peek();
    if (first != null && first.due() - now() <= 0) {
      waiting.remove();
      return Optional.of(first.task());
    }
    return Optional.ofNullable(ready.pollFirst());
  }

  private Optional<DayTask> newDay() {
    Set<Lease> held;
    synchronized (this) {
      if (over || !sends() || inHand.size() >= tools.most() || now() - lookAt < 0) {
        return Optional.empty();
      }
      held = Set.copyOf(inHand);
    }
    Optional<DayTask> day =
        store.pieces().claimDay(part.run(), part.worker(), held).map(DayTask::first);
    tools.gate().databaseBack();
    synchronized (this) {
      if (day.isPresent()) {
        inHand.add(day.get().lease());
        begun.accept(day.get());
      } else {
        lookAt = now() + LOOK_FOR_DAYS.toNanos();
      }
    }
    return day;
  }

  /** While as many are in hand as may be, their commits are waited for, unless one is retried. */
  @Override
  public synchronized boolean holdsOthers() {
    return !over && sends() && inHand.size() >= tools.most() && waiting.isEmpty();
  }

  @Override
  public synchronized Optional<Duration> dueIn() {
    return sends()
        ? Optional.ofNullable(waiting.peek())
            .map(first -> Duration.ofNanos(Math.max(0, first.due() - now())))
        : Optional.empty();
  }

  @Override
  public int concurrency() {
    return tools.most();
  }

  /** Whether nothing is left to do here for this worker. */
  synchronized boolean isOver() {
    return over && untold.isEmpty() && inHand.isEmpty();
  }

  SweepTotals totals() {
    return totals;
  }

  /** A profile was answered: it tells whether racecards alone are in trouble. */
  synchronized void saw(Profiles.Answered answered) {
    if (doubt.isEmpty() || answered.sent() - doubt.get().since() < 0) {
      return;
    }
    switch (answered.answer()) {
      case Answer.Found _, Answer.Basic _, Answer.NotFound _ -> resolve(doubt.get(), true);
      case Answer.Unauthorised _, Answer.Unavailable _, Answer.Malformed _ ->
          resolve(doubt.get(), false);
      case Answer.Throttled _ -> {}
    }
  }

  private synchronized void again(DayTask task) {
    if (givenUp) {
      task.end().cancel(false);
    } else {
      ready.addFirst(task);
    }
    ring();
  }

  private synchronized void doubt(DayStep.Doubted doubted) {
    if (givenUp) {
      doubted.task().end().cancel(false);
      return;
    }
    Doubt standing = doubt.orElseGet(() -> new Doubt(now(), Optional.empty(), new ArrayList<>()));
    standing.days().add(doubted.task());
    doubt =
        Optional.of(
            new Doubt(
                standing.since(),
                standing.unauthorised().or(doubted::unauthorised),
                standing.days()));
  }

  private synchronized void resolve(Doubt it, boolean racecardsAlone) {
    doubt = Optional.empty();
    if (racecardsAlone && it.unauthorised().isPresent()) {
      it.days().forEach(ready::addLast);
      end(
          new Ended(
              true,
              "no racecards: the API answers %d to them alone, so every horse is asked for by its profile"
                  .formatted(it.unauthorised().get())));
      return;
    }
    for (DayTask task : it.days()) {
      DayTask next = racecardsAlone ? task.failedOnce() : task;
      Optional<DayEnd> end = DayJudge.charged(next);
      if (end.isPresent()) {
        log.warn("racecards of {} could not be read: {}", next.day(), end.get().why().orElse(""));
        next.end().complete(end.get());
      } else {
        Duration delay = tools.backOff().after(Math.max(1, next.failures()), tools.random());
        waiting.add(new Waiting(next, now() + delay.toNanos()));
      }
    }
    ring();
  }

  /** The first reason stands; that those in hand are given up, too, may follow it. */
  private synchronized void end(Ended ended) {
    if (over && !(ended.own() && !inHand.isEmpty() && !givenUp)) {
      return;
    }
    over = true;
    reason = reason.or(() -> Optional.of(ended.why()));
    untold = reason.map(why -> new Ended(ended.own(), why));
    if (ended.own()) {
      givenUp = true;
      doubt.ifPresent(it -> it.days().forEach(ready::addLast));
      doubt = Optional.empty();
      waiting.forEach(held -> ready.addLast(held.task()));
      waiting.clear();
      ready.forEach(task -> task.end().cancel(false));
      ready.clear();
    }
    ring();
  }

  /** A day left our hand, written or not. */
  synchronized void left(Lease lease) {
    inHand.remove(lease);
    ring();
  }

  /** Looks at what the sweep has come to, and ends it where it does not pay any more. */
  void look() {
    totals = store.sweeps().totals(part.run());
    if (totals.left() == 0) {
      allRead();
    } else if (store.sweeps().paysNoMore(part.run(), Forecast.TRIAL)) {
      end(
          new Ended(
              false,
              "no more racecards: the last %d days brought fewer horses than requests"
                  .formatted(Forecast.TRIAL)));
    }
  }

  private synchronized void allRead() {
    over = true;
  }

  /** A page of a day on its way. */
  private final class DayErrand implements Errand {

    private final DayTask task;

    DayErrand(DayTask task) {
      this.task = task;
    }

    @Override
    public void putBack() {
      again(task);
    }

    @Override
    public void run(Turn.Slot slot, Pacer pacer) throws InterruptedException {
      long sent = now();
      DayAttempt attempt = tools.api().racecards(task.day(), task.skip());
      if (attempt.answer() instanceof Answer.Trouble trouble) {
        Throttling.tell(pacer, slot, trouble);
      }
      switch (attempt.answer()) {
        case Answer.Throttled throttled -> tools.gate().saw(throttled, sent);
        case DayAnswer.Page _, DayAnswer.NoSuchDay _ -> tools.gate().alive();
        case Answer.Unauthorised _, Answer.Unavailable _, Answer.Malformed _ -> {} // doubted below
      }
      switch (DayJudge.judge(task, attempt)) {
        case DayStep.Finished(DayEnd end) -> task.end().complete(end);
        case DayStep.Again(DayTask next) -> again(next);
        case DayStep.Doubted doubted -> doubt(doubted);
      }
    }
  }
}
