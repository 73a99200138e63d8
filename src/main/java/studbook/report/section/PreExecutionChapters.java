package studbook.report.section;

import java.util.List;
import studbook.report.figures.Moments;
import studbook.report.figures.Outside;
import studbook.report.figures.PreExecutionReport;
import studbook.store.table.Census;
import studbook.text.Words;

/** The document of a {@link PreExecutionReport}. Pure. */
public record PreExecutionChapters(PreExecutionReport report, Moments moments) {

  public ReportDocument document() {
    return new ReportDocument(
        headline(),
        List.of(state(), estimate(), settings(), commands()),
        report.version(),
        moments.date(report.takenAt()));
  }

  private Headline headline() {
    Census tables = report.tables();
    return new Headline(
        PreExecutionReport.DOCUMENT,
        verdict(),
        "not started",
        Sheet.Tone.PLAIN,
        "These are the figures of %s. No request has been sent and nothing has been written."
            .formatted(moments.date(report.takenAt())),
        List.of(
            new Headline.Key(
                "To do",
                Words.count(report.toDo()),
                "of " + Words.count(tables.horses(), "horse") + " in the database"),
            new Headline.Key(
                "Enriched",
                Words.count(tables.enriched()),
                Words.percent(tables.enriched(), tables.horses()) + " have a date of birth"),
            new Headline.Key("Requests", Words.count(report.requests()), "expected"),
            new Headline.Key("Duration", duration(), "expected")));
  }

  private ReportVerdict verdict() {
    return report.toDo() == 0
        ? new ReportVerdict(
            "NOTHING TO DO", Sheet.Tone.PLAIN, "No horse is left for a run to take.")
        : new ReportVerdict(
            "PLANNED",
            Sheet.Tone.PLAIN,
            "%s of %s would be enriched by about %s. Expected duration: %s."
                .formatted(
                    Words.count(report.toDo()),
                    Words.count(report.tables().horses(), "horse"),
                    Words.count(report.requests(), "request"),
                    duration()));
  }

  private String duration() {
    return report.duration().map(Words::duration).orElse("not limited");
  }

  private Chapter state() {
    Census tables = report.tables();
    Sheet sheet = new Sheet().text("Database").figure("Now").figure("Of all horses");
    row(sheet, "Horses", tables.horses());
    row(sheet, "Enriched (with date of birth)", tables.enriched());
    row(sheet, "Need enrichment", tables.unenriched());
    row(sheet, "Pedigree records", tables.pedigrees());
    sheet.row("Data quality score (of 100)", report.quality().map(Words::rate).orElse("–"), "");
    return Chapter.of("State of the database", new Block.Table(sheet));
  }

  private void row(Sheet sheet, String label, long horses) {
    sheet.row(label, Words.count(horses), Words.percent(horses, report.tables().horses()));
  }

  private Chapter estimate() {
    return Chapter.of("Estimate", new Block.Table(lines("Estimate", "Value", report.estimate())));
  }

  private Chapter settings() {
    return Chapter.of(
        "Settings",
        new Block.Table(
            lines(
                "Setting",
                "Value",
                report.settings().stream()
                    .map(setting -> setting.split("=", 2))
                    .map(parts ->
                        new PreExecutionReport.Line(parts[0], parts.length > 1 ? parts[1] : ""))
                    .toList())));
  }

  private static Chapter commands() {
    return Chapter.of(
        "Commands", new Block.Table(lines("Command", "What it does", PreExecutionReport.COMMANDS)));
  }

  private static Sheet lines(String label, String text, List<PreExecutionReport.Line> lines) {
    Sheet sheet = new Sheet().text(label).text(text);
    lines.forEach(line -> sheet.row(Outside.name(line.label()), Outside.message(line.text())));
    return sheet;
  }
}
