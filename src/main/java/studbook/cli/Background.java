package studbook.cli;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import studbook.backfill.files.PidFile;

/** Starts the same backfill again, detached from the terminal. */
final class Background {

  private static final Duration MAY_TAKE = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(100);

  private final Session session;

  Background(Session session) {
    this.session = session;
  }

  /**
   * Returns once the backfill works or has said why it does not.
   *
   * @param log where it writes
   */
  int start(Path log, PidFile pidFile) throws IOException, InterruptedException {
    Logging.begin(log);
    Process process =
        new ProcessBuilder(command(log))
            .directory(session.surroundings().workingDirectory().toFile())
            .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.appendTo(log.toFile()))
            .start();
    Surroundings surroundings = session.surroundings();
    long deadline = surroundings.ticker().nanos() + MAY_TAKE.toNanos();
    while (process.isAlive()
        && !pidFile.number().equals(Optional.of(process.pid()))
        && surroundings.ticker().nanos() < deadline) {
      surroundings.sleeper().sleep(LOOK);
    }
    if (!process.isAlive() && process.exitValue() != ExitCode.DONE) {
      session.say("The backfill did not start; its log " + log + " says:");
      List<String> lines = Files.readAllLines(log);
      lines.subList(Math.max(0, lines.size() - 5), lines.size()).forEach(session::say);
      return process.exitValue();
    }
    session
        .out()
        .printf(
            process.isAlive()
                ? "Working in the background: process %d, log %s.%n"
                : "Done already: process %d, log %s.%n",
            process.pid(),
            log);
    return ExitCode.DONE;
  }

  private List<String> command(Path log) {
    ProcessHandle.Info self = ProcessHandle.current().info();
    List<String> command = new ArrayList<>();
    // A session of its own keeps the terminal's hang-up and Ctrl-C away; macOS has only nohup.
    command.add(Files.isExecutable(Path.of("/usr/bin/setsid")) ? "setsid" : "nohup");
    command.add(self.command().orElse("java"));
    for (String argument : self.arguments().orElse(new String[0])) {
      if (!argument.equals("--background")) {
        command.add(argument);
      }
    }
    command.addAll(List.of("--non-interactive", "--log-file", log.toString()));
    return command;
  }
}
