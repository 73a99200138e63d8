package studbook.cli.validate;

import static studbook.text.HumanFormat.count;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import studbook.cli.progress.IncompleteHorsesText;
import studbook.model.SafeText;
import studbook.quality.CheckResult;
import studbook.quality.CheckStatus;
import studbook.quality.Criterion;
import studbook.quality.Criterion.CriterionFigure;
import studbook.quality.PercentFormat;
import studbook.quality.QualityScore;
import studbook.quality.SampledRow;
import studbook.quality.Validation;
import studbook.store.run.RunRepository.RunRow;
import studbook.store.run.RunStatus;
import studbook.text.AnsiStyle;
import studbook.text.HumanFormat;
import studbook.text.LineWrap;
import studbook.text.TextTable;

/** A validation as text, as wide as the terminal. */
record ValidationText(Validation validation, AnsiStyle style, int width, Clock clock) {

  private static final int LONGEST_NAME = 60;
  private static final String INDENT = "      ";

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.addAll(wrapped(run(), ""));
    section(lines, "Success criteria", criteria());
    validation.criteria().stream()
        .flatMap(criterion -> criterion.notes().stream())
        .forEach(note -> lines.addAll(wrapped(note, INDENT)));
    if (validation.incomplete() > 0) {
      lines.add("");
      lines.addAll(wrapped(IncompleteHorsesText.sentence(validation.incomplete()) + ".", ""));
    }
    section(
        lines,
        "Data quality of "
            + count(validation.rows(), "row")
            + " with a dob, sex code, colour or pedigree",
        findings());
    validation.score().ifPresent(score -> score(lines, score));
    sample(lines);
    lines.add("");
    wrapped(ValidationSummary.of(validation), "").forEach(line -> lines.add(coloured(line)));
    return lines;
  }

  private String run() {
    return validation
        .run()
        .map(this::sentence)
        .orElse("No run yet: figures that need a run are omitted.");
  }

  private String sentence(RunRow run) {
    List<String> others =
        validation.chain().stream()
            .map(link -> link.run().id())
            .filter(id -> id != run.id())
            .map(Object::toString)
            .toList();
    String chain =
        others.isEmpty()
            ? ""
            : ", with run%s %s".formatted(others.size() == 1 ? "" : "s", String.join(", ", others));
    String ended = run.endedAt() == null ? "" : " " + HumanFormat.day(run.endedAt(), clock);
    return "Run %d (%s%s): %s of %s completed%s%s"
        .formatted(
            run.id(),
            RunStatus.of(run).text(),
            ended,
            count(validation.counts().processed()),
            count(validation.counts().total()),
            chain,
            run.isUnfinished() ? "; figures so far." : ".");
  }

  private void section(List<String> lines, String heading, TextTable table) {
    lines.add("");
    lines.add(style.strong(heading));
    table.lines(width).forEach(line -> lines.add(coloured(line)));
  }

  private TextTable criteria() {
    TextTable table =
        new TextTable(style)
            .text("")
            .text("criterion")
            .figure("value")
            .figure("threshold")
            .figure("fraction")
            .flexible("formula");
    for (Criterion criterion : validation.criteria()) {
      table.row(
          word(criterion.status()),
          criterion.key(),
          criterion.figure().map(CriterionFigure::text).orElse("-"),
          criterion.limit(),
          criterion.counted(),
          criterion.formula());
    }
    return table;
  }

  private TextTable findings() {
    TextTable table =
        new TextTable(style)
            .text("")
            .text("check")
            .figure("rows")
            .figure("share")
            .text("warn/fail")
            .flexible("example");
    for (CheckResult result : validation.findings()) {
      boolean good = result.result() == CheckStatus.PASS;
      table.row(
          word(result.result()),
          result.check().title(),
          count(result.counted()),
          PercentFormat.text(result.percent()),
          result.limits().text(),
          good ? "" : result.example().map(ValidationText::shown).orElse(""));
    }
    return table;
  }

  private void score(List<String> lines, QualityScore score) {
    lines.add(style.strong(String.format(Locale.ROOT, "Score %.2f of 100", score.value())));
    lines.add(INDENT + "= " + QualityScore.FORMULA);
    lines.add(
        "%s= 100 × (%s / %s − %s / %s)"
            .formatted(
                INDENT,
                count(score.filled()),
                count(score.expected()),
                count(score.impossible()),
                count(score.rows())));
  }

  private void sample(List<String> lines) {
    List<SampledRow> rows = validation.sample().rows();
    if (rows.isEmpty()) {
      lines.add("");
      lines.add("No sampled rows: no run has written rows that can be compared.");
      return;
    }
    TextTable table =
        new TextTable(style)
            .text("")
            .text("horse")
            .flexible("name")
            .text("dob")
            .flexible("sire")
            .flexible("dam");
    for (SampledRow row : rows) {
      table.row(
          word(row.difference().isEmpty() ? CheckStatus.PASS : CheckStatus.FAIL),
          shown(row.horse()),
          shown(row.values().name().orElse("")),
          row.values().dob().map(Object::toString).orElse(""),
          shown(row.values().sire().orElse("")),
          shown(row.values().dam().orElse("")));
    }
    section(
        lines,
        "%s at random compared with what was written (--seed %d)"
            .formatted(count(rows.size(), "row"), validation.sample().seed()),
        table);
    for (SampledRow row : rows) {
      row.difference()
          .ifPresent(what ->
              lines.add("%s%s, run %d: %s".formatted(INDENT, shown(row.horse()), row.run(), what)));
    }
  }

  private List<String> wrapped(String text, String indent) {
    return LineWrap.lines(indent + text, width, indent.length());
  }

  static String shown(String text) {
    return SafeText.excerpt(text, LONGEST_NAME);
  }

  private static String word(CheckStatus status) {
    return switch (status) {
      case PASS, WARN, FAIL -> status.name();
      case NOT_YET -> "not yet";
      case NOT_APPLICABLE -> "n/a";
    };
  }

  /** Colours the result at the start of a line. */
  private String coloured(String line) {
    for (CheckStatus status : CheckStatus.values()) {
      String word = word(status);
      if (line.startsWith(word)) {
        return switch (status) {
              case PASS -> style.good(word);
              case WARN -> style.warning(word);
              case FAIL -> style.bad(word);
              case NOT_YET, NOT_APPLICABLE -> style.faint(word);
            }
            + line.substring(word.length());
      }
    }
    return line;
  }
}
