package studbook.store.run;

import studbook.model.RunState;

/** The state of a run for a reader: as its row has it, or that its process died. */
public enum RunStatus {
  RUNNING,
  PAUSED,
  /** The row says running or paused, and no living process owns the run. */
  DIED,
  STOPPED,
  FINISHED,
  CANCELLED,
  SUPERSEDED;

  /** The command that continues a run that was stopped or whose process died. */
  public static final String RESUME = "studbook backfill --resume";

  public static RunStatus of(RunRepository.RunRow run) {
    return RunStateRepository.ACTIVE.contains(run.state()) && !run.isUnderWay()
        ? DIED
        : valueOf(run.state().name());
  }

  /** Whether a living process works on it. */
  public boolean isActive() {
    return this == RUNNING || this == PAUSED;
  }

  /** As people read it: {@code finished}, {@code process died}. */
  public String text() {
    return this == DIED ? "process died" : RunState.valueOf(name()).text();
  }
}
