package studbook.backfill.worker;

import studbook.store.run.ProcessIdentity;

/** How a process's part in a run came to its end. */
public sealed interface RunResult {

  /** Every horse of the run is settled. */
  record RunFinished() implements RunResult {}

  /** A later run took this one's place while the process slept; nothing more is its own. */
  record RunSuperseded() implements RunResult {}

  /** A person gave the run up; horses without an outcome keep none. */
  record RunCancelled() implements RunResult {}

  /** The run is stopped: somebody asked for it, and nobody else works on it. It can be resumed. */
  record ProcessStopped() implements RunResult {}

  /** A person asked every process of the run to stop. The run can be resumed. */
  record StopRequested() implements RunResult {}

  /**
   * Somebody asked this process to stop; the run goes on without it.
   *
   * @param owner who goes on
   */
  record HandedOver(ProcessIdentity owner) implements RunResult {}

  /**
   * The API refused the very first requests: the credentials are wrong.
   *
   * @param status 401 or 403
   */
  record CredentialsRejected(int status) implements RunResult {}

  /**
   * This process's part in the run ended, but the database could not be told.
   *
   * @param ending how it ended
   * @param reason why the database could not be told
   */
  record NotRecorded(RunResult ending, String reason) implements RunResult {}

  /**
   * The run belongs to a process of another version; what was in hand is written.
   *
   * @param owner whose it is
   * @param version of that process
   */
  record OtherVersion(ProcessIdentity owner, String version) implements RunResult {}
}
