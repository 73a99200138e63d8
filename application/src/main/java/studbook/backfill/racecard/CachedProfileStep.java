package studbook.backfill.racecard;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import studbook.backfill.pause.RequestGate;
import studbook.backfill.plan.WorkerConfig;
import studbook.backfill.write.OutcomeWriter;
import studbook.backfill.write.ValidatedRunner;
import studbook.model.HorseId;
import studbook.store.database.DatabaseRetry;
import studbook.store.outcome.WriteResult;
import studbook.store.racecard.CachedProfile;
import studbook.store.racecard.CachedProfileRepository;
import studbook.store.work.ChunkRepository;
import studbook.store.work.Lease;
import studbook.time.Sleeper;

/** Completes the horses of a run that have a cached profile, without requests. Not thread-safe. */
public final class CachedProfileStep {

  private static final String SOURCE = "cached";

  /** As many rows may be rejected before the run pauses. */
  private static final int BATCH = 100;

  private static final Duration POLL = Duration.ofMillis(100);

  private final WorkerConfig config;
  private final ChunkRepository chunks;
  private final CachedProfileRepository cachedProfiles;
  private final OutcomeWriter writer;
  private final RequestGate gate;
  private final Sleeper sleeper;
  private final DatabaseRetry retry;

  public CachedProfileStep(
      WorkerConfig config,
      ChunkRepository chunks,
      CachedProfileRepository cachedProfiles,
      OutcomeWriter writer,
      RequestGate gate,
      Sleeper sleeper) {
    this.config = config;
    this.chunks = chunks;
    this.cachedProfiles = cachedProfiles;
    this.writer = writer;
    this.gate = gate;
    this.sleeper = sleeper;
    this.retry = new DatabaseRetry(sleeper, gate::onDatabaseUnavailable);
  }

  /**
   * Completes them all, unless another worker does or did. Waits while the database is unavailable,
   * and while the run is paused since the user's schema rejects rows.
   *
   * @param shouldContinue false leaves the rest to a later worker
   * @param listener called after each commit
   */
  public void run(BooleanSupplier shouldContinue, Consumer<List<WriteResult>> listener)
      throws InterruptedException {
    Optional<Lease> lease =
        retry
            .callWhile(shouldContinue, () -> chunks.claimCached(config.run(), config.worker()))
            .flatMap(claimed -> claimed);
    Optional<HorseId> last = Optional.empty();
    while (lease.isPresent() && shouldContinue.getAsBoolean()) {
      if (gate.holdsWrites()) {
        sleeper.sleep(POLL);
        continue;
      }
      Lease held = lease.get();
      Optional<HorseId> after = last;
      List<CachedProfile> batch =
          retry.call(() -> cachedProfiles.pending(held.run(), after, BATCH));
      if (batch.isEmpty()) {
        retry.call(() -> {
          cachedProfiles.close(held);
          return held;
        });
        return;
      }
      listener.accept(complete(held, batch));
      gate.onDatabaseAvailable();
      last = Optional.of(batch.getLast().horse());
    }
  }

  private List<WriteResult> complete(Lease lease, List<CachedProfile> batch)
      throws InterruptedException {
    List<ValidatedRunner> records =
        batch.stream()
            .map(cached -> ValidatedRunner.of(cached.horse(), cached.profile(), config.validator()))
            .toList();
    return writer.commit(
        records.stream().map(valid -> valid.outcome(lease, SOURCE)).toList(),
        records.stream().flatMap(valid -> valid.errors(lease.run(), SOURCE).stream()).toList());
  }
}
