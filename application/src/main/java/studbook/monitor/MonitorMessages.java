package studbook.monitor;

import static studbook.text.HumanFormat.count;
import static studbook.text.HumanFormat.duration;
import static studbook.text.HumanFormat.moment;

import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import studbook.model.SafeText;
import studbook.monitor.MonitorData.RunMetrics;
import studbook.monitor.MonitorSnapshot.DatabaseGap;
import studbook.store.racecard.RacecardScanProgress;
import studbook.store.run.RunRepository.RunRow;
import studbook.store.run.RunStatus;
import studbook.store.statistics.Bottleneck;
import studbook.text.HumanFormat;
import studbook.time.Rate;

/** The figures in words, the same on the screen and on plain lines. */
record MonitorMessages(Clock clock) {

  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("HH:mm:ss zzz", Locale.UK);
  private static final int MAX_REASON = 300;

  static final String NO_RUN = "No run yet; `studbook backfill` starts one.";

  /** A line of the figures: {@code Rate}, {@code 4.9 horses/s now}. */
  record MetricRow(String label, String text) {}

  /** {@code 14:05:09 BST}. */
  String second(Instant instant) {
    return SECOND.format(instant.atZone(clock.getZone()));
  }

  /** {@code run 7}, {@code run 8, a retry of run 7}. */
  String name(RunRow run) {
    return "run "
        + run.id()
        + run.config().retryOf().map(first -> ", a retry of run " + first).orElse("");
  }

  /** {@code running}, {@code finished 14:05 BST}. */
  String status(RunMetrics run) {
    Instant ended = run.run().endedAt();
    return run.status().text() + (ended == null ? "" : " " + moment(ended, clock));
  }

  /** Why it is not running, and how to continue it. */
  Optional<String> explanation(RunMetrics run) {
    Instant until = run.run().pausedUntil();
    String resume = "`" + RunStatus.RESUME + "` continues ";
    Optional<String> reason =
        Optional.ofNullable(run.run().reason()).map(text -> SafeText.excerpt(text, MAX_REASON));
    return switch (run.status()) {
      case RUNNING, FINISHED -> Optional.empty();
      case PAUSED ->
          reason.map(text -> text + (until == null ? "" : "; resumes at " + moment(until, clock)));
      case DIED -> Optional.of(resume + "it");
      case STOPPED ->
          Optional.of(
              reason.map(text -> text + "; ").orElse("")
                  + resume
                  + "with the remaining "
                  + count(run.counts().pending(), "horse"));
      case CANCELLED -> reason;
      case SUPERSEDED -> Optional.of("a later run replaced it");
    };
  }

  /** What the run does, its rate, its bottleneck and its end. */
  List<MetricRow> metrics(RunMetrics run, Instant at) {
    List<MetricRow> rows = new ArrayList<>();
    if (run.status().isActive()) {
      rows.add(new MetricRow("Phase", phase(run.racecardScan())));
    }
    rows.add(new MetricRow("Rate", rate(run)));
    rows.add(new MetricRow("Limit used", limitUsed(run)));
    rows.add(new MetricRow("Limited by", limitedBy(run)));
    run.lowered()
        .ifPresent(reduction ->
            rows.add(
                new MetricRow(
                    "Limit reduced",
                    "to %s from %s to %s"
                        .formatted(
                            SafeText.excerpt(reduction.rate(), 20),
                            moment(reduction.from(), clock),
                            moment(reduction.to(), clock)))));
    rows.add(new MetricRow("Time", time(run, at)));
    return rows;
  }

  private static String phase(RacecardScanProgress scan) {
    return scan.left() == 0
        ? "profiles, one request per horse"
        : "racecards, %s of %s left".formatted(count(scan.left()), count(scan.days(), "day"));
  }

  /** {@code 4.9 horses/s now · 4.8 on average over 2 h 36 min of work}. */
  private static String rate(RunMetrics run) {
    return joined(
        List.of(
            run.now().map(rate -> HumanFormat.rate(rate.horses()) + " horses/s now"),
            run.average()
                .map(rate ->
                    "%s%s on average over %s of work"
                        .formatted(
                            HumanFormat.rate(rate.horses()),
                            run.now().isPresent() ? "" : " horses/s",
                            duration(run.worked())))
                .or(() -> Optional.of("not known yet"))));
  }

  /** {@code 98.1% of 5/s now · 97.3% on average · at most 5 in one second}. */
  private static String limitUsed(RunMetrics run) {
    Rate limit = run.run().owner().rate();
    Optional<String> now = run.limitUsedNow().map(MonitorMessages::percent);
    Optional<String> average = run.limitUsed().map(MonitorMessages::percent);
    String whole =
        limit.isUnlimited() ? "no limit" : now.or(() -> average).orElse("–") + " of " + limit;
    return joined(
        List.of(
            Optional.of(whole + (now.isPresent() ? " now" : "")),
            average.filter(_ -> now.isPresent()).map(percent -> percent + " on average"),
            Optional.of("at most " + count(run.fullest()) + " in one second")));
  }

  private static String percent(double percent) {
    return String.format(Locale.UK, "%.1f%%", percent);
  }

  /** {@code the rate limit · 3 responses 429}. */
  private static String limitedBy(RunMetrics run) {
    return joined(
        List.of(
            run.bound()
                .map(Bottleneck::description)
                .or(() ->
                    Optional.of(run.status().isActive() ? "not known yet" : "no active process")),
            Optional.of(run.throttled())
                .filter(count -> count > 0)
                .map(count -> count(count, "response") + " 429")));
  }

  /** {@code 2 h 36 min elapsed · 3 h 44 min remaining · ETA 17:49 BST}. */
  private String time(RunMetrics run, Instant at) {
    return joined(
        List.of(
            Optional.of(duration(run.elapsed()) + " elapsed"),
            run.remaining(at).map(left -> duration(left) + " remaining"),
            Optional.of(
                    run.eta().map(eta -> "ETA " + moment(eta, clock)).orElse("ETA not known yet"))
                .filter(_ -> run.status() == RunStatus.RUNNING)));
  }

  /** Since when the figures are stale, and why. */
  String outage(DatabaseGap gap) {
    return "The database is unavailable since %s; retrying: %s"
        .formatted(second(gap.since()), SafeText.excerpt(gap.reason(), MAX_REASON));
  }

  /** {@code as of 14:05:09 BST}; stale while the database is unavailable. */
  String age(MonitorSnapshot snapshot) {
    return snapshot
        .figures()
        .map(data ->
            (snapshot.absence().isPresent() ? "STALE, as of " : "as of ") + second(data.at()))
        .orElse("");
  }

  private static String joined(List<Optional<String>> parts) {
    return parts.stream().flatMap(Optional::stream).collect(Collectors.joining(" · "));
  }
}
