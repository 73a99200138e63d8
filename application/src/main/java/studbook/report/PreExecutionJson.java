package studbook.report;

import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import studbook.report.figures.PreExecutionReport;
import studbook.report.figures.TimeFormat;
import studbook.text.JsonFormat;

/** A report before a run as JSON; the components are its stable keys. Pure. */
record PreExecutionJson(
    String document,
    String takenAt,
    String version,
    long horses,
    long enriched,
    long needEnrichment,
    long pedigreeRecords,
    @Nullable Double qualityScore,
    long toDo,
    long expectedRequests,
    @Nullable Long expectedSeconds,
    List<String> settings,
    List<String> commands) {

  static String of(PreExecutionReport report, TimeFormat moments) {
    return JsonFormat.pretty(
            new PreExecutionJson(
                PreExecutionReport.DOCUMENT,
                JsonFormat.time(
                    OffsetDateTime.ofInstant(report.takenAt(), moments.clock().getZone())),
                report.version(),
                report.tables().horses(),
                report.tables().enriched(),
                report.tables().unenriched(),
                report.tables().pedigrees(),
                report.quality().orElse(null),
                report.toDo(),
                report.requests(),
                report.duration().map(duration -> duration.toSeconds()).orElse(null),
                report.settings(),
                PreExecutionReport.COMMANDS.stream()
                    .map(PreExecutionReport.PlanLine::label)
                    .toList()))
        + "\n";
  }
}
