package studbook.backfill.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import studbook.security.PrivateFiles;

/**
 * The folder {@code logs} of a home, and the file names in it. Readable by its owner only.
 *
 * @param folder exists once {@link #in} has returned it
 */
public record LogDirectory(Path folder) {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss", Locale.ROOT);

  /** The folder of {@code home}, created if missing. */
  public static LogDirectory in(Path home) throws IOException {
    Path folder = home.resolve("logs");
    if (!Files.isDirectory(folder)) {
      PrivateFiles.home(home);
      PrivateFiles.folder(folder);
    }
    return new LogDirectory(folder);
  }

  /** A file name for the log of a backfill that starts now. */
  public Path newLog(Clock clock) {
    return folder.resolve("backfill_" + stamp(clock) + ".log");
  }

  /**
   * A file name for the log of a worker that starts now; several may start in one folder at once.
   */
  public Path newWorkerLog(Clock clock, long process) {
    return folder.resolve("worker_%s_%d.log".formatted(stamp(clock), process));
  }

  /** A file name for the report of a run that has just finished. */
  public Path newReport(Clock clock, long run, String extension) {
    return folder.resolve("report_%s_run%d.%s".formatted(stamp(clock), run, extension));
  }

  /** A file name for the result of a validation. */
  public Path newValidation(Clock clock) {
    return folder.resolve("validation_" + stamp(clock) + ".txt");
  }

  private static String stamp(Clock clock) {
    return STAMP.format(LocalDateTime.ofInstant(clock.instant(), clock.getZone()));
  }

  public PidFile pidFile() {
    return new PidFile(folder.resolve("backfill_pid.txt"));
  }

  public Path checkpoint() {
    return folder.resolve("backfill_checkpoint.json");
  }

  public ErrorsFile errors() {
    return new ErrorsFile(folder.resolve("backfill_errors.json"));
  }

  /** Writes the ids of failed horses, one a line: usable as an ids file. */
  public Path writeFailedIds(List<String> ids) throws IOException {
    Path file = folder.resolve("failed_horse_ids.txt");
    PrivateFiles.write(file, ids.stream().collect(Collectors.joining("\n", "", "\n")));
    return file;
  }
}
