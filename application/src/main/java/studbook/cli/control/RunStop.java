package studbook.cli.control;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import studbook.cli.support.CommandEnvironment;
import studbook.cli.support.UsageException;
import studbook.model.RunState;
import studbook.store.run.RunRepository;
import studbook.store.run.RunStateRepository;
import studbook.store.run.WorkerRepository;

/**
 * Stops every process of a run, from any machine.
 *
 * @param run its number
 */
record RunStop(
    long run,
    RunRepository runRepository,
    RunStateRepository runStates,
    CommandEnvironment environment) {

  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /**
   * Asks all processes to stop and waits until they have.
   *
   * @return a sentence for the user
   * @throws UsageException if one does not stop
   */
  String stopAll() throws InterruptedException {
    Set<UUID> asked = new HashSet<>();
    long deadline = environment.ticker().nanos() + LONGEST.toNanos();
    List<WorkerRepository.WorkerRow> working = ask(asked);
    while (!working.isEmpty()) {
      if (environment.ticker().nanos() > deadline) {
        throw new UsageException(
            "still running %d s after the stop request: %s; check the log there"
                .formatted(LONGEST.toSeconds(), names(working)));
      }
      environment.sleeper().sleep(LOOK);
      working = ask(asked);
    }
    runStates.stopAbandoned(run);
    RunState state =
        runRepository.find(run).map(RunRepository.RunRow::state).orElse(RunState.STOPPED);
    return state == RunState.STOPPED
        ? "Run %d is stopped in every process (%d); `studbook backfill --resume` continues it."
            .formatted(run, asked.size())
        : "Run %d is %s; no process works on it.".formatted(run, state.text());
  }

  /** Repeated, since a process may join between two looks. */
  private List<WorkerRepository.WorkerRow> ask(Set<UUID> asked) {
    runStates.requestStop(run);
    List<WorkerRepository.WorkerRow> working = working();
    working.forEach(worker -> asked.add(worker.id()));
    return working;
  }

  /** Living processes of the run; its owner is one before its first heartbeat. */
  List<WorkerRepository.WorkerRow> working() {
    Optional<WorkerRepository.WorkerRow> owner =
        runRepository
            .find(run)
            .filter(RunRepository.RunRow::isUnderWay)
            .map(RunRepository.RunRow::owner);
    List<WorkerRepository.WorkerRow> company = runStates.activeWorkers(run);
    return Stream.concat(owner.stream(), company.stream())
        .filter(WorkerRepository.WorkerRow::isAlive)
        .distinct()
        .toList();
  }

  /** The processes as people read them. */
  static String names(List<WorkerRepository.WorkerRow> workers) {
    return workers.stream()
        .map(worker -> worker.process().toString())
        .collect(Collectors.joining(", "));
  }
}
