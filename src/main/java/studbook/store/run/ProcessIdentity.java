package studbook.store.run;

import studbook.store.connection.HostName;

/**
 * Which process on which host. A host's name does not say where a process runs: containers and
 * cloned machines share one. What a process may know about another is in {@code started}, which
 * names the boot and the PID namespace as well ({@link ProcessTable}).
 *
 * @param host the host's name, for people
 * @param process its number there
 * @param started where and when it began, in a form that only {@link ProcessTable} reads
 */
public record ProcessIdentity(String host, long process, String started) {

  /** What can be known about a process without its heartbeat. */
  public enum ProcessLiveness {
    /** It runs. */
    RUNNING,
    /** It has ended. */
    ENDED,
    /** It belongs to another boot or PID namespace, or is hidden: only its heartbeat can tell. */
    UNKNOWN
  }

  private static final ProcessIdentity MINE = of(ProcessHandle.current().pid());

  /** This process. */
  public static ProcessIdentity mine() {
    return MINE;
  }

  /** Whether it runs, as far as this process can see. */
  public ProcessLiveness liveness() {
    return ProcessTable.liveness(process, started);
  }

  /** A process that this one can see under that number now, whether it runs or not. */
  public static ProcessIdentity of(long process) {
    return new ProcessIdentity(HostName.current(), process, ProcessTable.started(process));
  }

  /** {@code host alpha (process 4711)}. */
  @Override
  public String toString() {
    return "host " + host + " (process " + process + ")";
  }
}
