package studbook.backfill.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import studbook.security.PrivateFiles;
import studbook.store.run.ProcessIdentity;

/**
 * The file with the process of the active run, for `studbook stop` and scripts: its number, and on
 * a second line when and where it began, since the number may be another process's by now.
 */
public final class PidFile {

  private static final String SERVICE = "serve";

  /** Commands whose process works on a run. */
  private static final Set<String> COMMANDS =
      Set.of("backfill", "refresh", "retry", "schedule", SERVICE);

  private final Path file;

  /**
   * A process that works on a run.
   *
   * @param isService whether it is a service, which has other jobs too
   */
  public record RunProcess(ProcessHandle handle, boolean isService) {}

  PidFile(Path file) {
    this.file = file;
  }

  /** Writes this process. */
  public void write() throws IOException {
    ProcessIdentity identity = ProcessIdentity.mine();
    PrivateFiles.write(file, identity.process() + "\n" + identity.started() + "\n");
  }

  /** Removes the file if it names this process. */
  public void remove() throws IOException {
    if (number().equals(Optional.of(ProcessHandle.current().pid()))) {
      Files.deleteIfExists(file);
    }
  }

  /** The process in the file, running or not. */
  public Optional<Long> number() throws IOException {
    String text = line(0);
    return text.matches("\\d{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }

  /** The process in the file, if it runs and is one of Studbook that works on runs. */
  public Optional<RunProcess> process() throws IOException {
    String started = line(1);
    return number()
        .filter(number -> ProcessIdentity.of(number).started().equals(started))
        .flatMap(ProcessHandle::of)
        .flatMap(PidFile::runProcess);
  }

  private String line(int number) throws IOException {
    List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
    return number < lines.size() ? lines.get(number).strip() : "";
  }

  private static Optional<RunProcess> runProcess(ProcessHandle process) {
    List<String> arguments = List.of(process.info().arguments().orElse(new String[0]));
    boolean works =
        arguments.stream().anyMatch(COMMANDS::contains)
            && arguments.stream().anyMatch(argument -> argument.contains("studbook"));
    return works
        ? Optional.of(new RunProcess(process, arguments.contains(SERVICE)))
        : Optional.empty();
  }
}
