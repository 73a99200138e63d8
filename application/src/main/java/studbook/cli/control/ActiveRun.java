package studbook.cli.control;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import studbook.cli.support.CommandEnvironment;
import studbook.cli.support.UsageException;
import studbook.model.RunState;
import studbook.store.run.RunRepository;
import studbook.store.run.RunRepository.RunRow;
import studbook.store.run.RunStateRepository;
import studbook.store.run.WorkerRepository.WorkerRow;

/** The run that a command controls, from any machine. */
record ActiveRun(RunRow run, RunRepository runRepository, RunStateRepository runStates) {

  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

  /**
   * The run that is neither finished nor cancelled.
   *
   * @throws UsageException if there is none
   */
  static ActiveRun of(Jdbi jdbi) {
    return find(jdbi).orElseThrow(() -> none(new RunRepository(jdbi).latest()));
  }

  static Optional<ActiveRun> find(Jdbi jdbi) {
    RunRepository runRepository = new RunRepository(jdbi);
    return runRepository
        .unfinished()
        .map(run -> new ActiveRun(run, runRepository, new RunStateRepository(jdbi)));
  }

  private static UsageException none(Optional<RunRow> latest) {
    return new UsageException(
        latest
            .map(run -> "no run is active: run %d is %s".formatted(run.id(), run.state().text()))
            .orElse("there is no run yet: `studbook backfill` starts the first"));
  }

  boolean isStopped() {
    return run.state() == RunState.STOPPED;
  }

  /** Its living processes; the owner is one before its first heartbeat. */
  List<WorkerRow> workers() {
    Optional<WorkerRow> owner =
        runRepository.find(run.id()).filter(RunRow::isUnderWay).map(RunRow::owner);
    return Stream.concat(owner.stream(), runStates.activeWorkers(run.id()).stream())
        .filter(WorkerRow::isAlive)
        .distinct()
        .toList();
  }

  /** Processes as people read them. */
  static String names(List<WorkerRow> workers) {
    return workers.stream()
        .map(worker -> worker.process().toString())
        .collect(Collectors.joining(", "));
  }

  /**
   * Asks all processes to stop and waits until they have.
   *
   * @return a sentence for the user
   * @throws UsageException if one does not stop
   */
  String stopAll(CommandEnvironment environment) throws InterruptedException {
    Set<UUID> asked = new HashSet<>();
    long deadline = environment.ticker().nanos() + STOP_WITHIN.toNanos();
    List<WorkerRow> working = requestStop(asked);
    while (!working.isEmpty()) {
      if (environment.ticker().nanos() > deadline) {
        throw new UsageException(
            "still running %d s after the stop request: %s; check the log there"
                .formatted(STOP_WITHIN.toSeconds(), names(working)));
      }
      environment.sleeper().sleep(POLL);
      working = requestStop(asked);
    }
    runStates.stopAbandoned(run.id());
    RunState state = runRepository.find(run.id()).map(RunRow::state).orElse(RunState.STOPPED);
    return state == RunState.STOPPED
        ? "Run %d is stopped in every process (%d); `studbook backfill --resume` continues it."
            .formatted(run.id(), asked.size())
        : "Run %d is %s; no process works on it.".formatted(run.id(), state.text());
  }

  /** Repeated, since a process may join between two polls. */
  private List<WorkerRow> requestStop(Set<UUID> asked) {
    runStates.requestStop(run.id());
    List<WorkerRow> working = workers();
    working.forEach(worker -> asked.add(worker.id()));
    return working;
  }
}
