package studbook.backfill.racecard;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import studbook.backfill.dispatch.WriteBacklog;
import studbook.backfill.pause.RequestGate;
import studbook.backfill.progress.ProgressTracker;
import studbook.model.HorseId;
import studbook.model.ProfileValidator;
import studbook.store.database.DatabaseRetry;
import studbook.store.outcome.ErrorEntry;
import studbook.store.outcome.Outcome;
import studbook.store.outcome.OutcomeRepository;
import studbook.store.outcome.WriteResult;
import studbook.store.racecard.CachedProfile;
import studbook.store.racecard.CachedProfileRepository;
import studbook.store.work.ChunkRepository;
import studbook.store.work.Lease;
import studbook.time.Sleeper;

/**
 * Settles the horses of a run that are remembered from racecards read before. No request is sent.
 */
public final class CachedProfileStep {

  static final String SOURCE = "cached";

  private static final int BATCH = 500;

  private final ChunkRepository pieces;
  private final CachedProfileRepository known;
  private final OutcomeRepository outcomes;
  private final ProgressTracker progress;
  private final ProfileValidator inspection;

  public CachedProfileStep(
      ChunkRepository pieces,
      CachedProfileRepository known,
      OutcomeRepository outcomes,
      ProgressTracker progress,
      ProfileValidator inspection) {
    this.pieces = pieces;
    this.known = known;
    this.outcomes = outcomes;
    this.progress = progress;
    this.inspection = inspection;
  }

  /** Who looks on. */
  public interface CachedProfileListener {

    boolean goesOn();

    /** A batch was committed. */
    void committed(List<WriteResult> settled);
  }

  /**
   * Settles them all, unless another worker is at it or has done it; where it is told not to go on,
   * the rest stays for a later one. While the database is away, it waits.
   */
  public void settle(
      long run,
      UUID worker,
      CachedProfileListener watcher,
      RequestGate gate,
      WriteBacklog backlog,
      Sleeper sleeper)
      throws InterruptedException {
    DatabaseRetry retry = new DatabaseRetry(sleeper, gate::onDatabaseUnavailable);
    Optional<Lease> lease =
        retry
            .callWhile(watcher::goesOn, () -> pieces.claimKnown(run, worker))
            .flatMap(found -> found);
    Optional<HorseId> last = Optional.empty();
    while (lease.isPresent() && watcher.goesOn()) {
      Lease held = lease.get();
      Optional<HorseId> after = last;
      Optional<Optional<HorseId>> next =
          retry.callWhile(watcher::goesOn, () -> settleBatch(held, after, watcher, backlog));
      gate.onDatabaseAvailable();
      last = next.flatMap(found -> found);
      if (last.isEmpty()) {
        return;
      }
    }
  }

  /** Returns the last horse of the batch; empty where none was left and the piece is closed. */
  private Optional<HorseId> settleBatch(
      Lease lease, Optional<HorseId> after, CachedProfileListener watcher, WriteBacklog backlog) {
    List<CachedProfile> batch = known.pending(lease.run(), after, BATCH);
    if (batch.isEmpty()) {
      known.close(lease);
      return Optional.empty();
    }
    watcher.committed(backlog.writing(() -> write(lease, batch)));
    return Optional.of(batch.getLast().horse());
  }

  private List<WriteResult> write(Lease lease, List<CachedProfile> batch) {
    List<Outcome> settling = new ArrayList<>();
    List<ErrorEntry> errors = new ArrayList<>();
    for (CachedProfile one : batch) {
      ValidatedRunner card = ValidatedRunner.of(one.horse(), one.profile(), inspection);
      settling.add(card.outcome(lease, SOURCE));
      errors.addAll(card.errors(lease.run(), SOURCE));
    }
    return progress.commit(() -> outcomes.write(settling, errors));
  }
}
