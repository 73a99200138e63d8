package studbook.report.section;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import studbook.quality.RowSample;
import studbook.quality.SampledRow;
import studbook.report.figures.UntrustedText;
import studbook.store.statistics.RowSampler;
import studbook.text.HumanFormat;

/** Rows drawn at random from those that the run wrote, as they are in the tables now. Pure. */
record SampleSection(RowSample sample) {

  ReportSection chapter() {
    List<SampledRow> rows = sample.rows();
    if (rows.isEmpty()) {
      return ReportSection.of(
          "Sample rows",
          new SectionBlock.TextBlock("The run has written no row that could be compared."));
    }
    ReportTable sheet =
        new ReportTable()
            .whole("Horse")
            .text("Name")
            .whole("Born")
            .text("Sex, colour, region")
            .text("Sire")
            .text("Dam")
            .text("Damsire")
            .text("Breeder")
            .text("As written");
    rows.forEach(row -> sheet.row(cells(row)));
    return ReportSection.of(
        "Sample rows",
        new SectionBlock.TextBlock(
            "%s taken at random (seed %d) from those that the run wrote, compared with what it recorded."
                .formatted(HumanFormat.count(rows.size(), "row"), sample.seed())),
        new SectionBlock.TableBlock(sheet));
  }

  private static ReportTable.TableCell[] cells(SampledRow row) {
    RowSampler.RowValues values = row.values();
    String looks =
        Stream.of(values.sex(), values.colour(), values.region())
            .flatMap(Optional::stream)
            .map(UntrustedText::name)
            .collect(Collectors.joining(", "));
    return new ReportTable.TableCell[] {
      ReportTable.TableCell.plain(UntrustedText.name(row.horse())),
      name(values.name()),
      ReportTable.TableCell.plain(values.dob().map(Object::toString).orElse("–")),
      ReportTable.TableCell.plain(looks.isEmpty() ? "–" : looks),
      name(values.sire()),
      name(values.dam()),
      name(values.damsire()),
      name(values.breeder()),
      row.difference()
          .map(what -> new ReportTable.TableCell("no: " + what, ReportTable.CellTone.BAD))
          .orElse(new ReportTable.TableCell("yes", ReportTable.CellTone.GOOD))
    };
  }

  private static ReportTable.TableCell name(Optional<String> name) {
    return ReportTable.TableCell.plain(name.map(UntrustedText::name).orElse("–"));
  }
}
