package studbook.report.section;

import static studbook.text.HumanFormat.count;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import studbook.quality.CheckResult;
import studbook.quality.CheckStatus;
import studbook.quality.Validation;
import studbook.report.figures.CriterionText;
import studbook.report.section.ReportTable.CellTone;

/**
 * Whether a run was a success, and why. Pure.
 *
 * @param word {@code PASS}, {@code FAIL}, {@code NOT YET}, or {@code INCOMPLETE}
 * @param reason whole sentences
 */
public record ReportVerdict(String word, CellTone tone, String reason) {

  public static ReportVerdict of(Validation validation) {
    if (validation.passes() && isLeftIncomplete(validation)) {
      return new ReportVerdict(
          "INCOMPLETE",
          CellTone.WARNING,
          "%s of %s of the run have no outcome. Every criterion of the requested horses is met: %s"
              .formatted(
                  count(validation.counts().pending()),
                  count(validation.counts().total(), "horse"),
                  met(validation)));
    }
    if (validation.passes()) {
      return new ReportVerdict(
          "PASS",
          CellTone.GOOD,
          (validation.isPartial()
                  ? "Every criterion of the requested horses is met; others were not requested yet: "
                  : validation.isUnfinished()
                      ? "Every criterion is met so far; the run is not finished: "
                      : "Every criterion is met: ")
              + met(validation));
    }
    List<String> failed = clauses(validation, CheckStatus.FAIL);
    if (!failed.isEmpty()) {
      return new ReportVerdict("FAIL", CellTone.BAD, sentence(failed));
    }
    List<String> missed = clauses(validation, CheckStatus.WARN);
    return missed.isEmpty()
        ? new ReportVerdict("FAIL", CellTone.BAD, "ra_horses is empty.")
        : new ReportVerdict(
            "NOT YET",
            CellTone.WARNING,
            "Nothing failed, but these criteria are not met yet: "
                + String.join("; ", missed)
                + ".");
  }

  /** A cancelled run has met its criteria only for the horses that it completed. */
  private static boolean isLeftIncomplete(Validation validation) {
    return validation.counts().pending() > 0
        && validation.run().filter(run -> !run.isUnfinished()).isPresent();
  }

  private static String met(Validation validation) {
    return validation.criteria().stream()
            .filter(criterion -> criterion.status() == CheckStatus.PASS)
            .map(CriterionText::clause)
            .collect(Collectors.joining("; "))
        + ".";
  }

  /** The criteria with this result; of the checks of rows only those that fail. */
  private static List<String> clauses(Validation validation, CheckStatus status) {
    Stream<String> criteria =
        validation.criteria().stream()
            .filter(criterion -> criterion.status() == status)
            .map(CriterionText::clause);
    if (status != CheckStatus.FAIL) {
      return criteria.toList();
    }
    List<String> clauses = new ArrayList<>(criteria.toList());
    validation.findings().stream()
        .filter(result -> result.result() == CheckStatus.FAIL)
        .map(ReportVerdict::clause)
        .forEach(clauses::add);
    long differing =
        validation.sample().rows().stream().filter(row -> row.difference().isPresent()).count();
    if (validation.sample().result() == CheckStatus.FAIL) {
      clauses.add(
          "%s of %s drawn at random differ from what the run wrote"
              .formatted(count(differing), count(validation.sample().rows().size(), "row")));
    }
    return clauses;
  }

  private static String clause(CheckResult result) {
    return "%s: %s of %s"
        .formatted(result.check().title(), count(result.faults()), count(result.rows(), "row"));
  }

  private static String sentence(List<String> clauses) {
    String joined = String.join("; ", clauses) + ".";
    return joined.substring(0, 1).toUpperCase(Locale.ROOT) + joined.substring(1);
  }
}
