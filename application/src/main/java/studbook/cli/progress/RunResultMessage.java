package studbook.cli.progress;

import studbook.backfill.worker.RunResult;
import studbook.cli.support.ExitCode;
import studbook.cli.support.ProductVersion;
import studbook.cli.support.UsageException;
import studbook.store.run.ProcessIdentity;
import studbook.store.run.RunCounts;
import studbook.text.HumanFormat;

/** The message at the end of a process's part in a run, and its exit code. */
public record RunResultMessage(String sentence, int exitCode) {

  /**
   * The message of a result.
   *
   * @throws UsageException if the user has to fix something first
   */
  public static RunResultMessage of(long run, RunResult result, RunCounts counts) {
    return switch (result) {
      case RunResult.RunFinished() ->
          new RunResultMessage(
              "Run %d is finished.".formatted(run),
              counts.failed() > 0 ? ExitCode.NOT_GOOD : ExitCode.DONE);
      case RunResult.ProcessStopped() ->
          new RunResultMessage(
              "Run %d is stopped; `studbook backfill --resume` continues with the other %s."
                  .formatted(run, HumanFormat.count(counts.pending(), "horse")),
              ExitCode.STOPPED);
      case RunResult.StopRequested() ->
          new RunResultMessage(
              "Run %d is stopped in every process; `studbook backfill --resume` continues with the other %s."
                  .formatted(run, HumanFormat.count(counts.pending(), "horse")),
              ExitCode.STOPPED);
      case RunResult.HandedOver(ProcessIdentity owner) ->
          new RunResultMessage(
              "Run %d continues without this process, on %s.".formatted(run, owner),
              ExitCode.STOPPED);
      case RunResult.RunCancelled() ->
          new RunResultMessage(
              "Run %d was cancelled with %s pending."
                  .formatted(run, HumanFormat.count(counts.pending(), "horse")),
              ExitCode.NOT_GOOD);
      case RunResult.RunSuperseded() ->
          new RunResultMessage(
              "Run %d was superseded by a newer run; `studbook status` shows it.".formatted(run),
              ExitCode.STOPPED);
      case RunResult.CredentialsRejected(int status) ->
          throw new UsageException(
              "the Racing API rejected the credentials (%d): check RACING_API_USERNAME and RACING_API_PASSWORD"
                  .formatted(status));
      case RunResult.NotRecorded(RunResult.RunFinished _, String reason) ->
          new RunResultMessage(
              "Every horse of run %d is completed, but the run could not be marked as finished: the database is unavailable (%s). `studbook backfill --resume` marks it."
                  .formatted(run, reason),
              ExitCode.STOPPED);
      case RunResult.NotRecorded(RunResult _, String reason) ->
          new RunResultMessage(
              "This process stopped, but run %d could not be marked as stopped: the database is unavailable (%s). `studbook backfill --resume` continues it."
                  .formatted(run, reason),
              ExitCode.STOPPED);
      case RunResult.OtherVersion(ProcessIdentity owner, String version) ->
          throw new UsageException(
              "run %d uses Studbook %s on %s, and this is %s: use the same version on both"
                  .formatted(run, version, owner, ProductVersion.current()));
    };
  }
}
