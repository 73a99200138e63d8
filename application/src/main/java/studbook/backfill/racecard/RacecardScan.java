package studbook.backfill.racecard;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.backfill.dispatch.DelayedQueue;
import studbook.backfill.dispatch.RequestSource;
import studbook.backfill.dispatch.RunContext;
import studbook.backfill.dispatch.Signal;
import studbook.backfill.pause.RequestGate;
import studbook.backfill.plan.RequestEstimate;
import studbook.backfill.profile.ProfileRequests;
import studbook.backfill.progress.ProgressTracker;
import studbook.racingapi.ExponentialBackoff;
import studbook.racingapi.ProfileResponse;
import studbook.racingapi.RacingApi;
import studbook.store.racecard.RacecardDayWrite;
import studbook.store.racecard.RacecardScanProgress;
import studbook.store.racecard.RacecardScanRepository;
import studbook.store.work.ChunkRepository;
import studbook.store.work.Lease;
import studbook.time.Ticker;

/**
 * The days of racecards of a run, newest first. It ends when a fortnight brought fewer horses than
 * requests, when no horse is pending any more, when the account has no racecards, or when several
 * days in a row could not be read.
 *
 * <p>The fortnight is judged by committed days. Those in hand are read to their end then: at most
 * the window and the late days, {@link ScanDependencies#concurrency} of them. While the database
 * keeps up, they are the requests that are under way.
 *
 * <p>A day that is not answered well is suspended until a later request tells what is to blame. If
 * a page of another day comes, or a profile, the day or racecards alone are, and an attempt is used
 * up; if a profile fails too, the whole API is in trouble, which is charged to nobody. While
 * several days are suspended no further day is requested.
 */
public final class RacecardScan implements RequestSource {

  private static final Logger log = LoggerFactory.getLogger(RacecardScan.class);

  /** Days of others may become free. */
  private static final Duration LOOK_FOR_DAYS = Duration.ofSeconds(5);

  /** Days in a row that could not be read; then no more are tried. */
  private static final int MAX_UNREAD = 5;

  /** The store as a sweep sees it. */
  public record ScanStores(ChunkRepository pieces, RacecardScanRepository sweeps) {}

  /**
   * What days are read with.
   *
   * @param concurrency days that may be requested at once
   * @param window days from the oldest that is still to be written to the newest, late ones aside
   */
  public record ScanDependencies(
      RacingApi api,
      RequestGate gate,
      ExponentialBackoff backOff,
      RandomGenerator random,
      ScanClock clockwork,
      int concurrency,
      int window) {}

  /** Time, and who is woken when something has changed. */
  public record ScanClock(Ticker ticker, Signal bell) {}

  /**
   * That no more days are begun.
   *
   * @param own whether those in hand are given up too
   * @param retried whether the days that are given up are read where the run is resumed
   */
  private record ScanEnded(boolean own, boolean retried, String why) {}

  private final RunContext part;
  private final ScanStores store;
  private final ScanDependencies tools;
  private final ProgressTracker progress;
  private final Consumer<RacecardTask> begun;

  private final DelayedQueue<RacecardTask> queue;
  private final RacecardSuspension suspension = new RacecardSuspension();
  private final RacecardWindow window;
  private int unreadInARow;
  private boolean over;
  private boolean givenUp;
  private Optional<String> reason = Optional.empty();
  private Optional<ScanEnded> untold = Optional.empty();
  private long lookAt;
  private volatile RacecardScanProgress totals;

  /**
   * @param totals as the sweep stands
   * @param progress tells whether anybody is pending still
   * @param begun told of each day, in the order in which they are begun
   */
  public RacecardScan(
      RunContext part,
      ScanStores store,
      ScanDependencies tools,
      RacecardScanProgress totals,
      ProgressTracker progress,
      Consumer<RacecardTask> begun) {
    this.part = part;
    this.store = store;
    this.tools = tools;
    this.queue = new DelayedQueue<>(tools.clockwork().ticker());
    this.window = new RacecardWindow(tools.concurrency(), tools.window());
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
  public Optional<QueuedRequest> next() {
    if (progress.tally().pending() == 0) {
      end(new ScanEnded(true, false, "no more racecards: no horse needs them any more"));
    }
    tellThatItEnded();
    return dayInHand().or(this::newDay).map(this::request);
  }

  /** Written by the lane's thread, which can wait for the database. */
  private void tellThatItEnded() {
    Optional<ScanEnded> telling;
    Set<Lease> held;
    synchronized (this) {
      telling = untold;
      held = window.held();
    }
    if (telling.isPresent()) {
      ScanEnded ended = telling.get();
      store
          .sweeps()
          .end(
              part.run(),
              part.worker(),
              ended.own() ? Set.of() : held,
              ended.retried(),
              ended.why());
      totals = store.sweeps().totals(part.run());
      log.info("{}", ended.why());
      synchronized (this) {
        untold = Optional.empty();
      }
    }
  }

  private synchronized boolean sends() {
    if (suspension.isOverdue(now())) {
      wholeApiFails();
    }
    return !suspension.holdsRequests() && tools.gate().countsAsAttempt() && window.mayRequest();
  }

  private synchronized Optional<RacecardTask> dayInHand() {
    return sends() ? queue.poll() : Optional.empty();
  }

  private Optional<RacecardTask> newDay() {
    Set<Lease> held;
    synchronized (this) {
      if (over || !sends() || !window.mayClaim() || now() - lookAt < 0) {
        return Optional.empty();
      }
      held = window.held();
    }
    Optional<RacecardTask> day =
        store.pieces().claimDay(part.run(), part.worker(), held).map(RacecardTask::first);
    tools.gate().onDatabaseAvailable();
    synchronized (this) {
      if (day.isPresent()) {
        window.add(day.get().lease());
        begun.accept(day.get());
      } else {
        lookAt = now() + LOOK_FOR_DAYS.toNanos();
      }
    }
    return day;
  }

  private synchronized QueuedRequest request(RacecardTask task) {
    window.requested(task.lease(), now());
    return new RacecardRequest(this, tools, task);
  }

  /** The request of a day is over, or never left. */
  synchronized void answered(RacecardTask task) {
    window.answered(task.lease());
    ring();
  }

  /**
   * What is under way or waits for its commit may bring the horses that come next, so they are not
   * asked for meanwhile; for what is late, or may hang, they do not wait.
   */
  @Override
  public synchronized boolean holdsOthers() {
    return window.isBusy(now())
        && !over
        && !suspension.holdsRequests()
        && tools.gate().countsAsAttempt()
        && !queue.hasDelayed();
  }

  @Override
  public synchronized Optional<Duration> dueIn() {
    return sends() ? queue.nextDueIn() : Optional.empty();
  }

  @Override
  public int concurrency() {
    return tools.concurrency();
  }

  /** Whether nothing is left to do here for this worker. */
  public synchronized boolean isOver() {
    return over && untold.isEmpty() && window.isEmpty();
  }

  public RacecardScanProgress totals() {
    return totals;
  }

  /** A profile was answered: it tells whether racecards alone are in trouble. */
  public synchronized void saw(ProfileRequests.AnswerSeen answered) {
    if (!suspension.isJudgedBy(answered.sent())) {
      return;
    }
    switch (answered.answer()) {
      case ProfileResponse.Found _, ProfileResponse.Basic _ -> racecardsFail();
      case ProfileResponse.NotFound _ -> {
        if (!suspension.isOfUnknownDays()) {
          racecardsFail();
        }
      }
      case ProfileResponse.Unauthorised _,
          ProfileResponse.Unavailable _,
          ProfileResponse.Malformed _ ->
          wholeApiFails();
      case ProfileResponse.Throttled _ -> {}
    }
  }

  /** A page came, so racecards as a whole are well. */
  synchronized void sawPage(long sent) {
    suspension.sawPage();
    if (suspension.isJudgedBy(sent)) {
      suspension.release().forEach(this::charge);
    }
  }

  synchronized void again(RacecardTask task) {
    if (givenUp) {
      task.end().cancel(false);
    } else {
      queue.addFirst(task);
    }
    ring();
  }

  synchronized void suspend(RacecardAction.DaySuspended day) {
    if (givenUp) {
      day.task().end().cancel(false);
    } else {
      suspension.add(day, now());
    }
  }

  private void racecardsFail() {
    Optional<Integer> refusal = suspension.refusal();
    if (refusal.isEmpty()) {
      suspension.release().forEach(this::charge);
      ring();
      return;
    }
    end(
        new ScanEnded(
            true,
            true,
            "no racecards: the API answers %d to them alone, so every horse is asked for by its profile"
                .formatted(refusal.get())));
  }

  private void wholeApiFails() {
    suspension.release().forEach(day -> retryLater(day.task()));
    ring();
  }

  /** The day itself is to blame. */
  private void charge(RacecardAction.DaySuspended day) {
    if (day.isUnknownDay()) {
      complete(RacecardResponseHandler.refused(day.task(), day.refused().orElseThrow()));
      return;
    }
    RacecardTask task = day.task().failedOnce();
    RacecardResponseHandler.charged(task).ifPresentOrElse(this::complete, () -> retryLater(task));
  }

  private void complete(RacecardDayResult end) {
    log.warn(
        "racecards of {} could not be read: {}", end.task().day(), end.why().orElse("no answer"));
    end.task().end().complete(end);
  }

  private void retryLater(RacecardTask task) {
    queue.addDelayed(
        task, tools.backOff().after(Math.max(1, task.failures()), tools.random()));
  }

  /** The first reason stands; that those in hand are given up, too, may follow it. */
  private synchronized void end(ScanEnded ended) {
    if (over && !(ended.own() && !window.isEmpty() && !givenUp)) {
      return;
    }
    over = true;
    reason = reason.or(() -> Optional.of(ended.why()));
    untold = reason.map(why -> new ScanEnded(ended.own(), ended.retried(), why));
    if (ended.own()) {
      givenUp = true;
      giveBack();
    }
    ring();
  }

  /** Gives up the days in hand. One whose request is under way comes back and stays. */
  public synchronized void giveBack() {
    suspension.release().forEach(day -> queue.addLast(day.task()));
    queue.removeIf(_ -> true).forEach(task -> task.end().cancel(false));
  }

  /** A day left our hand, written or not. */
  public synchronized void left(Lease lease) {
    window.remove(lease);
    ring();
  }

  /** A day does not come in time: older days are written without it. */
  public synchronized void late(Lease lease) {
    window.late(lease);
    ring();
  }

  /** Looks at what the sweep has come to, and ends it where it does not pay any more. */
  public void look(RacecardDayWrite.DayStatus lastDay) {
    totals = store.sweeps().totals(part.run());
    if (totals.left() == 0) {
      allRead();
    } else if (countUnread(lastDay) >= MAX_UNREAD) {
      end(
          new ScanEnded(
              true,
              true,
              "no more racecards: %d days in a row could not be read, so every other horse is asked for by its profile"
                  .formatted(MAX_UNREAD)));
    } else if (store.sweeps().paysNoMore(part.run(), RequestEstimate.TRIAL)) {
      end(
          new ScanEnded(
              false,
              false,
              "no more racecards: the last %d days brought fewer horses than requests"
                  .formatted(RequestEstimate.TRIAL)));
    }
  }

  private synchronized int countUnread(RacecardDayWrite.DayStatus lastDay) {
    unreadInARow = lastDay == RacecardDayWrite.DayStatus.READ ? 0 : unreadInARow + 1;
    return unreadInARow;
  }

  private synchronized void allRead() {
    over = true;
  }
}
