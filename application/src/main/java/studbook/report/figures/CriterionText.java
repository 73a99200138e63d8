package studbook.report.figures;

import studbook.quality.Criterion;
import studbook.quality.Criterion.CriterionFigure;

/** The key and formula of a criterion in plain words. Pure. */
public final class CriterionText {

  private CriterionText() {}

  /** A title for the figure. */
  public static String title(Criterion criterion) {
    return switch (criterion.key()) {
      case "enriched" -> "Horses with a date of birth";
      case "pedigree" -> "Horses with a pedigree";
      case "enriched_requested" -> "Requested horses with a date of birth";
      case "pedigree_requested" -> "Requested horses with a pedigree";
      case "errors" -> "Horses that failed";
      case "critical" -> "Long interruptions";
      case "totals" -> "Horses whose records differ";
      default -> criterion.key();
    };
  }

  public static String formula(Criterion criterion) {
    return switch (criterion.key()) {
      case "enriched" -> "with a date of birth / all horses";
      case "pedigree" -> "with a pedigree / all horses";
      case "enriched_requested" -> "with a date of birth / requested";
      case "pedigree_requested" -> "with a pedigree / requested";
      case "errors" -> "failed / requested";
      case "critical" ->
          "run " + criterion.formula().replace("paused > ", "or paused for more than ");
      case "totals" -> "the run's records = rows in the tables";
      default -> criterion.formula();
    };
  }

  /** The counts of the figure; a number of interruptions has none. */
  public static String counts(Criterion criterion) {
    return criterion.key().equals("critical") ? "–" : criterion.counted();
  }

  /** The figure and its requirement, as a clause without a full stop. */
  public static String clause(Criterion criterion) {
    String figure = criterion.figure().map(CriterionFigure::text).orElse("none");
    String limit = criterion.limit().replace("≥ ", "at least ").replace("< ", "less than ");
    return switch (criterion.key()) {
      case "enriched" ->
          "%s of all horses have a date of birth (required: %s)".formatted(figure, limit);
      case "pedigree" -> "%s of all horses have a pedigree (required: %s)".formatted(figure, limit);
      case "enriched_requested" ->
          "%s of the requested horses have a date of birth (required: %s)".formatted(figure, limit);
      case "pedigree_requested" ->
          "%s of the requested horses have a pedigree (required: %s)".formatted(figure, limit);
      case "errors" -> "%s of the requested horses failed (required: %s)".formatted(figure, limit);
      case "critical" ->
          figure.equals("0")
              ? "no long interruption"
              : "%s long interruption%s".formatted(figure, figure.equals("1") ? "" : "s");
      case "totals" ->
          figure.equals("0")
              ? "the run's records agree with the tables"
              : "the run's records and the tables differ for %s horse%s"
                  .formatted(figure, figure.equals("1") ? "" : "s");
      default -> "%s is %s (required: %s)".formatted(criterion.key(), figure, limit);
    };
  }
}
