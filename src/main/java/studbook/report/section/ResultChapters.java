package studbook.report.section;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import studbook.report.chart.OutcomeChart;
import studbook.report.figures.ExecutionReport;
import studbook.report.figures.Names;
import studbook.report.figures.Outcomes;
import studbook.report.figures.Outside;
import studbook.store.run.Tally;
import studbook.store.statistics.ErrorGroups;
import studbook.store.statistics.Fields;
import studbook.store.table.Census;
import studbook.text.Words;

/** What a run came to. */
record ResultChapters(ExecutionReport report) {

  List<Chapter> all() {
    return List.of(results(), growth(), errors(), fields());
  }

  private Chapter results() {
    Tally tally = report.tally();
    Sheet outcomes = new Sheet().text("Outcome").figure("Horses").figure("Of the run");
    for (Outcomes.Outcome outcome : Outcomes.of(tally)) {
      outcomes.row(
          Names.of(outcome.state()),
          Words.count(outcome.horses()),
          Words.percent(outcome.horses(), tally.total()));
    }
    Sheet sheet = new Sheet().text("Result").figure("Horses").figure("Of processed");
    row(sheet, "Processed", tally.processed());
    row(sheet, "Enriched", tally.enriched());
    row(sheet, "With pedigree", tally.withPedigree());
    row(sheet, "Without pedigree", tally.withoutPedigree());
    row(sheet, "Not found", tally.notFound());
    row(sheet, "Failed", tally.failed());
    return Chapter.of(
        "After: results",
        new Block.Picture(new OutcomeChart(tally).draw(), outcomes),
        new Block.Table(sheet),
        new Block.Prose(
            "Error rate: failed / processed = %s / %s = %s. A horse that the API does not know is no error."
                .formatted(
                    Words.count(tally.failed()),
                    Words.count(tally.processed()),
                    Words.percent(tally.failed(), tally.processed()))));
  }

  private void row(Sheet sheet, String label, long horses) {
    sheet.row(label, Words.count(horses), Words.percent(horses, report.tally().processed()));
  }

  private Chapter growth() {
    Census before = report.run().before();
    Census now = report.now();
    String after = report.run().after().isPresent() ? "After" : "Now";
    Sheet sheet = new Sheet().text("Database").figure("Before").figure(after).figure("Growth");
    grown(sheet, "Horses", before.horses(), now.horses());
    grown(sheet, "Enriched (with date of birth)", before.enriched(), now.enriched());
    grown(sheet, "Need enrichment", before.unenriched(), now.unenriched());
    grown(sheet, "Pedigree records", before.pedigrees(), now.pedigrees());
    Optional<Double> qualityBefore = report.run().quality().before();
    Optional<Double> qualityNow = report.qualityNow();
    sheet.row(
        "Data quality score (of 100)",
        qualityBefore.map(Words::rate).orElse("–"),
        qualityNow.map(Words::rate).orElse("–"),
        qualityBefore.isPresent() && qualityNow.isPresent()
            ? String.format(Locale.UK, "%+.1f", qualityNow.get() - qualityBefore.get())
            : "–");
    return Chapter.of("Growth", new Block.Table(sheet));
  }

  private static void grown(Sheet sheet, String label, long before, long now) {
    long growth = now - before;
    sheet.row(
        label,
        Words.count(before),
        Words.count(now),
        growth == 0 ? "0" : (growth > 0 ? "+" : "−") + Words.count(Math.abs(growth)));
  }

  private Chapter errors() {
    if (report.errors().isEmpty()) {
      return Chapter.of("Errors", new Block.Prose("No request and no row failed."));
    }
    Sheet sheet =
        new Sheet()
            .whole("Kind")
            .figure("Times")
            .figure("Horses")
            .figure("Failed for good")
            .text("For example");
    for (ErrorGroups.Group group : report.errors()) {
      sheet.row(
          Names.of(group.kind()),
          Words.count(group.entries()),
          horses(group.horses()),
          Words.count(group.failed()),
          Outside.message(group.example()));
    }
    return Chapter.of(
        "Errors",
        new Block.Prose(
            "Every failed attempt is counted, also where a later one succeeded. By kind:"),
        new Block.Table(sheet),
        new Block.Prose(
            "By message, the most frequent first; N stands for a long number, such as that of an id, DAY for a day of racecards:"),
        new Block.Table(messages()));
  }

  /** A day of racecards that fails is an error of no horse. */
  private static String horses(long horses) {
    return horses == 0 ? "–" : Words.count(horses);
  }

  private Sheet messages() {
    Sheet sheet = new Sheet().text("Message").whole("Kind").figure("Times").figure("Horses");
    for (ErrorGroups.Message message : report.messages()) {
      sheet.row(
          Outside.message(message.message()),
          Names.of(message.kind()),
          Words.count(message.entries()),
          horses(message.horses()));
    }
    return sheet;
  }

  private Chapter fields() {
    List<Block> blocks = new ArrayList<>();
    if (report.unknownFields().isEmpty() && report.emptyFields().isEmpty()) {
      blocks.add(
          new Block.Prose(
              report.fields().isEmpty()
                  ? "No answer has been read yet."
                  : "The API sent no field that Studbook does not know, and left none that it knows empty in %s or more."
                      .formatted(Words.count(ExecutionReport.FEWEST_ANSWERS, "answer"))));
    } else {
      Sheet sheet = new Sheet().text("Field").text("Endpoint").text("Finding").figure("In answers");
      Stream.concat(report.unknownFields().stream(), report.emptyFields().stream())
          .forEach(field -> sheet.row(cells(field)));
      blocks.add(new Block.Table(sheet));
    }
    return new Chapter("Fields of the API", blocks);
  }

  private static String[] cells(Fields.Count field) {
    return new String[] {
      Outside.name(field.field()),
      field.endpoint(),
      field.known() ? "known, but always empty" : "not known to Studbook",
      "%s of %s".formatted(Words.count(field.filled()), Words.count(field.answers()))
    };
  }
}
