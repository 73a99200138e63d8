package studbook.monitor;

import studbook.store.run.RunRepository;

/** Where a run stands for one who looks at it: its state, and whether its owner lives. */
enum RunStatus {
  RUNNING,
  PAUSED,
  /** Its state says that it is under way, and its process is gone. */
  DIED,
  STOPPED,
  FINISHED,
  CANCELLED,
  SUPERSEDED;

  static RunStatus of(RunRepository.RunRow run) {
    return switch (run.state()) {
      case RUNNING -> run.isUnderWay() ? RUNNING : DIED;
      case PAUSED -> run.isUnderWay() ? PAUSED : DIED;
      case STOPPED -> STOPPED;
      case FINISHED -> FINISHED;
      case CANCELLED -> CANCELLED;
      case SUPERSEDED -> SUPERSEDED;
    };
  }

  /** Whether a living process has it in hand. */
  boolean isUnderWay() {
    return this == RUNNING || this == PAUSED;
  }
}
