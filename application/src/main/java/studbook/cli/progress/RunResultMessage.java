package studbook.cli.progress;

import static studbook.text.HumanFormat.count;

import studbook.backfill.worker.RunResult;
import studbook.backfill.worker.RunResult.CredentialsRejected;
import studbook.backfill.worker.RunResult.HandedOver;
import studbook.backfill.worker.RunResult.NotRecorded;
import studbook.backfill.worker.RunResult.OtherVersion;
import studbook.backfill.worker.RunResult.ProcessStopped;
import studbook.backfill.worker.RunResult.RunCancelled;
import studbook.backfill.worker.RunResult.RunFinished;
import studbook.backfill.worker.RunResult.RunSuperseded;
import studbook.backfill.worker.RunResult.StopRequested;
import studbook.cli.support.ExitCode;
import studbook.cli.support.ProductVersion;
import studbook.cli.support.UsageException;
import studbook.store.run.ProcessIdentity;
import studbook.store.run.RunCounts;

/** The message at the end of a process's part in a run, and its exit code. */
public record RunResultMessage(String sentence, int exitCode) {

  /**
   * The message of a result.
   *
   * @throws UsageException if the user has to fix something first
   */
  public static RunResultMessage of(long run, RunResult result, RunCounts counts) {
    return switch (result) {
      case RunFinished() ->
          new RunResultMessage(
              "Run %d is finished.".formatted(run),
              counts.failed() > 0 ? ExitCode.DONE_WITH_FAILURES : ExitCode.DONE);
      case ProcessStopped() ->
          stopped(
              "Run %d is stopped; `studbook backfill --resume` continues with the other %s."
                  .formatted(run, count(counts.pending(), "horse")));
      case StopRequested() ->
          stopped(
              "Run %d is stopped in every process; `studbook backfill --resume` continues with the other %s."
                  .formatted(run, count(counts.pending(), "horse")));
      case HandedOver(ProcessIdentity owner) ->
          stopped("Run %d continues without this process, on %s.".formatted(run, owner));
      case RunCancelled() ->
          new RunResultMessage(
              "Run %d was cancelled with %s pending."
                  .formatted(run, count(counts.pending(), "horse")),
              ExitCode.DONE_WITH_FAILURES);
      case RunSuperseded() ->
          stopped(
              "Run %d was superseded by a newer run; `studbook status` shows it.".formatted(run));
      case CredentialsRejected(int status) ->
          throw new UsageException(
              "the Racing API rejected the credentials (%d): check RACING_API_USERNAME and RACING_API_PASSWORD"
                  .formatted(status));
      case NotRecorded(RunFinished _, String reason) ->
          stopped(
              "Every horse of run %d is completed, but the run could not be marked as finished: the database is unavailable (%s). `studbook backfill --resume` marks it."
                  .formatted(run, reason));
      case NotRecorded(RunResult _, String reason) ->
          stopped(
              "This process stopped, but run %d could not be marked as stopped: the database is unavailable (%s). `studbook backfill --resume` continues it."
                  .formatted(run, reason));
      case OtherVersion(ProcessIdentity owner, String version) ->
          throw new UsageException(
              "run %d uses Studbook %s on %s, and this is %s: use the same version on both"
                  .formatted(run, version, owner, ProductVersion.current()));
    };
  }

  private static RunResultMessage stopped(String sentence) {
    return new RunResultMessage(sentence, ExitCode.STOPPED);
  }
}
