package studbook.report.figures;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import studbook.model.ErrorKind;
import studbook.store.statistics.ErrorSummaryQueries.ErrorGroup;
import studbook.text.HumanFormat;

/** Failed horses, grouped by what to do. */
public enum FailureGroup {
  NO_ANSWER("failed", "Request them again."),
  UNUSABLE_ANSWER(
      "unusable_responses", "Request them again; contact The Racing API if they fail again."),
  REFUSED_BY_API("api_rejected", "Ask The Racing API whether your plan includes them; then retry."),
  REFUSED_BY_DATABASE(
      "database_rejected",
      "Fix the constraint, the trigger or the row that the message names; then retry.");

  private static final String RETRY = "studbook retry";

  private final String rule;
  private final String advice;

  FailureGroup(String rule, String advice) {
    this.rule = rule;
    this.advice = advice;
  }

  private static Optional<FailureGroup> of(ErrorKind kind) {
    return switch (kind) {
      case TIMEOUT, CONNECTION, SERVER_ERROR, THROTTLED -> Optional.of(NO_ANSWER);
      case MALFORMED, WRONG_ID, TOO_LARGE -> Optional.of(UNUSABLE_ANSWER);
      case UNAUTHORISED -> Optional.of(REFUSED_BY_API);
      case DATABASE_REJECTED -> Optional.of(REFUSED_BY_DATABASE);
      case REJECTED_VALUE -> Optional.empty();
    };
  }

  /** A recommendation for each group of a run's failed horses. */
  static List<Recommendation> recommendations(long run, List<ErrorGroup> errors) {
    Map<FailureGroup, Long> horses = new EnumMap<>(FailureGroup.class);
    for (ErrorGroup error : errors) {
      if (error.failed() > 0) {
        of(error.kind()).ifPresent(group -> horses.merge(group, error.failed(), Long::sum));
      }
    }
    return horses.entrySet().stream()
        .map(entry -> entry.getKey().recommendation(run, entry.getValue()))
        .toList();
  }

  /** The same, a sentence for each group. */
  public static List<String> sentences(long run, List<ErrorGroup> errors) {
    return recommendations(run, errors).stream().map(FailureGroup::sentence).toList();
  }

  private static String sentence(Recommendation recommendation) {
    String advice =
        recommendation.advice().substring(0, 1).toLowerCase(Locale.ROOT)
            + recommendation.advice().substring(1, recommendation.advice().length() - 1);
    String finding = recommendation.finding().substring(0, recommendation.finding().length() - 1);
    return "%s: %s (`%s`).".formatted(finding, advice, recommendation.command().orElse(RETRY));
  }

  private Recommendation recommendation(long run, long horses) {
    return Recommendation.of(rule, finding(HumanFormat.count(horses, "horse")), advice)
        .by(command(run));
  }

  private String finding(String horses) {
    return switch (this) {
      case NO_ANSWER -> horses + " had no valid response after three attempts.";
      case UNUSABLE_ANSWER -> horses + " had only unusable responses.";
      case REFUSED_BY_API -> "The Racing API rejected the requests for " + horses + ".";
      case REFUSED_BY_DATABASE -> "The database rejected the rows of " + horses + ".";
    };
  }

  private String command(long run) {
    return this == REFUSED_BY_DATABASE
        ? "studbook errors --run %d --kind %s".formatted(run, ErrorKind.DATABASE_REJECTED.text())
        : RETRY;
  }
}
