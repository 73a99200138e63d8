package studbook.backfill.worker;

import studbook.store.run.ProcessIdentity;

/** The end of a process's part in a run. */
public sealed interface RunResult {

  /** Every horse of the run is completed. */
  record RunFinished() implements RunResult {}

  /** A later run replaced this one while the process slept; it owns nothing any more. */
  record RunSuperseded() implements RunResult {}

  /** A person cancelled the run; horses without an outcome keep none. */
  record RunCancelled() implements RunResult {}

  /** The run is stopped on request, and no other process works on it. It can be resumed. */
  record ProcessStopped() implements RunResult {}

  /** A person asked every process of the run to stop. It can be resumed. */
  record StopRequested() implements RunResult {}

  /**
   * This process was asked to stop; the run continues without it.
   *
   * @param owner the process that continues it
   */
  record HandedOver(ProcessIdentity owner) implements RunResult {}

  /**
   * The API rejected the first requests: the credentials are wrong.
   *
   * @param status 401 or 403
   */
  record CredentialsRejected(int status) implements RunResult {}

  /**
   * This process's part in the run ended, but could not be recorded.
   *
   * @param result how it ended
   * @param reason why it could not be recorded
   */
  record NotRecorded(RunResult result, String reason) implements RunResult {}

  /**
   * The run belongs to a process of another version; held results are written.
   *
   * @param owner of the run
   * @param version of that process
   */
  record OtherVersion(ProcessIdentity owner, String version) implements RunResult {}
}
