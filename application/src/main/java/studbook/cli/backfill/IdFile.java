package studbook.cli.backfill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import studbook.cli.support.UsageException;
import studbook.model.HorseId;
import studbook.text.FileErrorMessages;

/** A file of horse ids, one per line. */
final class IdFile {

  private IdFile() {}

  /**
   * Reads the ids; empty lines are skipped.
   *
   * @throws UsageException if the file cannot be read, or a line is no horse id
   */
  static List<String> read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new UsageException("cannot read %s: %s".formatted(file, FileErrorMessages.reason(e)));
    }
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).replace("\uFEFF", "").strip();
      if (!line.isEmpty()) {
        if (HorseId.parse(line).isEmpty()) {
          throw new UsageException(
              "line %d of %s is no horse id (hrs_ and digits)".formatted(i + 1, file));
        }
        ids.add(line);
      }
    }
    return ids;
  }
}
