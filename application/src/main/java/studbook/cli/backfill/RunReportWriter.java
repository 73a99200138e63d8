package studbook.cli.backfill;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.backfill.files.LogDirectory;
import studbook.cli.support.ErrorMessages;
import studbook.quality.Thresholds;
import studbook.report.ReportFile;
import studbook.report.ReportFormat;
import studbook.report.figures.ExecutionReport;
import studbook.store.database.Database;
import studbook.store.run.RunRepository;
import studbook.store.run.RunRepository.RunRow;

/** Writes the report of a finished run into the logs folder, as HTML and plain text. */
record RunReportWriter(
    Database database, LogDirectory logDirectory, Thresholds thresholds, Clock clock) {

  private static final Logger log = LoggerFactory.getLogger(RunReportWriter.class);

  /**
   * Writes it. A finished run stays so even if this fails.
   *
   * @return a sentence with its path, or why it is missing
   */
  String leave(long run) {
    try {
      RunRow finished = new RunRepository(database.jdbi()).find(run).orElseThrow();
      ExecutionReport report = ExecutionReport.load(database.jdbi(), finished, thresholds, clock);
      write(report, ReportFormat.MD);
      return "Report: " + write(report, ReportFormat.HTML) + " (also as .md).";
    } catch (IOException | RuntimeException e) {
      log.debug("the report of run {} was not written", run, e);
      return "The report could not be written (%s); `studbook report --run %d` creates it."
          .formatted(ErrorMessages.sentence(e), run);
    }
  }

  private Path write(ExecutionReport report, ReportFormat format) throws IOException {
    Path file = logDirectory.newReport(clock, report.run().id(), format.extension());
    new ReportFile(file).write(format.write(report, clock));
    return file;
  }
}
