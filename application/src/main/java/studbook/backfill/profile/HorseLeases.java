package studbook.backfill.profile;

import java.util.List;
import java.util.Optional;
import studbook.backfill.pause.RequestGate;
import studbook.backfill.plan.WorkerConfig;
import studbook.model.HorseId;
import studbook.store.work.ChunkRepository;
import studbook.store.work.Lease;

/** Leases chunks of horses for a queue and closes completed ones. Not thread-safe. */
public final class HorseLeases {

  private final WorkerConfig config;
  private final ChunkRepository chunks;
  private final HorseTaskQueue queue;
  private final RequestGate gate;

  public HorseLeases(
      WorkerConfig config, ChunkRepository chunks, HorseTaskQueue queue, RequestGate gate) {
    this.config = config;
    this.chunks = chunks;
    this.queue = queue;
    this.gate = gate;
  }

  /** Closes completed chunks and leases another one; returns whether there was one. */
  boolean refill() {
    for (Optional<Lease> lease = queue.pollEmptied();
        lease.isPresent();
        lease = queue.pollEmptied()) {
      close(lease.get());
    }
    Optional<Lease> lease = chunks.claim(config.run(), config.worker(), queue.leases());
    lease.ifPresent(claimed -> queue.add(claimed, chunks.pending(claimed)));
    gate.onDatabaseAvailable();
    return lease.isPresent();
  }

  /** Queues horses that another worker's racecard scan was about to complete and did not. */
  private void close(Lease lease) {
    try {
      if (!chunks.close(lease)) {
        List<HorseId> pending = chunks.pending(lease);
        if (!pending.isEmpty()) {
          queue.add(lease, pending);
        }
      }
    } catch (RuntimeException e) {
      queue.add(lease, List.of()); // to be closed once the database is available
      throw e;
    }
  }

  /** Whether every horse of the run is completed. */
  boolean isDone() {
    return queue.activeCount() == 0 && chunks.allClosed(config.run());
  }
}
