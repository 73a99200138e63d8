package studbook.store.run;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import studbook.model.PauseCause;
import studbook.model.RunState;
import studbook.store.database.ShortTransaction;
import studbook.store.work.ChunkRepository;
import studbook.store.work.LeaseConfig;
import studbook.store.work.RunEventRepository;
import studbook.store.work.RunEventType;

/**
 * The state of a run, shared by all its processes. Every change names the expected old state, so
 * that of two processes one wins. Safe for many threads.
 */
public final class RunStateRepository {

  /** Time between the probes of a pause: doubled with each, up to a maximum. */
  private static final Duration FIRST_PROBE = Duration.ofSeconds(5);

  private static final Duration LONGEST_PROBE = Duration.ofSeconds(45);

  /** A process with a good response this recently proves that the API answers. */
  private static final Duration ANSWERED_LATELY = Duration.ofSeconds(20);

  /** A process works on the run, or will. */
  static final List<RunState> ACTIVE = List.of(RunState.RUNNING, RunState.PAUSED);

  /** The run can be continued. */
  static final List<RunState> UNFINISHED =
      List.of(RunState.RUNNING, RunState.PAUSED, RunState.STOPPED);

  private final Jdbi jdbi;

  public RunStateRepository(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * The state of a run at one time.
   *
   * @param pause of a paused run
   */
  public record RunPoll(
      RunState state, Optional<PauseState> pause, WorkerRepository.WorkerRow owner) {}

  /** Why a run is paused. */
  public record PauseState(PauseCause cause, String reason) {}

  /** The current state of a run. */
  public RunPoll poll(long run) {
    return jdbi.withHandle(handle -> RunQueries.poll(handle, run));
  }

  /**
   * Marks a running run as paused. That the API refuses, moved or does not answer counts only while
   * it answers no other process of the run.
   *
   * @param left until it continues by itself, if known
   * @return false if it is not running, or another process gets responses
   */
  public boolean pause(
      long run, UUID worker, PauseCause cause, String reason, Optional<Duration> left) {
    return change(
        run,
        RunEventType.PAUSED,
        reason,
        cause,
        worker,
        handle ->
            handle
                    .createUpdate(
                        """
                        UPDATE studbook.run
                        SET state = 'paused', reason = :reason, pause_cause = :cause,
                            paused_until = clock_timestamp() + :left * interval '1 microsecond',
                            next_probe_at = clock_timestamp() + :probe * interval '1 second', probe_count = 0
                        WHERE run_id = :run AND state = 'running' AND (:cause NOT IN ('api', 'credentials', 'endpoint') OR NOT EXISTS (
                          SELECT FROM studbook.worker w
                          WHERE w.run_id = :run AND w.worker_id <> :worker
                            AND w.last_success_at > clock_timestamp() - :lately * interval '1 second'))
                        """)
                    .bind("reason", reason)
                    .bind("cause", cause.text())
                    .bind("left", left.map(wait -> wait.toNanos() / 1_000).orElse(null))
                    .bind("probe", FIRST_PROBE.toSeconds())
                    .bind("lately", ANSWERED_LATELY.toSeconds())
                    .bind("run", run)
                    .bind("worker", worker)
                    .execute()
                == 1);
  }

  /** Records an event in the transaction of its statement, if that changed the run. */
  private boolean change(
      long run,
      RunEventType event,
      @Nullable String detail,
      @Nullable PauseCause cause,
      @Nullable UUID worker,
      Predicate<Handle> statement) {
    return ShortTransaction.in(
        jdbi,
        handle -> {
          boolean changed = statement.test(handle);
          if (changed) {
            RunEventRepository.append(handle, run, event, detail, cause, worker);
          }
          return changed;
        });
  }

  /**
   * Sets the state of a run that has one of the states {@code from}: running, or one in which
   * nothing works on it. Ends a pause.
   */
  static boolean set(
      Handle handle, long run, List<RunState> from, RunState to, @Nullable String reason) {
    return handle
            .createUpdate(
                """
                UPDATE studbook.run
                SET state = :to, reason = :reason, pause_cause = NULL, paused_until = NULL, next_probe_at = NULL,
                    ended_at = CASE WHEN :to <> 'running' THEN clock_timestamp() END
                WHERE run_id = :run AND state = ANY (:from)
                """)
            .bind("to", to.text())
            .bind("reason", reason)
            .bind("run", run)
            .bindArray("from", String.class, from.stream().map(RunState::text).toList())
            .execute()
        == 1;
  }

  /**
   * Whether another process can do the work of {@code worker}: the API answered it within that
   * time, or it waits for work. One whose own requests fail now cannot.
   */
  public boolean hasHealthyPeer(long run, UUID worker, Duration within) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT EXISTS (
                  SELECT FROM studbook.worker w
                  WHERE w.run_id = :run AND w.worker_id <> :worker
                    AND (w.last_success_at > clock_timestamp() - :within * interval '1 microsecond'
                      OR w.last_success_at IS NOT NULL
                        AND w.last_heartbeat_at > clock_timestamp() - :alive * interval '1 second'
                        AND NOT EXISTS (
                          SELECT FROM studbook.chunk c
                          WHERE c.run_id = :run AND c.open IS NOT FALSE AND c.owner_worker_id = w.worker_id
                            AND c.lease_expires_at > '-infinity')))
                """)
            .bind("run", run)
            .bind("worker", worker)
            .bind("within", within.toNanos() / 1_000)
            .bind("alive", LeaseConfig.LEASE.toSeconds())
            .mapTo(Boolean.class)
            .one());
  }

  /**
   * Marks a running run as paused by a person; only a person ends it.
   *
   * @param who for people: {@code anna on db1}
   */
  public boolean pauseByPerson(long run, String who) {
    return change(
        run,
        RunEventType.PAUSED,
        "by a user (" + who + ")",
        PauseCause.MANUAL,
        null,
        handle ->
            handle.execute(
                    """
                    UPDATE studbook.run
                    SET state = 'paused', reason = ?, pause_cause = 'manual',
                        paused_until = NULL, next_probe_at = NULL
                    WHERE run_id = ? AND (state = 'running' OR (state = 'paused' AND pause_cause <> 'manual'))
                    """,
                    "paused by a user (%s); `studbook resume` ends the pause".formatted(who),
                    run)
                == 1);
  }

  /**
   * Whether the caller may send the next probe of a pause: one at a time over all processes, at
   * increasing intervals.
   */
  public boolean takeProbe(long run) {
    return jdbi.withHandle(handle ->
        handle
                .createUpdate(
                    """
                    UPDATE studbook.run
                    SET probe_count = probe_count + 1,
                        next_probe_at = clock_timestamp()
                          + least(:first * 2 ^ least(probe_count + 1, 10), :longest) * interval '1 second'
                    WHERE run_id = :run AND state = 'paused' AND next_probe_at <= clock_timestamp()
                    """)
                .bind("first", FIRST_PROBE.toSeconds())
                .bind("longest", LONGEST_PROBE.toSeconds())
                .bind("run", run)
                .execute()
            == 1);
  }

  /** Sets a paused run to running: the cause is over, or a person ends the pause. */
  public boolean resume(long run, @Nullable UUID worker, String detail) {
    return change(
        run,
        RunEventType.RESUMED,
        detail,
        null,
        worker,
        handle -> set(handle, run, List.of(RunState.PAUSED), RunState.RUNNING, null));
  }

  /** Cancels a run: its chunks close, and results in flight write nothing. */
  public boolean cancel(long run) {
    return change(
        run,
        RunEventType.CANCELLED,
        "by a user",
        null,
        null,
        handle -> {
          boolean cancelled =
              set(handle, run, UNFINISHED, RunState.CANCELLED, "cancelled by a user");
          if (cancelled) {
            closeChunks(handle, run);
          }
          return cancelled;
        });
  }

  /** Closes all chunks of the run; nothing can be written to them any more. */
  static void closeChunks(Handle handle, long run) {
    handle.execute(
        """
        UPDATE studbook.chunk SET open = false, fencing_token = fencing_token + 1, lease_expires_at = '-infinity'
        WHERE run_id = ? AND open
        """,
        run);
  }

  /** Makes {@code heir} the owner of a run whose owner is dead; its leases are free at once. */
  public boolean takeOver(long run, UUID dead, UUID heir) {
    return change(
        run,
        RunEventType.TAKEN_OVER,
        "its owner died",
        null,
        heir,
        handle -> {
          boolean owned = own(handle, run, dead, heir);
          if (owned) {
            ChunkRepository.release(handle, run, dead); // its locks end with its session
          }
          return owned;
        });
  }

  static boolean own(Handle handle, long run, UUID from, UUID to) {
    return handle.execute(
            """
            UPDATE studbook.run SET owner_worker_id = ?
            WHERE run_id = ? AND owner_worker_id = ? AND state IN ('running', 'paused')
            """,
            to,
            run,
            from)
        == 1;
  }

  /** The result of leaving a run. */
  public sealed interface LeaveResult {

    /** No process works on it; it can be resumed. */
    record RunLeft() implements LeaveResult {}

    /** Another process continues it. */
    record HeldByWorker(ProcessIdentity process) implements LeaveResult {}

    /** It had ended already, or another process owns it. */
    record AlreadyEnded() implements LeaveResult {}
  }

  /**
   * Leaves a run before its end. If {@code worker} owns it, another live process of the run that
   * was not asked to stop becomes its owner; otherwise the run is stopped and can be resumed.
   *
   * @param cause if an external cause must end first; empty if a person or a signal stopped it
   */
  public LeaveResult leave(long run, UUID worker, Optional<PauseCause> cause, String reason) {
    return ShortTransaction.in(
        jdbi,
        handle -> {
          RunPoll poll = RunQueries.lockedPoll(handle, run);
          if (!ACTIVE.contains(poll.state())) {
            return new LeaveResult.AlreadyEnded();
          }
          if (!poll.owner().id().equals(worker)) {
            return new LeaveResult.HeldByWorker(poll.owner().process());
          }
          Optional<WorkerRepository.WorkerRow> heir =
              WorkerRepository.staying(handle, run).stream()
                  .filter(other -> !other.id().equals(worker) && other.isAlive())
                  .findFirst();
          if (heir.isPresent()) {
            own(handle, run, worker, heir.get().id());
            RunEventRepository.append(
                handle, run, RunEventType.HANDED_OVER, reason, null, heir.get().id());
            return new LeaveResult.HeldByWorker(heir.get().process());
          }
          stop(handle, run, cause, reason, worker);
          return new LeaveResult.RunLeft();
        });
  }

  private static void stop(
      Handle handle, long run, Optional<PauseCause> cause, String reason, UUID worker) {
    set(handle, run, ACTIVE, RunState.STOPPED, reason);
    RunEventRepository.append(
        handle, run, RunEventType.STOPPED, reason, cause.orElse(null), worker);
  }

  /**
   * Asks every process of a run to stop; each reads it within a second. A later {@code --resume} is
   * another process and is not asked.
   */
  public void requestStop(long run) {
    jdbi.useHandle(handle ->
        handle.execute(
            """
            UPDATE studbook.worker SET stop_requested = true
            WHERE NOT stop_requested AND last_heartbeat_at > '-infinity'
              AND (run_id = ? OR worker_id = (SELECT owner_worker_id FROM studbook.run WHERE run_id = ?))
            """,
            run,
            run));
  }

  /** Marks a run with a dead owner as stopped. A run with a live owner does not change. */
  public void stopAbandoned(long run) {
    ShortTransaction.use(
        jdbi,
        handle -> {
          RunPoll poll = RunQueries.lockedPoll(handle, run);
          if (ACTIVE.contains(poll.state()) && !poll.owner().isAlive()) {
            stop(handle, run, Optional.empty(), "stopped by a user", poll.owner().id());
          }
        });
  }

  /** The processes that work on a run, oldest first. */
  public List<WorkerRepository.WorkerRow> activeWorkers(long run) {
    return jdbi.withHandle(handle -> WorkerRepository.ofRun(handle, run));
  }
}
