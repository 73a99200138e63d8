package studbook.report.section;

import static studbook.text.HumanFormat.count;
import static studbook.text.HumanFormat.percent;

import java.util.List;
import studbook.report.figures.PreExecutionReport;
import studbook.report.figures.PreExecutionReport.PlanLine;
import studbook.report.figures.TimeFormat;
import studbook.report.figures.UntrustedText;
import studbook.report.section.ReportSummary.KeyFigure;
import studbook.report.section.ReportTable.CellTone;
import studbook.report.section.SectionBlock.TableBlock;
import studbook.store.table.TableCounts;
import studbook.text.HumanFormat;

/** The document of a {@link PreExecutionReport}. Pure. */
public record PreExecutionSections(PreExecutionReport report, TimeFormat timeFormat) {

  public ReportDocument document() {
    return new ReportDocument(
        summary(),
        List.of(state(), estimate(), settings(), commands()),
        report.version(),
        timeFormat.date(report.takenAt()));
  }

  private ReportSummary summary() {
    TableCounts tables = report.tables();
    return new ReportSummary(
        PreExecutionReport.DOCUMENT,
        verdict(),
        "not started",
        CellTone.PLAIN,
        "Figures as of %s. No request was sent and nothing was written."
            .formatted(timeFormat.date(report.takenAt())),
        List.of(
            new KeyFigure(
                "Pending",
                count(report.toDo()),
                "of " + count(tables.horses(), "horse") + " in the database"),
            new KeyFigure(
                "Enriched",
                count(tables.enriched()),
                percent(tables.enriched(), tables.horses()) + " have a date of birth"),
            new KeyFigure("Requests", count(report.requests()), "estimated"),
            new KeyFigure("Duration", duration(), "estimated")));
  }

  private ReportVerdict verdict() {
    return report.toDo() == 0
        ? new ReportVerdict("NOTHING TO DO", CellTone.PLAIN, "No horse needs a request.")
        : new ReportVerdict(
            "PLANNED",
            CellTone.PLAIN,
            "%s of %s would be requested with about %s. Estimated duration: %s."
                .formatted(
                    count(report.toDo()),
                    count(report.tables().horses(), "horse"),
                    count(report.requests(), "request"),
                    duration()));
  }

  private String duration() {
    return report.duration().map(HumanFormat::duration).orElse("not limited");
  }

  private ReportSection state() {
    TableCounts tables = report.tables();
    ReportTable table = new ReportTable().text("Database").figure("Now").figure("Of all horses");
    row(table, "Horses", tables.horses());
    row(table, "Enriched (with date of birth)", tables.enriched());
    row(table, "Need enrichment", tables.unenriched());
    row(table, "Pedigrees", tables.pedigrees());
    table.row(
        "Data quality score (of 100)", report.quality().map(HumanFormat::rate).orElse("–"), "");
    return ReportSection.of("State of the database", new TableBlock(table));
  }

  private void row(ReportTable table, String label, long horses) {
    table.row(label, count(horses), percent(horses, report.tables().horses()));
  }

  private ReportSection estimate() {
    return ReportSection.of(
        "Estimate", new TableBlock(lines("Estimate", "Value", report.estimate())));
  }

  private ReportSection settings() {
    return ReportSection.of(
        "Settings",
        new TableBlock(
            lines(
                "Setting",
                "Value",
                report.settings().stream()
                    .map(setting -> setting.split("=", 2))
                    .map(parts -> new PlanLine(parts[0], parts.length > 1 ? parts[1] : ""))
                    .toList())));
  }

  private static ReportSection commands() {
    return ReportSection.of(
        "Commands", new TableBlock(lines("Command", "What it does", PreExecutionReport.COMMANDS)));
  }

  private static ReportTable lines(String label, String text, List<PlanLine> lines) {
    ReportTable table = new ReportTable().text(label).text(text);
    lines.forEach(
        line -> table.row(UntrustedText.name(line.label()), UntrustedText.message(line.text())));
    return table;
  }
}
