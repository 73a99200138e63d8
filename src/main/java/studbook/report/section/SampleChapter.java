package studbook.report.section;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import studbook.quality.Sample;
import studbook.quality.SampledRow;
import studbook.report.figures.Outside;
import studbook.store.statistics.LedgerSample;
import studbook.text.Words;

/** Rows drawn at random from those that the run wrote, as they are in the tables now. Pure. */
record SampleChapter(Sample sample) {

  Chapter chapter() {
    List<SampledRow> rows = sample.rows();
    if (rows.isEmpty()) {
      return Chapter.of(
          "Sample rows", new Block.Prose("The run has written no row that could be compared."));
    }
    Sheet sheet =
        new Sheet()
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
    return Chapter.of(
        "Sample rows",
        new Block.Prose(
            "%s taken at random (seed %d) from those that the run wrote, compared with what it recorded."
                .formatted(Words.count(rows.size(), "row"), sample.seed())),
        new Block.Table(sheet));
  }

  private static Sheet.Cell[] cells(SampledRow row) {
    LedgerSample.Values values = row.values();
    String looks =
        Stream.of(values.sex(), values.colour(), values.region())
            .flatMap(Optional::stream)
            .map(Outside::name)
            .collect(Collectors.joining(", "));
    return new Sheet.Cell[] {
      Sheet.Cell.plain(Outside.name(row.horse())),
      name(values.name()),
      Sheet.Cell.plain(values.dob().map(Object::toString).orElse("–")),
      Sheet.Cell.plain(looks.isEmpty() ? "–" : looks),
      name(values.sire()),
      name(values.dam()),
      name(values.damsire()),
      name(values.breeder()),
      row.difference()
          .map(what -> new Sheet.Cell("no: " + what, Sheet.Tone.BAD))
          .orElse(new Sheet.Cell("yes", Sheet.Tone.GOOD))
    };
  }

  private static Sheet.Cell name(Optional<String> name) {
    return Sheet.Cell.plain(name.map(Outside::name).orElse("–"));
  }
}
