package studbook.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The dated logs of a folder that were last written before a time, oldest first.
 *
 * @param folder may not exist
 */
record OldLogs(Path folder) {

  /** The names end in the time of the start, and in the process if several can start at once. */
  private static final Pattern NAME = Pattern.compile("[a-z]+_\\d{8}_\\d{6}(?:_\\d+)?\\.log");

  /** A log and the month of its last line. */
  record OldLog(Path file, YearMonth month) {}

  List<OldLog> before(Instant time) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> NAME.matcher(file.getFileName().toString()).matches())
          .sorted()
          .flatMap(file -> old(file, time).stream())
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  /** Empty for a newer file, a file that is no regular one, or one that was removed meanwhile. */
  private static Optional<OldLog> old(Path file, Instant time) {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      Instant written = attributes.lastModifiedTime().toInstant();
      return attributes.isRegularFile() && written.isBefore(time)
          ? Optional.of(new OldLog(file, YearMonth.from(written.atOffset(ZoneOffset.UTC))))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
