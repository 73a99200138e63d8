package studbook.report.section;

import static studbook.text.HumanFormat.count;

import java.util.ArrayList;
import java.util.List;
import studbook.quality.CheckResult;
import studbook.quality.CheckStatus;
import studbook.quality.Criterion;
import studbook.quality.Criterion.CriterionFigure;
import studbook.quality.QualityScore;
import studbook.quality.Validation;
import studbook.report.figures.CriterionText;
import studbook.report.figures.UntrustedText;
import studbook.report.section.ReportTable.CellTone;
import studbook.report.section.ReportTable.TableCell;
import studbook.report.section.SectionBlock.TableBlock;
import studbook.report.section.SectionBlock.TextBlock;
import studbook.text.HumanFormat;

/** Whether a run was a success and its rows can be trusted. */
record QualitySection(Validation validation) {

  ReportSection section() {
    List<SectionBlock> blocks = new ArrayList<>();
    blocks.add(
        new TextBlock(
            "Two criteria cover the whole database, the others this run%s.%s"
                .formatted(
                    validation.chain().size() > 1 ? " and its retry chain" : "",
                    validation.isPartial()
                        ? " Horses that were not requested yet are no failure."
                        : "")));
    blocks.add(new TableBlock(criteria()));
    notes().stream().map(TextBlock::new).forEach(blocks::add);
    validation
        .score()
        .ifPresent(score ->
            blocks.add(
                new TextBlock(
                    "Data quality score: %s of 100 = %s, over %s."
                        .formatted(
                            HumanFormat.rate(score.value()),
                            QualityScore.FORMULA,
                            count(score.rows(), "row")))));
    List<CheckResult> findings =
        validation.findings().stream().filter(QualitySection::isWorthAWord).toList();
    if (!findings.isEmpty()) {
      blocks.add(new TableBlock(findings(findings)));
    }
    return new ReportSection("Success criteria", blocks);
  }

  private ReportTable criteria() {
    ReportTable table =
        new ReportTable()
            .text("Criterion")
            .text("Formula")
            .figure("Fraction")
            .figure("Value")
            .figure("Threshold")
            .whole("Result");
    for (Criterion criterion : validation.criteria()) {
      table.row(
          TableCell.plain(CriterionText.title(criterion)),
          TableCell.plain(CriterionText.formula(criterion)),
          TableCell.plain(CriterionText.counts(criterion)),
          TableCell.plain(criterion.figure().map(CriterionFigure::text).orElse("–")),
          TableCell.plain(criterion.limit()),
          cell(criterion.status()));
    }
    return table;
  }

  private List<String> notes() {
    return validation.criteria().stream()
        .flatMap(criterion -> criterion.notes().stream())
        .map(note -> "Note: " + UntrustedText.message(note) + ".")
        .toList();
  }

  private static boolean isWorthAWord(CheckResult result) {
    return result.result() == CheckStatus.FAIL || result.result() == CheckStatus.WARN;
  }

  private static ReportTable findings(List<CheckResult> findings) {
    ReportTable table =
        new ReportTable()
            .text("Failed check")
            .figure("Bad rows")
            .figure("Of")
            .text("Example")
            .whole("Result");
    for (CheckResult result : findings) {
      table.row(
          TableCell.plain(result.check().title()),
          TableCell.plain(count(result.faults())),
          TableCell.plain(count(result.rows())),
          TableCell.plain(result.example().map(UntrustedText::name).orElse("–")),
          cell(result.result()));
    }
    return table;
  }

  private static TableCell cell(CheckStatus status) {
    return switch (status) {
      case PASS -> new TableCell("PASS", CellTone.GOOD);
      case WARN -> new TableCell("WARN", CellTone.WARNING);
      case NOT_YET -> new TableCell("NOT YET", CellTone.WARNING);
      case FAIL -> new TableCell("FAIL", CellTone.BAD);
      case NOT_APPLICABLE -> TableCell.plain("not applicable");
    };
  }
}
