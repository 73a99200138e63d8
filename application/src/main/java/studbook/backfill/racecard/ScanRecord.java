package studbook.backfill.racecard;

import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.backfill.plan.RequestEstimate;
import studbook.backfill.plan.WorkerConfig;
import studbook.store.racecard.RacecardDayWrite;
import studbook.store.racecard.RacecardScanProgress;
import studbook.store.racecard.RacecardScanRepository;
import studbook.store.work.ChunkRepository;
import studbook.store.work.Lease;

/** A run's racecard scan in the database, and whether it has ended. Safe for many threads. */
public final class ScanRecord {

  private static final Logger log = LoggerFactory.getLogger(ScanRecord.class);

  /** Days in a row that could not be read; then no more are tried. */
  private static final int MAX_UNREAD = 5;

  /**
   * The decision to claim no more days.
   *
   * @param dropsHeld whether held days are dropped too
   * @param retried whether dropped days are read when the run is resumed
   */
  record ScanEnd(boolean dropsHeld, boolean retried, String reason) {}

  private final WorkerConfig config;
  private final ChunkRepository chunks;
  private final RacecardScanRepository scans;
  private final Object reading = new Object();
  private int unreadInARow;
  private boolean over;
  private boolean dropped;
  private Optional<String> reason = Optional.empty();
  private Optional<ScanEnd> unrecorded = Optional.empty();
  private volatile RacecardScanProgress progress;

  /**
   * @param progress of the scan when this worker starts
   */
  public ScanRecord(
      WorkerConfig config,
      ChunkRepository chunks,
      RacecardScanRepository scans,
      RacecardScanProgress progress) {
    this.config = config;
    this.chunks = chunks;
    this.scans = scans;
    this.progress = progress;
    this.over = progress.left() == 0;
  }

  RacecardScanProgress progress() {
    return progress;
  }

  /** One thread at a time: an older reading does not replace a newer one. */
  private RacecardScanProgress readProgress() {
    synchronized (reading) {
      progress = scans.totals(config.run());
      return progress;
    }
  }

  /** Claims the newest day that is free. */
  Optional<RacecardTask> claim(Set<Lease> held) {
    return chunks.claimDay(config.run(), config.worker(), held).map(RacecardTask::first);
  }

  /**
   * Ends the scan. The first reason counts; dropping held days may follow it.
   *
   * @param holdsDays whether this worker holds any
   * @return whether that is new
   */
  synchronized boolean end(ScanEnd end, boolean holdsDays) {
    if (over && !(end.dropsHeld() && holdsDays && !dropped)) {
      return false;
    }
    over = true;
    reason = reason.or(() -> Optional.of(end.reason()));
    unrecorded = reason.map(first -> new ScanEnd(end.dropsHeld(), end.retried(), first));
    dropped |= end.dropsHeld();
    return true;
  }

  /** Records a new end, on a thread that can wait for the database. */
  void recordEnd(Set<Lease> held) {
    Optional<ScanEnd> recording = unrecorded();
    if (recording.isEmpty()) {
      return;
    }
    ScanEnd end = recording.get();
    scans.end(
        config.run(),
        config.worker(),
        end.dropsHeld() ? Set.of() : held,
        end.retried(),
        end.reason());
    readProgress();
    log.info("{}", end.reason());
    onRecorded(end);
  }

  private synchronized Optional<ScanEnd> unrecorded() {
    return unrecorded;
  }

  private synchronized void onRecorded(ScanEnd end) {
    unrecorded = unrecorded.filter(latest -> !latest.equals(end));
  }

  /**
   * A day was written.
   *
   * @return why the scan ends now, if it does
   */
  Optional<ScanEnd> onDayWritten(RacecardDayWrite.DayStatus status) {
    if (readProgress().left() == 0) {
      endQuietly();
      return Optional.empty();
    }
    if (countUnread(status) >= MAX_UNREAD) {
      return Optional.of(
          new ScanEnd(
              true,
              true,
              "racecards stopped: %d days in a row could not be read, so every other horse is requested by its profile"
                  .formatted(MAX_UNREAD)));
    }
    return scans.paysNoMore(config.run(), RequestEstimate.TRIAL)
        ? Optional.of(
            new ScanEnd(
                false,
                false,
                "racecards stopped: the last %d days completed fewer horses than requests"
                    .formatted(RequestEstimate.TRIAL)))
        : Optional.empty();
  }

  private synchronized void endQuietly() {
    over = true;
  }

  private synchronized int countUnread(RacecardDayWrite.DayStatus status) {
    unreadInARow = status == RacecardDayWrite.DayStatus.READ ? 0 : unreadInARow + 1;
    return unreadInARow;
  }

  synchronized boolean isOver() {
    return over;
  }

  synchronized boolean isRecorded() {
    return unrecorded.isEmpty();
  }

  /** Whether days that return are dropped. */
  synchronized boolean isDropped() {
    return dropped;
  }
}
