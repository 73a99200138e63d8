package studbook.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Which process on which host. The start tells a process from a later one that was given its
 * number; on Linux it is counted from the boot, so that a wall clock that is set leaves it alone.
 *
 * @param host the host's name
 * @param process its number there
 * @param started when it began, in a form that only this class reads
 */
public record ProcessIdentity(String host, long process, String started) {

  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

  /** This process. */
  public static ProcessIdentity mine() {
    long process = ProcessHandle.current().pid();
    return new ProcessIdentity(HostName.current(), process, start(process).orElse("unknown"));
  }

  /** Whether it ran on the host we are on, since the same boot or not. */
  public boolean isHere() {
    return host.equals(HostName.current());
  }

  /** Whether it is gone for certain. On another host nobody can tell: false. */
  public boolean isDeadHere() {
    return isHere() && !start(process).equals(Optional.of(started));
  }

  private static Optional<String> start(long process) {
    Path stat = Path.of("/proc", Long.toString(process), "stat");
    try {
      if (Files.exists(BOOT)) {
        if (!Files.exists(stat)) {
          return Optional.empty();
        }
        String line = Files.readString(stat);
        // The command in brackets may hold anything; state is the first field behind it, the start
        // is the twentieth.
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", 21);
        boolean ended = fields[0].equals("Z") || fields[0].equals("X");
        return ended
            ? Optional.empty()
            : Optional.of(Files.readString(BOOT).strip() + "/" + fields[19]);
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    return ProcessHandle.of(process)
        .flatMap(handle -> handle.info().startInstant())
        .map(Instant::toString);
  }

  /** {@code host alpha (process 4711)}. */
  @Override
  public String toString() {
    return "host " + host + " (process " + process + ")";
  }
}
