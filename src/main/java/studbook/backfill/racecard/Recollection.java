package studbook.backfill.racecard;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import studbook.backfill.dispatch.WriteBacklog;
import studbook.backfill.pause.Gate;
import studbook.backfill.progress.Progress;
import studbook.model.HorseId;
import studbook.model.Inspection;
import studbook.store.database.DatabaseRetry;
import studbook.store.outcome.ErrorEntry;
import studbook.store.outcome.Outcome;
import studbook.store.outcome.Outcomes;
import studbook.store.outcome.Settled;
import studbook.store.racecard.KnownProfile;
import studbook.store.racecard.KnownProfiles;
import studbook.store.work.Lease;
import studbook.store.work.Pieces;
import studbook.time.Sleeper;

/**
 * Settles the horses of a run that are remembered from racecards read before. No request is sent.
 */
public final class Recollection {

  static final String SOURCE = "known";

  private static final int BATCH = 500;

  private final Pieces pieces;
  private final KnownProfiles known;
  private final Outcomes outcomes;
  private final Progress progress;
  private final Inspection inspection;

  public Recollection(
      Pieces pieces,
      KnownProfiles known,
      Outcomes outcomes,
      Progress progress,
      Inspection inspection) {
    this.pieces = pieces;
    this.known = known;
    this.outcomes = outcomes;
    this.progress = progress;
    this.inspection = inspection;
  }

  /** Who looks on. */
  public interface Watcher {

    boolean goesOn();

    /** A batch was committed. */
    void committed(List<Settled> settled);
  }

  /**
   * Settles them all, unless another worker is at it or has done it; where it is told not to go on,
   * the rest stays for a later one. While the database is away, it waits.
   */
  public void settle(
      long run, UUID worker, Watcher watcher, Gate gate, WriteBacklog backlog, Sleeper sleeper)
      throws InterruptedException {
    DatabaseRetry retry = new DatabaseRetry(sleeper, gate::databaseAway);
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
      gate.databaseBack();
      last = next.flatMap(found -> found);
      if (last.isEmpty()) {
        return;
      }
    }
  }

  /** Returns the last horse of the batch; empty where none was left and the piece is closed. */
  private Optional<HorseId> settleBatch(
      Lease lease, Optional<HorseId> after, Watcher watcher, WriteBacklog backlog) {
    List<KnownProfile> batch = known.pending(lease.run(), after, BATCH);
    if (batch.isEmpty()) {
      known.close(lease);
      return Optional.empty();
    }
    watcher.committed(backlog.writing(() -> write(lease, batch)));
    return Optional.of(batch.getLast().horse());
  }

  private List<Settled> write(Lease lease, List<KnownProfile> batch) {
    List<Outcome> settling = new ArrayList<>();
    List<ErrorEntry> errors = new ArrayList<>();
    for (KnownProfile one : batch) {
      Card card = Card.of(one.horse(), one.profile(), inspection);
      settling.add(card.outcome(lease, SOURCE));
      errors.addAll(card.errors(lease.run(), SOURCE));
    }
    return progress.commit(() -> outcomes.write(settling, errors));
  }
}
