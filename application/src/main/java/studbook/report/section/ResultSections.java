package studbook.report.section;

import static studbook.text.HumanFormat.count;
import static studbook.text.HumanFormat.percent;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import studbook.model.HorseStatus;
import studbook.model.drift.ApiDrift;
import studbook.report.figures.DisplayNames;
import studbook.report.figures.ExecutionReport;
import studbook.report.figures.UntrustedText;
import studbook.report.section.SectionBlock.TableBlock;
import studbook.report.section.SectionBlock.TextBlock;
import studbook.store.run.RunCounts;
import studbook.store.statistics.ErrorSummaryQueries.ErrorGroup;
import studbook.store.statistics.ErrorSummaryQueries.ErrorMessageCount;
import studbook.store.statistics.FieldStatistics.FieldCount;
import studbook.store.table.TableCounts;
import studbook.text.HumanFormat;

/** The results of a run. */
record ResultSections(ExecutionReport report) {

  /** Pending horses come last. */
  private static final List<HorseStatus> ORDER =
      List.of(
          HorseStatus.ENRICHED,
          HorseStatus.NO_DOB,
          HorseStatus.BASIC,
          HorseStatus.NOT_FOUND,
          HorseStatus.FAILED,
          HorseStatus.ALREADY_FILLED,
          HorseStatus.MISSING,
          HorseStatus.PENDING);

  private static final String ARCHIVED =
      "The errors of this run are archived: studbook errors --archived --month YYYY-MM shows them.";

  List<ReportSection> all() {
    return List.of(results(), growth(), errors(), fields());
  }

  private ReportSection results() {
    RunCounts counts = report.counts();
    ReportTable table =
        new ReportTable()
            .text("Outcome")
            .figure("Horses")
            .figure("Of the run")
            .figure("Of completed");
    for (HorseStatus status : ORDER) {
      long horses = counts.of(status);
      if (horses > 0 || status == HorseStatus.ENRICHED || status == HorseStatus.FAILED) {
        row(table, DisplayNames.of(status), horses, status != HorseStatus.PENDING);
      }
    }
    row(table, "Completed", counts.processed(), true);
    row(table, "With pedigree", counts.withPedigree(), true);
    row(table, "Without pedigree", counts.withoutPedigree(), true);
    return ReportSection.of(
        "After: results",
        new TableBlock(table),
        new TextBlock(
            "Error rate: failed / completed = %s / %s = %s. A horse that the API does not know is not an error."
                .formatted(
                    count(counts.failed()),
                    count(counts.processed()),
                    percent(counts.failed(), counts.processed()))));
  }

  private void row(ReportTable table, String label, long horses, boolean completed) {
    RunCounts counts = report.counts();
    table.row(
        label,
        count(horses),
        percent(horses, counts.total()),
        completed ? percent(horses, counts.processed()) : "–");
  }

  private ReportSection growth() {
    TableCounts before = report.run().before();
    TableCounts now = report.now();
    String after = report.run().after().isPresent() ? "After" : "Now";
    ReportTable table =
        new ReportTable().text("Database").figure("Before").figure(after).figure("Growth");
    grown(table, "Horses", before.horses(), now.horses());
    grown(table, "Enriched (with date of birth)", before.enriched(), now.enriched());
    grown(table, "Need enrichment", before.unenriched(), now.unenriched());
    grown(table, "Pedigrees", before.pedigrees(), now.pedigrees());
    Optional<Double> qualityBefore = report.run().quality().before();
    Optional<Double> qualityNow = report.qualityNow();
    table.row(
        "Data quality score (of 100)",
        qualityBefore.map(HumanFormat::rate).orElse("–"),
        qualityNow.map(HumanFormat::rate).orElse("–"),
        qualityBefore.isPresent() && qualityNow.isPresent()
            ? String.format(Locale.UK, "%+.1f", qualityNow.get() - qualityBefore.get())
            : "–");
    return ReportSection.of("Growth", new TableBlock(table));
  }

  private static void grown(ReportTable table, String label, long before, long now) {
    long growth = now - before;
    table.row(
        label,
        count(before),
        count(now),
        growth == 0 ? "0" : (growth > 0 ? "+" : "−") + count(Math.abs(growth)));
  }

  private ReportSection errors() {
    if (report.errors().isEmpty()) {
      return ReportSection.of(
          "Errors", new TextBlock(report.archived() ? ARCHIVED : "No request and no row failed."));
    }
    ReportTable table =
        new ReportTable()
            .whole("Kind")
            .figure("Log entries")
            .figure("Horses")
            .figure("Failed horses")
            .text("Example");
    for (ErrorGroup group : report.errors()) {
      table.row(
          DisplayNames.of(group.kind()),
          count(group.entries()),
          horses(group.horses()),
          count(group.failed()),
          UntrustedText.message(group.example()));
    }
    return ReportSection.of(
        "Errors",
        new TextBlock("Every failed attempt counts, even if a later one succeeded. By kind:"),
        new TableBlock(table),
        new TextBlock(
            "By message, most frequent first; N replaces long numbers such as ids, DAY replaces dates:"),
        new TableBlock(messages()));
  }

  /** A racecard day that fails is an error without a horse. */
  private static String horses(long horses) {
    return horses == 0 ? "–" : count(horses);
  }

  private ReportTable messages() {
    ReportTable table =
        new ReportTable().text("Message").whole("Kind").figure("Log entries").figure("Horses");
    for (ErrorMessageCount message : report.messages()) {
      table.row(
          UntrustedText.message(message.message()),
          DisplayNames.of(message.kind()),
          count(message.entries()),
          horses(message.horses()));
    }
    return table;
  }

  private ReportSection fields() {
    List<SectionBlock> blocks = new ArrayList<>();
    if (report.drifts().isEmpty() && report.emptyFields().isEmpty()) {
      blocks.add(
          new TextBlock(
              report.fields().isEmpty()
                  ? "No response has been read yet."
                  : "The API sent nothing unknown, and every known field was filled at least once in %s or more."
                      .formatted(count(ExecutionReport.FEWEST_ANSWERS, "response"))));
    } else {
      ReportTable table =
          new ReportTable()
              .text("Field")
              .text("Endpoint")
              .text("Finding")
              .figure("Count")
              .text("Example");
      report.drifts().forEach(seen -> table.row(cells(seen.drift())));
      report.emptyFields().forEach(field -> table.row(cells(field)));
      blocks.add(new TableBlock(table));
    }
    return new ReportSection("Fields of the API", blocks);
  }

  private static String[] cells(ApiDrift drift) {
    return new String[] {
      UntrustedText.name(drift.path()),
      drift.endpoint(),
      UntrustedText.name(drift.finding()),
      count(drift.occurrences()),
      UntrustedText.name(drift.example())
    };
  }

  private static String[] cells(FieldCount field) {
    return new String[] {
      UntrustedText.name(field.field()),
      field.endpoint(),
      "known, but never filled",
      "0 of %s".formatted(count(field.answers())),
      ""
    };
  }
}
