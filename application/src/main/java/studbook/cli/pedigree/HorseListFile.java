package studbook.cli.pedigree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import studbook.cli.support.UsageException;
import studbook.text.FileErrorMessages;

/** A file of ids or names of horses, one per line. */
final class HorseListFile {

  private HorseListFile() {}

  /**
   * Reads them; empty lines are skipped.
   *
   * @throws UsageException if the file cannot be read or has no horse
   */
  static List<String> read(Path file) {
    try {
      List<String> horses =
          Files.readAllLines(file).stream()
              .map(line -> line.replace("\uFEFF", "").strip())
              .filter(line -> !line.isEmpty())
              .toList();
      if (horses.isEmpty()) {
        throw new UsageException("%s has no horses".formatted(file.getFileName()));
      }
      return horses;
    } catch (IOException e) {
      throw new UsageException("cannot read %s: %s".formatted(file, FileErrorMessages.reason(e)));
    }
  }
}
