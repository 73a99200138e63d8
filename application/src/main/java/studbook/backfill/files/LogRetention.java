package studbook.backfill.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How long logs and reports stay in a logs folder. The last 20 of each kind stay at any age. Only
 * regular files with names of {@link LogDirectory} are removed.
 *
 * @param age since the last write after which a file may be removed; empty: never
 */
public record LogRetention(Optional<Duration> age) {

  /** Ninety days. */
  public static final LogRetention USUAL = new LogRetention(Optional.of(Duration.ofDays(90)));

  private static final int ALWAYS_KEPT = 20;

  private static final List<Pattern> KINDS =
      Stream.of(
              "backfill_\\d{8}_\\d{6}\\.log",
              "worker_\\d{8}_\\d{6}_\\d+\\.log",
              "report_\\d{8}_\\d{6}_run\\d+\\.md",
              "report_\\d{8}_\\d{6}_run\\d+\\.html",
              "validation_\\d{8}_\\d{6}\\.txt")
          .map(Pattern::compile)
          .toList();

  /** A file and when it was last written. */
  private record DatedFile(Path file, Instant written) {}

  /**
   * Removes files older than {@code age}. A file that another process has just removed is no error.
   */
  public void prune(LogDirectory logDirectory, Instant now) throws IOException {
    if (age.isPresent()) {
      Instant oldest = now.minus(age.get());
      for (Pattern kind : KINDS) {
        prune(dated(logDirectory.folder(), kind), oldest);
      }
    }
  }

  private static void prune(List<DatedFile> newestFirst, Instant oldest) throws IOException {
    for (DatedFile file :
        newestFirst.subList(Math.min(ALWAYS_KEPT, newestFirst.size()), newestFirst.size())) {
      if (file.written().isBefore(oldest)) {
        Files.deleteIfExists(file.file());
      }
    }
  }

  private static List<DatedFile> dated(Path folder, Pattern kind) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> kind.matcher(file.getFileName().toString()).matches())
          .flatMap(file -> dated(file).stream())
          .sorted(
              Comparator.comparing(DatedFile::written).thenComparing(DatedFile::file).reversed())
          .toList();
    }
  }

  /** Empty if it is no regular file, or if another process has removed it. */
  private static Optional<DatedFile> dated(Path file) {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return attributes.isRegularFile()
          ? Optional.of(new DatedFile(file, attributes.lastModifiedTime().toInstant()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
