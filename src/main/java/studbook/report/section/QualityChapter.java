package studbook.report.section;

import java.util.ArrayList;
import java.util.List;
import studbook.quality.Criterion;
import studbook.quality.Finding;
import studbook.quality.Result;
import studbook.quality.Score;
import studbook.quality.Validation;
import studbook.report.figures.CriterionText;
import studbook.report.figures.Outside;
import studbook.text.Words;

/** Whether a run was a success and its rows can be trusted. */
record QualityChapter(Validation validation) {

  Chapter chapter() {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Block.Prose(
            "Two criteria are of the database as it stands, the others of this run%s.%s"
                .formatted(
                    validation.chain().size() > 1 ? " and the runs that belong to it" : "",
                    validation.isPartial()
                        ? " Horses of the database that were not requested yet are no failure."
                        : "")));
    blocks.add(new Block.Table(criteria()));
    notes().stream().map(Block.Prose::new).forEach(blocks::add);
    validation
        .score()
        .ifPresent(score ->
            blocks.add(
                new Block.Prose(
                    "Data quality score: %s of 100 = %s, over %s."
                        .formatted(
                            Words.rate(score.value()),
                            Score.FORMULA,
                            Words.count(score.rows(), "row")))));
    List<Finding> findings =
        validation.findings().stream().filter(QualityChapter::isWorthAWord).toList();
    if (!findings.isEmpty()) {
      blocks.add(new Block.Table(findings(findings)));
    }
    return new Chapter("Success criteria", blocks);
  }

  private Sheet criteria() {
    Sheet sheet =
        new Sheet()
            .text("Criterion")
            .text("Formula")
            .figure("Counts")
            .figure("Figure")
            .figure("Required")
            .whole("Result");
    for (Criterion criterion : validation.criteria()) {
      sheet.row(
          Sheet.Cell.plain(CriterionText.title(criterion)),
          Sheet.Cell.plain(CriterionText.formula(criterion)),
          Sheet.Cell.plain(CriterionText.counts(criterion)),
          Sheet.Cell.plain(criterion.figure().map(Criterion.Figure::text).orElse("–")),
          Sheet.Cell.plain(criterion.limit()),
          cell(criterion.result()));
    }
    return sheet;
  }

  private List<String> notes() {
    return validation.criteria().stream()
        .flatMap(criterion -> criterion.notes().stream())
        .map(note -> "Note: " + Outside.message(note) + ".")
        .toList();
  }

  private static boolean isWorthAWord(Finding finding) {
    return finding.result() == Result.FAIL || finding.result() == Result.WARN;
  }

  private static Sheet findings(List<Finding> findings) {
    Sheet sheet =
        new Sheet()
            .text("Check that does not pass")
            .figure("Rows at fault")
            .figure("Of")
            .text("For example")
            .whole("Result");
    for (Finding finding : findings) {
      sheet.row(
          Sheet.Cell.plain(finding.check().title()),
          Sheet.Cell.plain(Words.count(finding.faults())),
          Sheet.Cell.plain(Words.count(finding.rows())),
          Sheet.Cell.plain(finding.example().map(Outside::name).orElse("–")),
          cell(finding.result()));
    }
    return sheet;
  }

  private static Sheet.Cell cell(Result result) {
    return switch (result) {
      case PASS -> new Sheet.Cell("PASS", Sheet.Tone.GOOD);
      case WARN -> new Sheet.Cell("WARN", Sheet.Tone.WARNING);
      case NOT_YET -> new Sheet.Cell("NOT YET", Sheet.Tone.WARNING);
      case FAIL -> new Sheet.Cell("FAIL", Sheet.Tone.BAD);
      case NOT_APPLICABLE -> Sheet.Cell.plain("not applicable");
    };
  }
}
