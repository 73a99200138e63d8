package studbook.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import studbook.report.figures.PreExecutionReport;
import studbook.report.section.ReportSummary;
import studbook.security.AtomicFile;

/**
 * A report in a file.
 *
 * @param path in a directory that exists
 */
public record ReportFile(Path path) {

  /** Bytes of a report, in any format, that contain its title. */
  private static final int HEAD = 1_024;

  /**
   * Writes it; replaces an earlier report.
   *
   * @return whether there was one
   * @throws FileAlreadyExistsException where a file exists that is not a report; it is kept
   */
  public boolean write(String document) throws IOException {
    boolean replaces = Files.exists(path);
    if (replaces && !isReport()) {
      throw new FileAlreadyExistsException(path.toString());
    }
    AtomicFile.write(path, document);
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
