package studbook.cli.control;

import java.util.List;
import java.util.Optional;
import studbook.cli.support.UsageException;
import studbook.model.RunState;
import studbook.store.database.Database;
import studbook.store.run.RunRepository;
import studbook.store.run.RunStateRepository;
import studbook.store.run.WorkerRepository;

/** The run that a command controls, from any machine. */
record ActiveRun(
    RunRepository.RunRow run, RunRepository runRepository, RunStateRepository runStates) {

  /**
   * The run that is neither finished nor cancelled.
   *
   * @throws UsageException if there is none
   */
  static ActiveRun of(Database database) {
    RunRepository runRepository = new RunRepository(database.jdbi());
    Optional<RunRepository.RunRow> run = runRepository.unfinished();
    return new ActiveRun(
        run.orElseThrow(() -> none(runRepository.latest())),
        runRepository,
        new RunStateRepository(database.jdbi()));
  }

  private static UsageException none(Optional<RunRepository.RunRow> latest) {
    return new UsageException(
        latest
            .map(run -> "no run is active: run %d is %s".formatted(run.id(), run.state().text()))
            .orElse("there is no run yet: `studbook backfill` starts the first"));
  }

  boolean isStopped() {
    return run.state() == RunState.STOPPED;
  }

  /** Living processes that work on it. */
  List<WorkerRepository.WorkerRow> activeWorkers() {
    return runStates.activeWorkers(run.id()).stream()
        .filter(WorkerRepository.WorkerRow::isAlive)
        .toList();
  }

  /** Whether a living process owns or works on it. */
  boolean hasActiveWorker() {
    return run.isUnderWay() || !activeWorkers().isEmpty();
  }
}
