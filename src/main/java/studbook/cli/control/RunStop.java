package studbook.cli.control;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import studbook.cli.support.Surroundings;
import studbook.cli.support.UserMistake;
import studbook.model.RunState;
import studbook.store.run.RunControl;
import studbook.store.run.Runs;
import studbook.store.run.Workers;

/**
 * Stops every process of a run, from any machine.
 *
 * @param run its number
 */
record RunStop(long run, Runs runs, RunControl control, Surroundings surroundings) {

  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /**
   * Asks all of them to stop and waits until they have.
   *
   * @return a sentence for the person
   * @throws UserMistake where one does not stop
   */
  String stopAll() throws InterruptedException {
    Set<UUID> asked = new HashSet<>();
    long deadline = surroundings.ticker().nanos() + LONGEST.toNanos();
    List<Workers.Worker> working = ask(asked);
    while (!working.isEmpty()) {
      if (surroundings.ticker().nanos() > deadline) {
        throw new UserMistake(
            "asked to stop %d s ago and not stopped: %s; look at the log there"
                .formatted(LONGEST.toSeconds(), names(working)));
      }
      surroundings.sleeper().sleep(LOOK);
      working = ask(asked);
    }
    control.stopAbandoned(run);
    RunState state = runs.find(run).map(Runs.Run::state).orElse(RunState.STOPPED);
    return state == RunState.STOPPED
        ? "Run %d is stopped in every process (%d); `studbook backfill --resume` continues it."
            .formatted(run, asked.size())
        : "Run %d is %s; no process works on it.".formatted(run, state.text());
  }

  /** Repeated, since a process may join between two looks. */
  private List<Workers.Worker> ask(Set<UUID> asked) {
    control.requestStop(run);
    List<Workers.Worker> working = working();
    working.forEach(worker -> asked.add(worker.id()));
    return working;
  }

  /** Living processes of the run; its owner is one before its first heartbeat. */
  List<Workers.Worker> working() {
    Optional<Workers.Worker> owner =
        runs.find(run).filter(Runs.Run::isUnderWay).map(Runs.Run::owner);
    List<Workers.Worker> company = control.company(run);
    return Stream.concat(owner.stream(), company.stream())
        .filter(Workers.Worker::isAlive)
        .distinct()
        .toList();
  }

  /** The processes as people read them. */
  static String names(List<Workers.Worker> workers) {
    return workers.stream()
        .map(worker -> worker.process().toString())
        .collect(Collectors.joining(", "));
  }
}
