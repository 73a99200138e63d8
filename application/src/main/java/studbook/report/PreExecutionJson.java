package studbook.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import studbook.json.TableCountsJson;
import studbook.report.figures.PreExecutionReport;
import studbook.report.figures.PreExecutionReport.PlanLine;

/** A report before a run as JSON. */
record PreExecutionJson(
    String title,
    Instant generatedAt,
    String version,
    TableCountsJson tables,
    Optional<Double> qualityScore,
    long pending,
    long estimatedRequests,
    Optional<Duration> estimatedSeconds,
    List<String> settings,
    List<String> commands) {

  static PreExecutionJson of(PreExecutionReport report) {
    return new PreExecutionJson(
        PreExecutionReport.DOCUMENT,
        report.takenAt(),
        report.version(),
        TableCountsJson.of(report.tables()),
        report.quality(),
        report.toDo(),
        report.requests(),
        report.duration(),
        report.settings(),
        PreExecutionReport.COMMANDS.stream().map(PlanLine::label).toList());
  }
}
