package studbook.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import studbook.security.PrivateFiles;
import studbook.store.archive.ArchivedTable;

/**
 * The folder {@code archive} of a home, and the file names in it. Readable by its owner only.
 *
 * @param folder may not exist yet
 */
public record ArchiveFolder(Path folder) {

  public static ArchiveFolder in(Path home) {
    return new ArchiveFolder(home.resolve("archive"));
  }

  /** {@code errors-2025-10.jsonl.zst}. */
  public Path file(ArchivedTable table, YearMonth month) {
    return folder.resolve("%s-%s.jsonl.zst".formatted(table.text(), month));
  }

  /** The file of a log. */
  Path file(Path log) {
    return folder.resolve(log.getFileName() + ".zst");
  }

  /** Whether errors of that month are archived here. */
  public boolean hasErrors(YearMonth month) {
    return Files.exists(file(ArchivedTable.ERRORS, month));
  }

  /** A writer for its files; creates the folder. */
  ArchiveWriter writer() throws IOException {
    Path home = folder.toAbsolutePath().getParent();
    if (home != null) {
      PrivateFiles.home(home);
    }
    PrivateFiles.folder(folder);
    return new ArchiveWriter(folder);
  }
}
