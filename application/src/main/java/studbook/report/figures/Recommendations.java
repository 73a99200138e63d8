package studbook.report.figures;

import static studbook.text.HumanFormat.count;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import studbook.model.ErrorKind;
import studbook.model.PauseCause;
import studbook.store.run.RunStatus;
import studbook.store.statistics.Bottleneck;
import studbook.store.statistics.ErrorSummaryQueries.ErrorGroup;
import studbook.store.statistics.FieldStatistics.FieldCount;
import studbook.text.HumanFormat;

/** Recommendations, one rule for each kind of problem. Pure. */
public final class Recommendations {

  private static final double TOO_MANY_ERRORS = 0.05;

  /** Share of the requests: below, they are late arrivals, for which the safety margin grows. */
  private static final double MANY_429 = 0.001;

  /** The same for a short run. */
  private static final long A_FEW_429 = 2;

  private static final double LOW_USE = 0.8;
  private static final double MOSTLY = 0.5;
  private static final Duration LONG = Duration.ofMinutes(10);

  /** Shorter runs end before they reach their full rate. */
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(1);

  private static final double MANY_NOT_FOUND = 0.2;

  private static final List<Function<ExecutionReport, Optional<Recommendation>>> URGENT =
      List.of(Recommendations::unfinished, Recommendations::errorRate);

  private static final List<Function<ExecutionReport, Optional<Recommendation>>> OTHERS =
      List.of(
          Recommendations::throttled,
          report ->
              paused(
                  report,
                  PauseCause.CREDENTIALS,
                  "credentials",
                  "Check RACING_API_USERNAME, RACING_API_PASSWORD and the expiry date of the account."),
          report ->
              paused(
                  report,
                  PauseCause.API,
                  "api",
                  "If this recurs at the same time of day, run at another."),
          report ->
              paused(
                  report,
                  PauseCause.DATABASE,
                  "database",
                  "Check the database server's log and disk for that time."),
          Recommendations::latency,
          Recommendations::notFound,
          Recommendations::rejectedValues,
          Recommendations::unknownFields,
          Recommendations::emptyFields);

  private Recommendations() {}

  /** Most urgent first; empty if nothing is to be done. */
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
    long pending = report.counts().pending();
    String horses = count(pending, "horse");
    return switch (report.status()) {
      case STOPPED ->
          Optional.of(
              Recommendation.of(
                      "not_finished",
                      "The run is stopped; " + horses + " are pending.",
                      "Continue it; no horse is requested twice.")
                  .by(RunStatus.RESUME));
      case DIED ->
          Optional.of(
              Recommendation.of(
                      "not_finished",
                      "The run's process died; " + horses + " are pending.",
                      "Continue from the last commit.")
                  .by(RunStatus.RESUME));
      case SUPERSEDED, CANCELLED ->
          Optional.of(
                  Recommendation.of(
                          "not_finished",
                          "The run was given up; " + horses + " of it were never requested.",
                          "Check whether a later run requested them.")
                      .by("studbook status"))
              .filter(_ -> pending > 0);
      case RUNNING, PAUSED, FINISHED -> Optional.empty();
    };
  }

  static Optional<Recommendation> errorRate(ExecutionReport report) {
    return report.errorRate() < TOO_MANY_ERRORS
        ? Optional.empty()
        : Optional.of(
            Recommendation.of(
                    "error_rate",
                    "%s of the completed horses failed, which is 5%% or more."
                        .formatted(percent(report.errorRate())),
                    "Check the errors by kind before you use the rows.")
                .by("studbook errors --run " + report.run().id() + " --summary"));
  }

  /** A retry has its own report, with the horses that still fail. */
  static List<Recommendation> failed(ExecutionReport report) {
    long run = report.run().id();
    boolean retried = report.chain().getLast().run().id() != run;
    return report.run().isUnfinished() || retried
        ? List.of()
        : FailureGroup.recommendations(run, report.errors());
  }

  static Optional<Recommendation> throttled(ExecutionReport report) {
    RunPerformance performance = report.performance();
    return performance.throttled() <= Math.max(A_FEW_429, performance.requests() * MANY_429)
        ? Optional.empty()
        : Optional.of(
            Recommendation.of(
                "throttled",
                "The API returned 429 for %s of %s."
                    .formatted(
                        count(performance.throttled()), count(performance.requests(), "request")),
                "Lower RACING_API_RATE, and make sure that nothing else uses the account."));
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

  private static Optional<Recommendation> latency(ExecutionReport report) {
    RunPerformance performance = report.performance();
    return performance.working().compareTo(LONG_ENOUGH) < 0
            || performance.boundBy(Bottleneck.API_LATENCY) < MOSTLY
        ? Optional.empty()
        : performance
            .budgetUsed()
            .filter(used -> used < LOW_USE)
            .map(used ->
                Recommendation.of(
                    "latency",
                    "Only %s of the rate limit was used; half of the responses took longer than %s."
                        .formatted(
                            percent(used), TimeFormat.millis(report.distribution().median())),
                    "Run closer to the API, or on a faster connection."));
  }

  private static Optional<Recommendation> notFound(ExecutionReport report) {
    long notFound = report.counts().notFound();
    double part = (double) notFound / Math.max(1, report.counts().processed());
    return part < MANY_NOT_FOUND
        ? Optional.empty()
        : Optional.of(
            Recommendation.of(
                "not_found",
                "The API has no profile of %s, %s of those completed."
                    .formatted(count(notFound, "horse"), percent(part)),
                "Check whether the ids come from The Racing API, and whether your plan includes these horses."));
  }

  static Optional<Recommendation> rejectedValues(ExecutionReport report) {
    return group(report, ErrorKind.REJECTED_VALUE)
        .map(group ->
            Recommendation.of(
                    "rejected_values",
                    count(group.entries(), "invalid value")
                        + " of the API "
                        + (group.entries() == 1 ? "was" : "were")
                        + " skipped.",
                    "Check them; report wrong ones to The Racing API.")
                .by(
                    "studbook errors --run %d --kind %s"
                        .formatted(report.run().id(), group.kind().text())));
  }

  private static Optional<Recommendation> unknownFields(ExecutionReport report) {
    return report.unknownFields().isEmpty()
        ? Optional.empty()
        : Optional.of(
            Recommendation.of(
                "unknown_fields",
                "The API sends %s that Studbook does not know: %s."
                    .formatted(
                        count(report.unknownFields().size(), "field"),
                        names(
                            report.unknownFields().stream()
                                .map(seen -> seen.drift().path())
                                .toList())),
                "Report them to the Studbook project if they are useful to you."));
  }

  private static Optional<Recommendation> emptyFields(ExecutionReport report) {
    return report.emptyFields().isEmpty()
        ? Optional.empty()
        : Optional.of(
            Recommendation.of(
                "empty_fields",
                "No response filled %s."
                    .formatted(
                        names(report.emptyFields().stream().map(FieldCount::field).toList())),
                "Check whether your plan includes it, or whether the API renamed it."));
  }

  private static String names(List<String> fields) {
    List<String> names = fields.stream().distinct().toList();
    String first =
        names.stream().limit(5).map(UntrustedText::name).collect(Collectors.joining(", "));
    return names.size() <= 5 ? first : first + " and " + (names.size() - 5) + " more";
  }

  private static Optional<ErrorGroup> group(ExecutionReport report, ErrorKind kind) {
    return report.errors().stream().filter(group -> group.kind() == kind).findFirst();
  }

  private static String percent(double part) {
    return HumanFormat.percent(Math.round(part * 10_000), 10_000);
  }
}
