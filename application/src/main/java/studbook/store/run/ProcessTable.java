package studbook.store.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import studbook.store.run.ProcessIdentity.ProcessLiveness;

/**
 * The processes that this one can see: those of the same boot and PID namespace. A process's start
 * is counted from the boot, so setting the wall clock does not change it.
 */
final class ProcessTable {

  private static final Path PROC = Path.of("/proc");

  /** Replaces the boot and PID namespace if they cannot be read. */
  private static final String UNKNOWN = "unknown";

  /** Boot id and PID namespace of this process; empty if they cannot be read. */
  private static final Optional<String> SCOPE = scope();

  private ProcessTable() {}

  /** Identifies a running process beside its number: boot, PID namespace, start. */
  static String started(long process) {
    try {
      return SCOPE.orElse(UNKNOWN) + "/" + start(process).orElse(UNKNOWN);
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  /**
   * Whether a process runs.
   *
   * @param started the result of {@link #started}, wherever it ran
   */
  static ProcessLiveness liveness(long process, String started) {
    int end = started.lastIndexOf('/');
    if (end < 0 || !SCOPE.equals(Optional.of(started.substring(0, end)))) {
      return ProcessLiveness.UNKNOWN;
    }
    try {
      boolean runs = start(process).equals(Optional.of(started.substring(end + 1)));
      return runs ? ProcessLiveness.RUNNING : ProcessLiveness.ENDED;
    } catch (IOException e) {
      return ProcessLiveness.UNKNOWN;
    }
  }

  private static Optional<String> scope() {
    try {
      // A /proc of another PID namespace shows other processes under our numbers, and one mounted
      // with hidepid lacks those of other users.
      boolean ours =
          Files.readSymbolicLink(PROC.resolve("self"))
              .toString()
              .equals(Long.toString(ProcessHandle.current().pid()));
      boolean whole =
          Files.readAllLines(PROC.resolve("self/mounts")).stream()
              .noneMatch(mount -> mount.contains(" /proc proc ") && hides(mount));
      return ours && whole
          ? Optional.of(
              Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip()
                  + "/"
                  + Files.readSymbolicLink(PROC.resolve("self/ns/pid")))
          : Optional.empty();
    } catch (IOException e) {
      return Files.exists(PROC.resolve("self")) ? Optional.empty() : scopeWithoutProc();
    }
  }

  private static boolean hides(String mount) {
    return mount.contains("hidepid=") && !mount.matches(".*hidepid=(0|off)\\b.*");
  }

  /** macOS has no PID namespaces, and an id for each boot. */
  private static Optional<String> scopeWithoutProc() {
    try {
      Process asked = new ProcessBuilder("sysctl", "-n", "kern.bootsessionuuid").start();
      String answer =
          new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return answer.isEmpty() ? Optional.empty() : Optional.of(answer);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** When it began; empty if it does not run. */
  private static Optional<String> start(long process) throws IOException {
    if (!Files.exists(PROC.resolve("self"))) {
      return ProcessHandle.of(process)
          .flatMap(handle -> handle.info().startInstant())
          .map(Instant::toString);
    }
    try {
      String line = Files.readString(PROC.resolve(Long.toString(process)).resolve("stat"));
      // The command in brackets may contain anything; the state is the first field after it, the
      // start the twentieth.
      String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", 21);
      boolean ended = fields[0].equals("Z") || fields[0].equals("X");
      return ended ? Optional.empty() : Optional.of(fields[19]);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
