package studbook.report.section;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import studbook.quality.RowSample;
import studbook.quality.SampledRow;
import studbook.report.figures.UntrustedText;
import studbook.report.section.ReportTable.CellTone;
import studbook.report.section.ReportTable.TableCell;
import studbook.report.section.SectionBlock.TableBlock;
import studbook.report.section.SectionBlock.TextBlock;
import studbook.store.statistics.RowSampler.RowValues;
import studbook.text.HumanFormat;

/** Random rows of those that the run wrote, with their current values. Pure. */
record SampleSection(RowSample sample) {

  ReportSection section() {
    List<SampledRow> rows = sample.rows();
    if (rows.isEmpty()) {
      return ReportSection.of(
          "Sample rows", new TextBlock("The run has written no row to compare."));
    }
    ReportTable table =
        new ReportTable()
            .whole("Horse")
            .text("Name")
            .whole("Born")
            .text("Sex, colour, region")
            .text("Sire")
            .text("Dam")
            .text("Damsire")
            .text("Breeder")
            .text("Matches");
    rows.forEach(row -> table.row(cells(row)));
    return ReportSection.of(
        "Sample rows",
        new TextBlock(
            "%s drawn at random (seed %d) from those that the run wrote, compared with its records."
                .formatted(HumanFormat.count(rows.size(), "row"), sample.seed())),
        new TableBlock(table));
  }

  private static TableCell[] cells(SampledRow row) {
    RowValues values = row.values();
    String looks =
        Stream.of(values.sex(), values.colour(), values.region())
            .flatMap(Optional::stream)
            .map(UntrustedText::name)
            .collect(Collectors.joining(", "));
    return new TableCell[] {
      TableCell.plain(UntrustedText.name(row.horse())),
      name(values.name()),
      TableCell.plain(values.dob().map(Object::toString).orElse("–")),
      TableCell.plain(looks.isEmpty() ? "–" : looks),
      name(values.sire()),
      name(values.dam()),
      name(values.damsire()),
      name(values.breeder()),
      row.difference()
          .map(what -> new TableCell("no: " + what, CellTone.BAD))
          .orElse(new TableCell("yes", CellTone.GOOD))
    };
  }

  private static TableCell name(Optional<String> name) {
    return TableCell.plain(name.map(UntrustedText::name).orElse("–"));
  }
}
