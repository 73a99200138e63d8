package studbook.report.section;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import studbook.quality.Finding;
import studbook.quality.Result;
import studbook.quality.Validation;
import studbook.report.figures.CriterionText;
import studbook.text.Words;

/**
 * Whether a run was a success, and why. Pure.
 *
 * @param word {@code PASS}, {@code FAIL}, {@code NOT YET}, or {@code INCOMPLETE}
 * @param reason whole sentences
 */
public record ReportVerdict(String word, Sheet.Tone tone, String reason) {

  public static ReportVerdict of(Validation validation) {
    if (validation.passes() && isLeftIncomplete(validation)) {
      return new ReportVerdict(
          "INCOMPLETE",
          Sheet.Tone.WARNING,
          "%s of %s of the run have no outcome. Every criterion of the requested horses is met: %s"
              .formatted(
                  Words.count(validation.tally().pending()),
                  Words.count(validation.tally().total(), "horse"),
                  met(validation)));
    }
    if (validation.passes()) {
      return new ReportVerdict(
          "PASS",
          Sheet.Tone.GOOD,
          (validation.isPartial()
                  ? "Every criterion of the requested horses is met; others of the database were not requested yet: "
                  : validation.isUnfinished()
                      ? "Every criterion is met so far; the run is not finished: "
                      : "Every criterion is met: ")
              + met(validation));
    }
    List<String> failed = clauses(validation, Result.FAIL);
    if (!failed.isEmpty()) {
      return new ReportVerdict("FAIL", Sheet.Tone.BAD, sentence(failed));
    }
    List<String> missed = clauses(validation, Result.WARN);
    return missed.isEmpty()
        ? new ReportVerdict("FAIL", Sheet.Tone.BAD, "The table of horses is empty.")
        : new ReportVerdict(
            "NOT YET",
            Sheet.Tone.WARNING,
            "Nothing failed, but these criteria are not met yet: "
                + String.join("; ", missed)
                + ".");
  }

  /** A run that was given up has met its criteria only for the horses that it came to. */
  private static boolean isLeftIncomplete(Validation validation) {
    return validation.tally().pending() > 0
        && validation.run().filter(run -> !run.isUnfinished()).isPresent();
  }

  private static String met(Validation validation) {
    return validation.criteria().stream()
            .filter(criterion -> criterion.result() == Result.PASS)
            .map(CriterionText::clause)
            .collect(Collectors.joining("; "))
        + ".";
  }

  /** What came to this result; of the checks of rows only those that fail. */
  private static List<String> clauses(Validation validation, Result result) {
    Stream<String> criteria =
        validation.criteria().stream()
            .filter(criterion -> criterion.result() == result)
            .map(CriterionText::clause);
    if (result != Result.FAIL) {
      return criteria.toList();
    }
    List<String> clauses = new ArrayList<>(criteria.toList());
    validation.findings().stream()
        .filter(finding -> finding.result() == Result.FAIL)
        .map(ReportVerdict::clause)
        .forEach(clauses::add);
    long differing =
        validation.sample().rows().stream().filter(row -> row.difference().isPresent()).count();
    if (validation.sample().result() == Result.FAIL) {
      clauses.add(
          "%s of %s taken at random differ from what the run wrote"
              .formatted(
                  Words.count(differing), Words.count(validation.sample().rows().size(), "row")));
    }
    return clauses;
  }

  private static String clause(Finding finding) {
    return "%s: %s of %s"
        .formatted(
            finding.check().title(),
            Words.count(finding.faults()),
            Words.count(finding.rows(), "row"));
  }

  private static String sentence(List<String> clauses) {
    String joined = String.join("; ", clauses) + ".";
    return joined.substring(0, 1).toUpperCase(Locale.ROOT) + joined.substring(1);
  }
}
