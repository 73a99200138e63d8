package studbook.backfill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import studbook.horse.HorseId;
import studbook.horse.Inspection;
import studbook.store.ErrorEntry;
import studbook.store.KnownProfile;
import studbook.store.KnownProfiles;
import studbook.store.Lease;
import studbook.store.Outage;
import studbook.store.Outcome;
import studbook.store.Outcomes;
import studbook.store.Pieces;
import studbook.store.Settled;
import studbook.time.Sleeper;

/**
 * Settles the horses of a run that are remembered from racecards read before. No request is sent.
 */
final class Recollection {

  static final String SOURCE = "known";

  private static final int BATCH = 500;
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Pieces pieces;
  private final KnownProfiles known;
  private final Outcomes outcomes;
  private final Progress progress;
  private final Inspection inspection;

  Recollection(
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
  interface Watcher {

    boolean goesOn();

    /** A batch was committed. */
    void committed(List<Settled> settled);
  }

  /**
   * Settles them all, unless another worker is at it or has done it; where it is told not to go on,
   * the rest stays for a later one. While the database is away, it waits.
   */
  void settle(long run, UUID worker, Watcher watcher, Gate gate, Sleeper sleeper)
      throws InterruptedException {
    Optional<Lease> lease = Optional.empty();
    Optional<HorseId> last = Optional.empty();
    boolean more = true;
    while (more && watcher.goesOn()) {
      try {
        if (lease.isEmpty()) {
          lease = pieces.claimKnown(run, worker);
        }
        if (lease.isEmpty()) {
          return;
        }
        List<KnownProfile> batch = known.pending(run, last, BATCH);
        if (batch.isEmpty()) {
          known.close(lease.get());
          more = false;
        } else {
          watcher.committed(write(lease.get(), batch));
          last = Optional.of(batch.getLast().horse());
        }
        gate.databaseBack();
      } catch (RuntimeException e) {
        if (!Outage.passes(e)) {
          throw e;
        }
        gate.databaseAway(Outage.reason(e));
        sleeper.sleep(PATIENCE);
      }
    }
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
