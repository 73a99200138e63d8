package studbook.cli.validate;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import studbook.cli.progress.IncompleteText;
import studbook.model.Printable;
import studbook.model.RunState;
import studbook.quality.Criterion;
import studbook.quality.Finding;
import studbook.quality.Percent;
import studbook.quality.Result;
import studbook.quality.SampledRow;
import studbook.quality.Score;
import studbook.quality.Validation;
import studbook.store.run.Runs;
import studbook.text.Grid;
import studbook.text.LineWrap;
import studbook.text.Style;
import studbook.text.Words;

/** A validation for people, as wide as their terminal. */
record ValidationText(Validation validation, Style style, int width, Clock clock) {

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
      lines.addAll(wrapped(IncompleteText.sentence(validation.incomplete()) + ".", ""));
    }
    section(
        lines,
        "Data quality of "
            + Words.count(validation.rows(), "row")
            + " with a dob, sex code, colour or pedigree",
        findings());
    validation.score().ifPresent(score -> score(lines, score));
    sample(lines);
    lines.add("");
    wrapped(Verdict.of(validation), "").forEach(line -> lines.add(coloured(line)));
    return lines;
  }

  private String run() {
    return validation
        .run()
        .map(this::sentence)
        .orElse("No run yet: what only a run can tell is left out.");
  }

  private String sentence(Runs.Run run) {
    List<String> others =
        validation.chain().stream()
            .filter(other -> other.id() != run.id())
            .map(other -> Long.toString(other.id()))
            .toList();
    String together =
        others.isEmpty()
            ? ""
            : ", together with run%s %s"
                .formatted(others.size() == 1 ? "" : "s", String.join(", ", others));
    String processed =
        Words.count(validation.tally().processed())
            + " of "
            + Words.count(validation.tally().total());
    if (!run.isUnfinished()) {
      String when =
          Optional.ofNullable(run.endedAt()).map(end -> " " + Words.day(end, clock)).orElse("");
      return "Run %d: %s%s, %s processed%s."
          .formatted(run.id(), run.state().text(), when, processed, together);
    }
    String state =
        run.isUnderWay() || run.state() == RunState.STOPPED
            ? run.state().text()
            : "left by a process that died";
    return "Run %d is %s, %s processed%s: all is as it stands."
        .formatted(run.id(), state, processed, together);
  }

  private void section(List<String> lines, String heading, Grid grid) {
    lines.add("");
    lines.add(style.strong(heading));
    grid.lines(width).forEach(line -> lines.add(coloured(line)));
  }

  private Grid criteria() {
    Grid grid =
        new Grid(style)
            .text("")
            .text("criterion")
            .figure("figure")
            .figure("needed")
            .figure("counted")
            .flexible("formula");
    for (Criterion one : validation.criteria()) {
      grid.row(
          word(one.result()),
          one.key(),
          one.figure().map(Criterion.Figure::text).orElse("-"),
          one.limit(),
          one.counted(),
          one.formula());
    }
    return grid;
  }

  private Grid findings() {
    Grid grid =
        new Grid(style)
            .text("")
            .text("check")
            .figure("rows")
            .figure("share")
            .text("warn/fail")
            .flexible("such as");
    for (Finding one : validation.findings()) {
      boolean good = one.result() == Result.PASS;
      grid.row(
          word(one.result()),
          one.check().title(),
          Words.count(one.counted()),
          Percent.text(one.percent()),
          one.limits().text(),
          good ? "" : one.example().map(ValidationText::shown).orElse(""));
    }
    return grid;
  }

  private void score(List<String> lines, Score score) {
    lines.add(style.strong(String.format(Locale.ROOT, "Score %.2f of 100", score.value())));
    lines.add(INDENT + "= " + Score.FORMULA);
    lines.add(
        "%s= 100 × (%s / %s − %s / %s)"
            .formatted(
                INDENT,
                Words.count(score.filled()),
                Words.count(score.expected()),
                Words.count(score.impossible()),
                Words.count(score.rows())));
  }

  private void sample(List<String> lines) {
    List<SampledRow> rows = validation.sample().rows();
    if (rows.isEmpty()) {
      lines.add("");
      lines.add(
          "No random rows: no run has written any, or it kept no record to compare them with.");
      return;
    }
    Grid grid =
        new Grid(style)
            .text("")
            .text("horse")
            .flexible("name")
            .text("dob")
            .flexible("sire")
            .flexible("dam");
    for (SampledRow row : rows) {
      grid.row(
          word(row.difference().isEmpty() ? Result.PASS : Result.FAIL),
          shown(row.horse()),
          shown(row.values().name().orElse("")),
          row.values().dob().map(Object::toString).orElse(""),
          shown(row.values().sire().orElse("")),
          shown(row.values().dam().orElse("")));
    }
    section(
        lines,
        "%s at random against the ledger (--seed %d)"
            .formatted(Words.count(rows.size(), "row"), validation.sample().seed()),
        grid);
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
    return Printable.excerpt(text, LONGEST_NAME);
  }

  private static String word(Result result) {
    return switch (result) {
      case PASS, WARN, FAIL -> result.name();
      case NOT_YET -> "not yet";
      case NOT_APPLICABLE -> "n/a";
    };
  }

  /** With the result in its colour that a line begins with. */
  private String coloured(String line) {
    for (Result result : Result.values()) {
      String word = word(result);
      if (line.startsWith(word)) {
        return switch (result) {
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
