package studbook.report.section;

import java.util.ArrayList;
import java.util.List;
import studbook.quality.CheckResult;
import studbook.quality.CheckStatus;
import studbook.quality.Criterion;
import studbook.quality.QualityScore;
import studbook.quality.Validation;
import studbook.report.figures.CriterionText;
import studbook.report.figures.UntrustedText;
import studbook.text.HumanFormat;

/** Whether a run was a success and its rows can be trusted. */
record QualitySection(Validation validation) {

  ReportSection chapter() {
    List<SectionBlock> blocks = new ArrayList<>();
    blocks.add(
        new SectionBlock.TextBlock(
            "Two criteria are of the database as it stands, the others of this run%s.%s"
                .formatted(
                    validation.chain().size() > 1 ? " and the runs that belong to it" : "",
                    validation.isPartial()
                        ? " Horses of the database that were not requested yet are no failure."
                        : "")));
    blocks.add(new SectionBlock.TableBlock(criteria()));
    notes().stream().map(SectionBlock.TextBlock::new).forEach(blocks::add);
    validation
        .score()
        .ifPresent(score ->
            blocks.add(
                new SectionBlock.TextBlock(
                    "Data quality score: %s of 100 = %s, over %s."
                        .formatted(
                            HumanFormat.rate(score.value()),
                            QualityScore.FORMULA,
                            HumanFormat.count(score.rows(), "row")))));
    List<CheckResult> findings =
        validation.findings().stream().filter(QualitySection::isWorthAWord).toList();
    if (!findings.isEmpty()) {
      blocks.add(new SectionBlock.TableBlock(findings(findings)));
    }
    return new ReportSection("Success criteria", blocks);
  }

  private ReportTable criteria() {
    ReportTable sheet =
        new ReportTable()
            .text("Criterion")
            .text("Formula")
            .figure("Counts")
            .figure("Figure")
            .figure("Required")
            .whole("Result");
    for (Criterion criterion : validation.criteria()) {
      sheet.row(
          ReportTable.TableCell.plain(CriterionText.title(criterion)),
          ReportTable.TableCell.plain(CriterionText.formula(criterion)),
          ReportTable.TableCell.plain(CriterionText.counts(criterion)),
          ReportTable.TableCell.plain(
              criterion.figure().map(Criterion.CriterionFigure::text).orElse("–")),
          ReportTable.TableCell.plain(criterion.limit()),
          cell(criterion.result()));
    }
    return sheet;
  }

  private List<String> notes() {
    return validation.criteria().stream()
        .flatMap(criterion -> criterion.notes().stream())
        .map(note -> "Note: " + UntrustedText.message(note) + ".")
        .toList();
  }

  private static boolean isWorthAWord(CheckResult finding) {
    return finding.result() == CheckStatus.FAIL || finding.result() == CheckStatus.WARN;
  }

  private static ReportTable findings(List<CheckResult> findings) {
    ReportTable sheet =
        new ReportTable()
            .text("Check that does not pass")
            .figure("Rows at fault")
            .figure("Of")
            .text("For example")
            .whole("Result");
    for (CheckResult finding : findings) {
      sheet.row(
          ReportTable.TableCell.plain(finding.check().title()),
          ReportTable.TableCell.plain(HumanFormat.count(finding.faults())),
          ReportTable.TableCell.plain(HumanFormat.count(finding.rows())),
          ReportTable.TableCell.plain(finding.example().map(UntrustedText::name).orElse("–")),
          cell(finding.result()));
    }
    return sheet;
  }

  private static ReportTable.TableCell cell(CheckStatus result) {
    return switch (result) {
      case PASS -> new ReportTable.TableCell("PASS", ReportTable.CellTone.GOOD);
      case WARN -> new ReportTable.TableCell("WARN", ReportTable.CellTone.WARNING);
      case NOT_YET -> new ReportTable.TableCell("NOT YET", ReportTable.CellTone.WARNING);
      case FAIL -> new ReportTable.TableCell("FAIL", ReportTable.CellTone.BAD);
      case NOT_APPLICABLE -> ReportTable.TableCell.plain("not applicable");
    };
  }
}
