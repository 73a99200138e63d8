package studbook.backfill.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import studbook.security.PrivateFiles;
import studbook.store.run.ProcessIdentity;

/**
 * The file with the process of the active backfill, for `studbook stop` and scripts: its number,
 * and on a second line when and where it began, since the number may be another process's by now.
 */
public final class PidFile {

  private final Path file;

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

  /** The process in the file, if it runs and is a backfill of Studbook. */
  public Optional<ProcessHandle> backfill() throws IOException {
    String started = line(1);
    return number()
        .filter(number -> ProcessIdentity.of(number).started().equals(started))
        .flatMap(ProcessHandle::of)
        .filter(PidFile::isBackfill);
  }

  private String line(int number) throws IOException {
    List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
    return number < lines.size() ? lines.get(number).strip() : "";
  }

  private static boolean isBackfill(ProcessHandle process) {
    String[] arguments = process.info().arguments().orElse(new String[0]);
    return Arrays.asList(arguments).contains("backfill")
        && Arrays.stream(arguments).anyMatch(argument -> argument.contains("studbook"));
  }
}
