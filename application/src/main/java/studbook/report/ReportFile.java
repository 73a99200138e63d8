package studbook.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import studbook.report.figures.PreExecutionReport;
import studbook.report.section.ReportSummary;
import studbook.security.FileOwner;

/**
 * A report in a file that its owner alone can read. It is replaced at once, so that a reader finds
 * the whole of one version.
 *
 * @param path where it is; its folder exists
 */
public record ReportFile(Path path) {

  /** Our title stands in the first of a report's bytes, whatever its format. */
  private static final int HEAD = 1_024;

  /**
   * Writes it; an earlier report makes place.
   *
   * @return whether one did
   * @throws FileAlreadyExistsException where a file stands that is no report of ours; it stays
   */
  public boolean write(String document) throws IOException {
    boolean replaces = Files.exists(path);
    if (replaces && !isReport()) {
      throw new FileAlreadyExistsException(path.toString());
    }
    Path folder = path.toAbsolutePath().getParent();
    Path whole =
        Files.createTempFile(
            folder,
            path.getFileName().toString(),
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      FileOwner.inherit(whole);
      Files.writeString(whole, document);
      Files.move(whole, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(whole);
    }
    return replaces;
  }

  private boolean isReport() throws IOException {
    if (!Files.isRegularFile(path)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(path)) {
      String head = new String(in.readNBytes(HEAD), StandardCharsets.UTF_8);
      return head.contains(ReportSummary.DOCUMENT) || head.contains(PreExecutionReport.DOCUMENT);
    }
  }
}
