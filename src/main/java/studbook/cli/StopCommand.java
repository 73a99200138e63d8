package studbook.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import studbook.backfill.files.LogsFolder;
import studbook.backfill.files.PidFile;

/** {@code studbook stop}. */
@Command(
    name = "stop",
    description = "Stops the backfill of this folder; the run can be resumed.",
    footer = {"", "Example: studbook stop && studbook backfill --resume"})
final class StopCommand implements Callable<Integer> {

  private static final int SECONDS = 10;

  private final Session session;

  StopCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    PidFile file = LogsFolder.in(session.settings().home()).pidFile();
    Optional<ProcessHandle> backfill = file.backfill();
    if (backfill.isEmpty()) {
      String trace =
          file.number()
              .map(number -> " (process " + number + " of the pid file is none, or gone)")
              .orElse("");
      throw new UserMistake("no backfill is under way from this folder" + trace);
    }
    ProcessHandle process = backfill.get();
    process.destroy();
    try {
      process.onExit().get(SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new UserMistake(
          "process %d was asked to stop %d s ago and still lives; look at its log"
              .formatted(process.pid(), SECONDS));
    }
    session
        .out()
        .printf("Stopped process %d; `studbook backfill --resume` goes on.%n", process.pid());
    return ExitCode.DONE;
  }
}
