package studbook.backfill.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import studbook.secret.OwnerOnly;

/**
 * The file that names the process of the backfill under way, for `studbook stop` and for scripts.
 */
public final class PidFile {

  private final Path file;

  public PidFile(Path file) {
    this.file = file;
  }

  /** Names this process. */
  public void write() throws IOException {
    OwnerOnly.write(file, ProcessHandle.current().pid() + "\n");
  }

  /** Removes the file where it names this process. */
  public void remove() throws IOException {
    if (number().equals(Optional.of(ProcessHandle.current().pid()))) {
      Files.deleteIfExists(file);
    }
  }

  /** The process that the file names, whether it lives or not. */
  public Optional<Long> number() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    String text = Files.readString(file).strip();
    return text.matches("\\d{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }

  /** The process that the file names, where it lives and is a backfill of Studbook. */
  public Optional<ProcessHandle> backfill() throws IOException {
    return number().flatMap(ProcessHandle::of).filter(PidFile::isBackfill);
  }

  private static boolean isBackfill(ProcessHandle process) {
    String[] arguments = process.info().arguments().orElse(new String[0]);
    return Arrays.asList(arguments).contains("backfill")
        && Arrays.stream(arguments).anyMatch(argument -> argument.contains("studbook"));
  }
}
