package studbook.embeddedpg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * PostgreSQL's main process according to its pid file.
 *
 * @param pid may be dead or another process by now
 * @param data the data folder it was started with
 */
record Postmaster(long pid, String data) {

  /** Reads {@code postmaster.pid}; empty if missing or unreadable. */
  static Optional<Postmaster> read(Path pidFile) throws IOException {
    try {
      List<String> lines = Files.readAllLines(pidFile);
      return lines.size() < 2
          ? Optional.empty()
          : Optional.of(new Postmaster(Long.parseLong(lines.get(0).strip()), lines.get(1)));
    } catch (NoSuchFileException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  boolean isAlive() {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  /**
   * Whether the process with that id is certainly no live postmaster. Decided by the command line,
   * which contains the data folder. Start times are unusable, they move with the wall clock.
   */
  boolean isSomethingElse() {
    return isZombie() || hasOtherArguments();
  }

  private boolean hasOtherArguments() {
    return ProcessHandle.of(pid)
        .map(ProcessHandle::info)
        .flatMap(info ->
            info.arguments()
                .map(arguments -> !List.of(arguments).contains(data))
                .or(() -> info.commandLine().map(line -> !line.contains(data))))
        .orElse(false);
  }

  /** Dead but not collected by its parent, as in a container whose first process is this one. */
  private boolean isZombie() {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return stat.startsWith(") Z", stat.lastIndexOf(')'));
    } catch (IOException e) {
      return false;
    }
  }
}
