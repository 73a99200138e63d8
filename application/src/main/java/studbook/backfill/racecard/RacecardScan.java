package studbook.backfill.racecard;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.backfill.dispatch.ApiRequester;
import studbook.backfill.dispatch.DelayedQueue;
import studbook.backfill.dispatch.RequestSource;
import studbook.backfill.dispatch.Signal;
import studbook.backfill.pause.RequestGate;
import studbook.backfill.plan.WorkerConfig;
import studbook.backfill.progress.ProgressTracker;
import studbook.backfill.racecard.ScanRecord.ScanEnd;
import studbook.backfill.write.OutcomeWriter;
import studbook.backfill.write.WriteRequest;
import studbook.racingapi.ProfileResponse;
import studbook.store.racecard.RacecardDayWrite;
import studbook.store.racecard.RacecardScanProgress;
import studbook.store.work.Lease;
import studbook.time.Ticker;

/**
 * The racecard days of a run, newest first. It ends when 14 days completed fewer horses than their
 * requests, when no horse is pending, when the account has no racecards, or when several days in a
 * row could not be read.
 *
 * <p>The 14 days are committed ones. Held days are then read to their end: at most the window and
 * the late days. While the database keeps up, they are the requests in flight.
 *
 * <p>A day without a good response is suspended until a later response shows the cause. If a page
 * of another day or a profile comes, the day or racecards alone are the cause, and an attempt
 * counts; if a profile fails too, the whole API is, and nothing counts. While several days are
 * suspended no further day is requested. Safe for many threads.
 */
public final class RacecardScan implements RequestSource {

  private static final Logger log = LoggerFactory.getLogger(RacecardScan.class);

  /** Days of other workers may become free. */
  private static final Duration CLAIM_INTERVAL = Duration.ofSeconds(5);

  private final WorkerConfig config;
  private final ScanRecord record;
  private final ApiRequester api;
  private final RequestGate gate;
  private final OutcomeWriter writer;
  private final ProgressTracker progress;
  private final Signal signal;
  private final Ticker ticker;
  private final DelayedQueue<RacecardTask> queue;
  private final RacecardSuspension suspension = new RacecardSuspension();
  private final RacecardWindow window;
  private long nextClaimAt;

  /**
   * @param writer of the days that were read
   * @param progress tells whether any horse is pending
   * @param signal sent at every change
   */
  public RacecardScan(
      WorkerConfig config,
      ScanRecord record,
      ApiRequester api,
      RequestGate gate,
      OutcomeWriter writer,
      ProgressTracker progress,
      Signal signal,
      Ticker ticker) {
    this.config = config;
    this.record = record;
    this.api = api;
    this.gate = gate;
    this.writer = writer;
    this.progress = progress;
    this.signal = signal;
    this.ticker = ticker;
    this.queue = new DelayedQueue<>(ticker);
    this.window = new RacecardWindow(config.daysRequested(), config.dayWindow());
    this.nextClaimAt = ticker.nanos();
  }

  @Override
  public Optional<QueuedRequest> poll() {
    if (progress.counts().pending() == 0) {
      end(new ScanEnd(true, false, "no more racecards: no horse needs them any more"));
    }
    record.recordEnd(held());
    return pollHeld().or(this::claim).map(this::request);
  }

  private synchronized Set<Lease> held() {
    return window.held();
  }

  private synchronized Optional<RacecardTask> pollHeld() {
    return maySend() ? queue.poll() : Optional.empty();
  }

  private synchronized boolean maySend() {
    if (suspension.isOverdue(ticker.nanos())) {
      onApiFailure();
    }
    return !suspension.holdsRequests() && gate.countsAsAttempt() && window.mayRequest();
  }

  private synchronized boolean mayClaim() {
    return !record.isOver() && maySend() && window.mayClaim() && ticker.nanos() - nextClaimAt >= 0;
  }

  private Optional<RacecardTask> claim() {
    if (!mayClaim()) {
      return Optional.empty();
    }
    Optional<RacecardTask> day = record.claim(held());
    gate.onDatabaseAvailable();
    synchronized (this) {
      if (day.isPresent()) {
        window.add(day.get().lease());
        writeReadDays();
      } else {
        nextClaimAt = ticker.nanos() + CLAIM_INTERVAL.toNanos();
      }
    }
    return day;
  }

  private synchronized QueuedRequest request(RacecardTask task) {
    window.onSend(task.lease(), ticker.nanos());
    return new RacecardRequest(this, api, config.validator(), task);
  }

  /** A request has ended, or was not sent. */
  synchronized void onRequestEnd(RacecardTask task) {
    window.onRequestEnd(task.lease());
    signal.send();
  }

  /**
   * Days in flight or being committed may complete the next horses, so these are not requested
   * meanwhile; they do not wait for days that are late or may hang.
   */
  @Override
  public synchronized boolean blocksLaterSources() {
    return window.isBusy(ticker.nanos())
        && !record.isOver()
        && !suspension.holdsRequests()
        && gate.countsAsAttempt()
        && !queue.hasDelayed();
  }

  @Override
  public synchronized Optional<Duration> nextDueIn() {
    return maySend() ? queue.nextDueIn() : Optional.empty();
  }

  @Override
  public int concurrency() {
    return config.daysRequested();
  }

  /** Whether nothing is left to do for this worker. */
  public synchronized boolean isOver() {
    return record.isOver() && record.isRecorded() && window.isEmpty();
  }

  public RacecardScanProgress progress() {
    return record.progress();
  }

  /** Passes days to the writer that need not wait any more. Call it about once a second. */
  public synchronized void check() {
    writeReadDays();
  }

  private void writeReadDays() {
    window.pollWritable(ticker.nanos()).forEach(writer::add);
  }

  /** A day has ended, read or not. */
  synchronized void complete(WriteRequest.RacecardDay day) {
    day.failure()
        .ifPresent(why -> log.warn("racecards of {} could not be read: {}", day.day(), why));
    window.onRead(day, ticker.nanos());
    writeReadDays();
    signal.send();
  }

  /** A day is requested again. */
  synchronized void requeue(RacecardTask task) {
    if (record.isDropped()) {
      drop(task.lease());
    } else {
      queue.addFirst(task);
    }
    signal.send();
  }

  synchronized void suspend(RacecardAction.DaySuspended day) {
    if (record.isDropped()) {
      drop(day.task().lease());
    } else {
      suspension.add(day, ticker.nanos());
    }
  }

  /** A page came, so racecards as a whole are available. */
  synchronized void onPage(long sent) {
    suspension.onPage();
    if (suspension.isJudgedBy(sent)) {
      suspension.release().forEach(this::charge);
    }
  }

  /**
   * The response for a profile shows whether racecards alone fail.
   *
   * @param sent when its request was sent
   */
  public synchronized void onProfileResponse(ProfileResponse response, long sent) {
    if (!suspension.isJudgedBy(sent)) {
      return;
    }
    switch (response) {
      case ProfileResponse.Found _, ProfileResponse.Basic _ -> onRacecardFailure();
      case ProfileResponse.NotFound _ -> {
        if (!suspension.isOfUnknownDays()) {
          onRacecardFailure();
        }
      }
      case ProfileResponse.Unauthorised _,
          ProfileResponse.Unavailable _,
          ProfileResponse.Malformed _ ->
          onApiFailure();
      case ProfileResponse.Throttled _ -> {}
    }
  }

  private void onRacecardFailure() {
    Optional<Integer> refusal = suspension.refusal();
    if (refusal.isEmpty()) {
      suspension.release().forEach(this::charge);
      signal.send();
      return;
    }
    end(
        new ScanEnd(
            true,
            true,
            "racecards stopped: the API answers %d to racecards only, so every horse is requested by its profile"
                .formatted(refusal.get())));
  }

  private void onApiFailure() {
    suspension.release().forEach(day -> retryLater(day.task()));
    signal.send();
  }

  /** The day itself is the cause. */
  private void charge(RacecardAction.DaySuspended day) {
    RacecardTask task = day.task().failedOnce();
    Optional<RacecardAction.DayFinished> end =
        day.isUnknownDay()
            ? day.refused().map(status -> RacecardResponseHandler.refused(day.task(), status))
            : RacecardResponseHandler.failed(task);
    end.ifPresentOrElse(
        finished -> complete(finished.validate(config.validator())), () -> retryLater(task));
  }

  private void retryLater(RacecardTask task) {
    queue.addDelayed(task, config.backOff().after(Math.max(1, task.failures()), config.random()));
  }

  private synchronized void end(ScanEnd end) {
    if (record.end(end, !window.isEmpty())) {
      if (end.dropsHeld()) {
        dropHeld();
      }
      signal.send();
    }
  }

  /** Drops the held days. One whose request is in flight returns and stays. */
  public synchronized void dropHeld() {
    suspension.release().forEach(day -> queue.addLast(day.task()));
    queue.removeIf(_ -> true).forEach(task -> drop(task.lease()));
  }

  /** Nothing of a day is written: it is dropped, or another worker's. */
  public synchronized void drop(Lease lease) {
    window.remove(lease);
    writeReadDays();
    signal.send();
  }

  /**
   * A day was committed: ends the scan if it does not pay any more.
   *
   * @throws RuntimeException if the database is unavailable
   */
  public void onDayWritten(Lease lease, RacecardDayWrite.DayStatus status) {
    record.onDayWritten(status).ifPresent(this::end);
    drop(lease);
  }

  /** The worker stops: read days are written, even if newer ones are missing. */
  public synchronized void close() {
    List<WriteRequest.RacecardDay> read = window.pollRead();
    read.forEach(writer::add);
  }
}
