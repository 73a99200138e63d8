package studbook.store.run;

import studbook.store.connection.HostName;

/**
 * A process on a host. A host name does not identify a machine: containers and cloned machines
 * share names. What one process can know about another is in {@code started}, which contains the
 * boot and the PID namespace ({@link ProcessTable}).
 *
 * @param host name for people
 * @param process its number
 * @param started where and when it began, in a form that only {@link ProcessTable} reads
 */
public record ProcessIdentity(String host, long process, String started) {

  /** What is known about a process without its heartbeat. */
  enum ProcessLiveness {
    /** It runs. */
    RUNNING,
    /** It has ended. */
    ENDED,
    /**
     * It belongs to another boot or PID namespace, or is hidden: only its heartbeat can show it.
     */
    UNKNOWN
  }

  private static final ProcessIdentity MINE = of(ProcessHandle.current().pid());

  /** This process. */
  public static ProcessIdentity mine() {
    return MINE;
  }

  /** Whether it runs, as far as this process can see. */
  ProcessLiveness liveness() {
    return ProcessTable.liveness(process, started);
  }

  /**
   * Whether it runs, if this process can see it; otherwise whether its heartbeat is recent.
   *
   * @param seenLately whether its last heartbeat is within {@link
   *     studbook.store.work.LeaseConfig#DEAD_AFTER}
   */
  public boolean isAlive(boolean seenLately) {
    return switch (liveness()) {
      case RUNNING -> true;
      case ENDED -> false;
      case UNKNOWN -> seenLately;
    };
  }

  /** The process with that number now, running or not. */
  public static ProcessIdentity of(long process) {
    return new ProcessIdentity(HostName.current(), process, ProcessTable.started(process));
  }

  /** {@code host alpha (process 4711)}. */
  @Override
  public String toString() {
    return "host " + host + " (process " + process + ")";
  }
}
