package studbook.backfill.worker;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import studbook.backfill.pause.RejectionRateMonitor;
import studbook.backfill.profile.HorseTaskQueue;
import studbook.backfill.profile.KnownHorses;
import studbook.backfill.progress.ProgressSnapshot;
import studbook.backfill.progress.RunListener;
import studbook.backfill.racecard.RacecardScan;
import studbook.backfill.write.OutcomeWriter;
import studbook.backfill.write.WriteRequest;
import studbook.store.outcome.WriteResult;
import studbook.store.work.Lease;

/** Does what follows from a commit. Safe for the two writing threads. */
final class CommitHandler implements OutcomeWriter.CommitListener {

  private final HorseTaskQueue queue;
  private final RacecardScan scan;
  private final KnownHorses known;
  private final RejectionRateMonitor rejections;
  private final RunListener listener;
  private final Supplier<ProgressSnapshot> snapshot;
  private final AtomicLong discarded = new AtomicLong();

  CommitHandler(
      HorseTaskQueue queue,
      RacecardScan scan,
      KnownHorses known,
      RejectionRateMonitor rejections,
      RunListener listener,
      Supplier<ProgressSnapshot> snapshot) {
    this.queue = queue;
    this.scan = scan;
    this.known = known;
    this.rejections = rejections;
    this.listener = listener;
    this.snapshot = snapshot;
  }

  @Override
  public void onCommit(List<WriteResult> results) {
    results.stream()
        .collect(Collectors.groupingBy(result -> result.outcome().lease(), Collectors.counting()))
        .forEach((lease, horses) -> queue.completed(lease, horses.intValue()));
    for (WriteResult result : results) {
      if (result instanceof WriteResult.LeaseLost) {
        discarded.incrementAndGet();
        queue.drop(result.outcome().lease());
      }
    }
    onWritten(results);
  }

  @Override
  public void onDayCommit(WriteRequest.RacecardDay day, List<WriteResult> results) {
    queue.drop(
        results.stream()
            .filter(result ->
                result instanceof WriteResult.RowWritten
                    || result instanceof WriteResult.AlreadyWritten)
            .map(result -> result.outcome().horse())
            .collect(Collectors.toSet()));
    known.addPending(results);
    scan.onDayWritten(day.lease(), day.status());
    onWritten(results);
  }

  @Override
  public void onDayLost(Lease lease) {
    scan.drop(lease);
  }

  /** Rows were written, whatever their source is. */
  void onWritten(List<WriteResult> results) {
    List<WriteResult.RowWritten> written = written(results);
    if (!written.isEmpty()) {
      rejections.onCommit(written);
      listener.onCommit(written, snapshot.get());
    }
  }

  private static List<WriteResult.RowWritten> written(List<WriteResult> results) {
    return results.stream()
        .filter(WriteResult.RowWritten.class::isInstance)
        .map(WriteResult.RowWritten.class::cast)
        .toList();
  }

  /** Outcomes that were not written, since another worker has their lease. */
  long discarded() {
    return discarded.get();
  }
}
