package studbook.cli.progress;

import studbook.backfill.worker.Ending;
import studbook.cli.support.ExitCode;
import studbook.cli.support.UserMistake;
import studbook.cli.support.Version;
import studbook.store.run.ProcessIdentity;
import studbook.store.run.Tally;
import studbook.text.Words;

/** What is said at the end of a process's part in a run, and its exit code. */
public record Farewell(String sentence, int exitCode) {

  /**
   * Of an ending.
   *
   * @throws UserMistake where a person has to mend something first
   */
  public static Farewell of(long run, Ending ending, Tally tally) {
    return switch (ending) {
      case Ending.Finished() ->
          new Farewell(
              "Run %d is finished.".formatted(run),
              tally.failed() > 0 ? ExitCode.NOT_GOOD : ExitCode.DONE);
      case Ending.Stopped() ->
          new Farewell(
              "Run %d is stopped; `studbook backfill --resume` continues with the other %s."
                  .formatted(run, Words.count(tally.pending(), "horse")),
              ExitCode.STOPPED);
      case Ending.StopRequested() ->
          new Farewell(
              "Run %d is stopped in every process; `studbook backfill --resume` continues with the other %s."
                  .formatted(run, Words.count(tally.pending(), "horse")),
              ExitCode.STOPPED);
      case Ending.Left(ProcessIdentity owner) ->
          new Farewell(
              "Run %d continues without this process, on %s.".formatted(run, owner),
              ExitCode.STOPPED);
      case Ending.Cancelled() ->
          new Farewell(
              "Run %d was cancelled; %s no outcome."
                  .formatted(
                      run,
                      tally.pending() == 1
                          ? "1 horse has"
                          : Words.count(tally.pending(), "horse") + " have"),
              ExitCode.NOT_GOOD);
      case Ending.Superseded() ->
          new Farewell(
              "Run %d was superseded meanwhile; `studbook status` shows the latest.".formatted(run),
              ExitCode.STOPPED);
      case Ending.Refused(int status) ->
          throw new UserMistake(
              "The Racing API refuses the account (%d): look at RACING_API_USERNAME and RACING_API_PASSWORD"
                  .formatted(status));
      case Ending.NotRecorded(Ending.Finished _, String reason) ->
          new Farewell(
              "Every horse of run %d is settled, but the run could not be marked as finished: the database cannot be used (%s). `studbook backfill --resume` marks it."
                  .formatted(run, reason),
              ExitCode.STOPPED);
      case Ending.NotRecorded(Ending _, String reason) ->
          new Farewell(
              "This process stopped, but run %d could not be marked as stopped: the database cannot be used (%s). `studbook backfill --resume` continues it."
                  .formatted(run, reason),
              ExitCode.STOPPED);
      case Ending.OtherVersion(ProcessIdentity owner, String version) ->
          throw new UserMistake(
              "run %d is worked on by Studbook %s on %s now, this is %s: use the same version on both"
                  .formatted(run, version, owner, Version.current()));
    };
  }
}
