package studbook.cli.control;

import java.util.List;
import java.util.Optional;
import studbook.cli.support.UserMistake;
import studbook.model.RunState;
import studbook.store.database.Database;
import studbook.store.run.RunControl;
import studbook.store.run.Runs;
import studbook.store.run.Workers;

/** The run that a person wants to steer, from whichever machine. */
record UnfinishedRun(Runs.Run run, RunControl control) {

  /**
   * The one that is neither finished nor given up.
   *
   * @throws UserMistake where there is none
   */
  static UnfinishedRun of(Database database) {
    Runs runs = new Runs(database.jdbi());
    Optional<Runs.Run> run = runs.unfinished();
    return new UnfinishedRun(
        run.orElseThrow(() -> none(runs.latest())), new RunControl(database.jdbi()));
  }

  private static UserMistake none(Optional<Runs.Run> latest) {
    return new UserMistake(
        latest
            .map(run -> "no run is under way: run %d is %s".formatted(run.id(), run.state().text()))
            .orElse("there is no run yet: `studbook backfill` makes the first"));
  }

  boolean isStopped() {
    return run.state() == RunState.STOPPED;
  }

  /** Living processes that work on it. */
  List<Workers.Worker> company() {
    return control.company(run.id()).stream().filter(Workers.Worker::isAlive).toList();
  }

  /** Whether a living process owns or works on it. */
  boolean isInHand() {
    return run.isUnderWay() || !company().isEmpty();
  }
}
