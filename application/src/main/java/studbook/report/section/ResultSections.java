package studbook.report.section;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import studbook.report.chart.OutcomeChart;
import studbook.report.figures.DisplayNames;
import studbook.report.figures.ExecutionReport;
import studbook.report.figures.OutcomeCounts;
import studbook.report.figures.UntrustedText;
import studbook.store.run.RunCounts;
import studbook.store.statistics.ErrorSummaryQueries;
import studbook.store.statistics.FieldStatistics;
import studbook.store.table.TableCounts;
import studbook.text.HumanFormat;

/** What a run came to. */
record ResultSections(ExecutionReport report) {

  List<ReportSection> all() {
    return List.of(results(), growth(), errors(), fields());
  }

  private ReportSection results() {
    RunCounts tally = report.tally();
    ReportTable outcomes = new ReportTable().text("Outcome").figure("Horses").figure("Of the run");
    for (OutcomeCounts.OutcomeCount outcome : OutcomeCounts.of(tally)) {
      outcomes.row(
          DisplayNames.of(outcome.state()),
          HumanFormat.count(outcome.horses()),
          HumanFormat.percent(outcome.horses(), tally.total()));
    }
    ReportTable sheet = new ReportTable().text("Result").figure("Horses").figure("Of processed");
    row(sheet, "Processed", tally.processed());
    row(sheet, "Enriched", tally.enriched());
    row(sheet, "With pedigree", tally.withPedigree());
    row(sheet, "Without pedigree", tally.withoutPedigree());
    row(sheet, "Not found", tally.notFound());
    row(sheet, "Failed", tally.failed());
    return ReportSection.of(
        "After: results",
        new SectionBlock.ChartBlock(new OutcomeChart(tally).draw(), outcomes),
        new SectionBlock.TableBlock(sheet),
        new SectionBlock.TextBlock(
            "Error rate: failed / processed = %s / %s = %s. A horse that the API does not know is no error."
                .formatted(
                    HumanFormat.count(tally.failed()),
                    HumanFormat.count(tally.processed()),
                    HumanFormat.percent(tally.failed(), tally.processed()))));
  }

  private void row(ReportTable sheet, String label, long horses) {
    sheet.row(
        label, HumanFormat.count(horses), HumanFormat.percent(horses, report.tally().processed()));
  }

  private ReportSection growth() {
    TableCounts before = report.run().before();
    TableCounts now = report.now();
    String after = report.run().after().isPresent() ? "After" : "Now";
    ReportTable sheet =
        new ReportTable().text("Database").figure("Before").figure(after).figure("Growth");
    grown(sheet, "Horses", before.horses(), now.horses());
    grown(sheet, "Enriched (with date of birth)", before.enriched(), now.enriched());
    grown(sheet, "Need enrichment", before.unenriched(), now.unenriched());
    grown(sheet, "Pedigree records", before.pedigrees(), now.pedigrees());
    Optional<Double> qualityBefore = report.run().quality().before();
    Optional<Double> qualityNow = report.qualityNow();
    sheet.row(
        "Data quality score (of 100)",
        qualityBefore.map(HumanFormat::rate).orElse("–"),
        qualityNow.map(HumanFormat::rate).orElse("–"),
        qualityBefore.isPresent() && qualityNow.isPresent()
            ? String.format(Locale.UK, "%+.1f", qualityNow.get() - qualityBefore.get())
            : "–");
    return ReportSection.of("Growth", new SectionBlock.TableBlock(sheet));
  }

  private static void grown(ReportTable sheet, String label, long before, long now) {
    long growth = now - before;
    sheet.row(
        label,
        HumanFormat.count(before),
        HumanFormat.count(now),
        growth == 0 ? "0" : (growth > 0 ? "+" : "−") + HumanFormat.count(Math.abs(growth)));
  }

  private ReportSection errors() {
    if (report.errors().isEmpty()) {
      return ReportSection.of(
          "Errors", new SectionBlock.TextBlock("No request and no row failed."));
    }
    ReportTable sheet =
        new ReportTable()
            .whole("Kind")
            .figure("Times")
            .figure("Horses")
            .figure("Failed for good")
            .text("For example");
    for (ErrorSummaryQueries.ErrorGroup group : report.errors()) {
      sheet.row(
          DisplayNames.of(group.kind()),
          HumanFormat.count(group.entries()),
          horses(group.horses()),
          HumanFormat.count(group.failed()),
          UntrustedText.message(group.example()));
    }
    return ReportSection.of(
        "Errors",
        new SectionBlock.TextBlock(
            "Every failed attempt is counted, also where a later one succeeded. By kind:"),
        new SectionBlock.TableBlock(sheet),
        new SectionBlock.TextBlock(
            "By message, the most frequent first; N stands for a long number, such as that of an id, DAY for a day of racecards:"),
        new SectionBlock.TableBlock(messages()));
  }

  /** A day of racecards that fails is an error of no horse. */
  private static String horses(long horses) {
    return horses == 0 ? "–" : HumanFormat.count(horses);
  }

  private ReportTable messages() {
    ReportTable sheet =
        new ReportTable().text("Message").whole("Kind").figure("Times").figure("Horses");
    for (ErrorSummaryQueries.ErrorMessageCount message : report.messages()) {
      sheet.row(
          UntrustedText.message(message.message()),
          DisplayNames.of(message.kind()),
          HumanFormat.count(message.entries()),
          horses(message.horses()));
    }
    return sheet;
  }

  private ReportSection fields() {
    List<SectionBlock> blocks = new ArrayList<>();
    if (report.unknownFields().isEmpty() && report.emptyFields().isEmpty()) {
      blocks.add(
          new SectionBlock.TextBlock(
              report.fields().isEmpty()
                  ? "No answer has been read yet."
                  : "The API sent no field that Studbook does not know, and left none that it knows empty in %s or more."
                      .formatted(HumanFormat.count(ExecutionReport.FEWEST_ANSWERS, "answer"))));
    } else {
      ReportTable sheet =
          new ReportTable().text("Field").text("Endpoint").text("Finding").figure("In answers");
      Stream.concat(report.unknownFields().stream(), report.emptyFields().stream())
          .forEach(field -> sheet.row(cells(field)));
      blocks.add(new SectionBlock.TableBlock(sheet));
    }
    return new ReportSection("Fields of the API", blocks);
  }

  private static String[] cells(FieldStatistics.FieldCount field) {
    return new String[] {
      UntrustedText.name(field.field()),
      field.endpoint(),
      field.known() ? "known, but always empty" : "not known to Studbook",
      "%s of %s".formatted(HumanFormat.count(field.filled()), HumanFormat.count(field.answers()))
    };
  }
}
