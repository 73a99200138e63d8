package studbook.report.figures;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import studbook.model.ErrorKind;
import studbook.model.PauseCause;
import studbook.store.outcome.ErrorLog;
import studbook.store.statistics.Bottleneck;
import studbook.store.statistics.ErrorSummaryQueries;
import studbook.store.statistics.FieldStatistics;
import studbook.text.HumanFormat;

/** What follows from a report's figures: one small rule for each thing that can be done. Pure. */
public final class Recommendations {

  private static final double TOO_MANY_ERRORS = 0.05;

  /** Of the requests: a smaller share is late arrivals, for which the margin is widened. */
  private static final double MANY_429 = 0.001;

  /** The same of a short run. */
  private static final long A_FEW_429 = 2;

  private static final double IDLE_BUDGET = 0.8;
  private static final double MOSTLY = 0.5;
  private static final Duration LONG = Duration.ofMinutes(10);

  /** Shorter runs are over before they are up to speed. */
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(1);

  private static final double MANY_NOT_FOUND = 0.2;

  private static final List<Function<ExecutionReport, Optional<Recommendation>>> URGENT =
      List.of(Recommendations::unfinished, Recommendations::errorRate);

  private static final List<Function<ExecutionReport, Optional<Recommendation>>> OTHERS =
      List.of(
          Recommendations::throttled,
          Recommendations::credentials,
          Recommendations::silentApi,
          Recommendations::database,
          Recommendations::latency,
          Recommendations::notFound,
          Recommendations::rejectedValues,
          Recommendations::unknownFields,
          Recommendations::emptyFields);

  private Recommendations() {}

  /** The most urgent first; none where nothing is to do. */
  public static List<Recommendation> of(ExecutionReport report) {
    return Stream.of(of(report, URGENT), failed(report), of(report, OTHERS))
        .flatMap(List::stream)
        .toList();
  }

  private static List<Recommendation> of(
      ExecutionReport report, List<Function<ExecutionReport, Optional<Recommendation>>> rules) {
    return rules.stream().flatMap(rule -> rule.apply(report).stream()).toList();
  }

  static Optional<Recommendation> unfinished(ExecutionReport report) {
    String pending = HumanFormat.count(report.tally().pending(), "horse");
    return switch (report.run().state()) {
      case STOPPED ->
          Optional.of(
              Recommendation.of(
                      "not_finished",
                      "The run is stopped; " + pending + " are left.",
                      "Go on where it stood; nothing is asked again.")
                  .by("studbook backfill --resume"));
      case RUNNING, PAUSED ->
          report.isAbandoned()
              ? Optional.of(
                  Recommendation.of(
                          "not_finished",
                          "The run's process died; " + pending + " are left.",
                          "Go on where the last commit stood.")
                      .by("studbook backfill --resume"))
              : Optional.empty();
      case SUPERSEDED, CANCELLED ->
          report.tally().pending() == 0
              ? Optional.empty()
              : Optional.of(
                  Recommendation.of(
                          "not_finished",
                          "The run was given up; " + pending + " of it were never asked for.",
                          "See whether a later run took them.")
                      .by("studbook status"));
      case FINISHED -> Optional.empty();
    };
  }

  static Optional<Recommendation> errorRate(ExecutionReport report) {
    return report.errorRate() < TOO_MANY_ERRORS
        ? Optional.empty()
        : Optional.of(
            Recommendation.of(
                    "error_rate",
                    "%s of the processed horses failed, which is 5%% or more."
                        .formatted(percent(report.errorRate())),
                    "Look at the errors by kind before the rows are used.")
                .by("studbook errors --run " + report.run().id() + " --group"));
  }

  /** A retry has its own report, which tells of those that are left. */
  static List<Recommendation> failed(ExecutionReport report) {
    long run = report.run().id();
    boolean retried = report.chain().getLast().run().id() != run;
    List<ErrorLog.FailureCounts> failures =
        report.errors().stream()
            .map(group -> new ErrorLog.FailureCounts(group.kind(), group.failed()))
            .toList();
    return report.run().isUnfinished() || retried
        ? List.of()
        : FailureGroup.recommendations(run, failures);
  }

  static Optional<Recommendation> throttled(ExecutionReport report) {
    RunPerformance performance = report.performance();
    return performance.throttled() <= Math.max(A_FEW_429, performance.requests() * MANY_429)
        ? Optional.empty()
        : Optional.of(
            Recommendation.of(
                "throttled",
                "The API answered 429 to %s of %s."
                    .formatted(
                        HumanFormat.count(performance.throttled()),
                        HumanFormat.count(performance.requests(), "request")),
                "Set RACING_API_RATE lower, and see that nothing else uses the account meanwhile."));
  }

  static Optional<Recommendation> credentials(ExecutionReport report) {
    return paused(
        report,
        PauseCause.CREDENTIALS,
        "credentials",
        "Look at RACING_API_USERNAME, RACING_API_PASSWORD and until when the account is paid for.");
  }

  static Optional<Recommendation> silentApi(ExecutionReport report) {
    return paused(
        report, PauseCause.API, "api", "Where that comes again at the same hours, run at others.");
  }

  static Optional<Recommendation> database(ExecutionReport report) {
    return paused(
        report,
        PauseCause.DATABASE,
        "database",
        "Look at the server's log and its disk for that time.");
  }

  private static Optional<Recommendation> paused(
      ExecutionReport report, PauseCause cause, String rule, String advice) {
    Duration lasted = report.timeline().paused(cause);
    return lasted.compareTo(LONG) < 0
        ? Optional.empty()
        : Optional.of(
            Recommendation.of(
                rule,
                "The run was paused for %s because %s."
                    .formatted(
                        HumanFormat.duration(lasted), DelayExplanation.name(cause, report.log())),
                advice));
  }

  static Optional<Recommendation> latency(ExecutionReport report) {
    RunPerformance performance = report.performance();
    return performance.working().compareTo(LONG_ENOUGH) < 0
            || performance.boundBy(Bottleneck.API_LATENCY) < MOSTLY
        ? Optional.empty()
        : performance
            .budgetUsed()
            .filter(used -> used < IDLE_BUDGET)
            .map(used ->
                Recommendation.of(
                    "latency",
                    "Only %s of the account's budget was used; half of the answers took longer than %s."
                        .formatted(percent(used), TimeFormat.millis(report.answers().median())),
                    "Run nearer to the API, or over a quicker line."));
  }

  static Optional<Recommendation> notFound(ExecutionReport report) {
    long notFound = report.tally().notFound();
    double part = (double) notFound / Math.max(1, report.tally().processed());
    return part < MANY_NOT_FOUND
        ? Optional.empty()
        : Optional.of(
            Recommendation.of(
                "not_found",
                "The API knows no profile of %s, %s of those processed."
                    .formatted(HumanFormat.count(notFound, "horse"), percent(part)),
                "See whether the ids are The Racing API's own, and whether the account's plan includes these horses."));
  }

  static Optional<Recommendation> rejectedValues(ExecutionReport report) {
    return group(report, ErrorKind.REJECTED_VALUE)
        .map(group ->
            Recommendation.of(
                    "rejected_values",
                    HumanFormat.count(group.entries(), "value")
                        + " of the API could not be right and "
                        + (group.entries() == 1 ? "was" : "were")
                        + " left out.",
                    "Look at them; tell the API's people where they are wrong.")
                .by(
                    "studbook errors --run %d --kind %s"
                        .formatted(report.run().id(), group.kind().text())));
  }

  static Optional<Recommendation> unknownFields(ExecutionReport report) {
    return report.unknownFields().isEmpty()
        ? Optional.empty()
        : Optional.of(
            Recommendation.of(
                "unknown_fields",
                "The API sends %s that Studbook does not read: %s."
                    .formatted(
                        HumanFormat.count(report.unknownFields().size(), "field"),
                        names(report.unknownFields())),
                "Tell Studbook's makers, so that it is read where it is worth something."));
  }

  static Optional<Recommendation> emptyFields(ExecutionReport report) {
    return report.emptyFields().isEmpty()
        ? Optional.empty()
        : Optional.of(
            Recommendation.of(
                "empty_fields",
                "No answer filled %s.".formatted(names(report.emptyFields())),
                "See whether the account's plan includes it, or whether the API spells it anew."));
  }

  private static String names(List<FieldStatistics.FieldCount> fields) {
    List<String> names = fields.stream().map(FieldStatistics.FieldCount::field).distinct().toList();
    String first =
        names.stream().limit(5).map(UntrustedText::name).collect(Collectors.joining(", "));
    return names.size() <= 5 ? first : first + " and " + (names.size() - 5) + " more";
  }

  private static Optional<ErrorSummaryQueries.ErrorGroup> group(
      ExecutionReport report, ErrorKind kind) {
    return report.errors().stream().filter(group -> group.kind() == kind).findFirst();
  }

  private static String percent(double part) {
    return HumanFormat.percent(Math.round(part * 10_000), 10_000);
  }
}
