package studbook.monitor;

import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import studbook.model.SafeText;
import studbook.store.racecard.RacecardScanProgress;
import studbook.store.run.RunRepository;
import studbook.store.statistics.Bottleneck;
import studbook.text.HumanFormat;
import studbook.time.Rate;

/** The figures in words, the same on the screen and on plain lines. */
record MonitorMessages(Clock clock) {

  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("HH:mm:ss zzz", Locale.UK);
  private static final int LONGEST_REASON = 300;

  static final String NO_RUN = "No run yet; `studbook backfill` starts one.";

  /** {@code 14:05:09 BST}. */
  String second(Instant instant) {
    return SECOND.format(instant.atZone(clock.getZone()));
  }

  /** {@code run 7}, {@code run 8, a retry of run 7}. */
  String name(RunRepository.RunRow run) {
    return "run "
        + run.id()
        + run.told().retryOf().map(first -> ", a retry of run " + first).orElse("");
  }

  String state(MonitorData.RunMetrics run) {
    Instant ended = run.run().endedAt();
    String since = ended == null ? "" : " " + HumanFormat.moment(ended, clock);
    return switch (run.standing()) {
      case RUNNING -> "running";
      case PAUSED -> "paused";
      case DIED -> "died";
      case STOPPED -> "stopped" + since;
      case FINISHED -> "finished" + since;
      case CANCELLED -> "cancelled" + since;
      case SUPERSEDED -> "superseded" + since;
    };
  }

  /** Why it does not run, and what makes it go on. */
  Optional<String> explanation(MonitorData.RunMetrics run) {
    Instant until = run.run().pausedUntil();
    String resume = "`studbook backfill --resume` goes on";
    Optional<String> reason =
        Optional.ofNullable(run.run().reason()).map(text -> printable(text, LONGEST_REASON));
    return switch (run.standing()) {
      case RUNNING, FINISHED -> Optional.empty();
      case PAUSED ->
          reason.map(text ->
              text + (until == null ? "" : "; goes on at " + HumanFormat.moment(until, clock)));
      case DIED -> Optional.of("its process died; " + resume);
      case STOPPED ->
          Optional.of(
              reason.map(text -> text + "; ").orElse("")
                  + resume
                  + " with the other "
                  + HumanFormat.count(run.tally().pending(), "horse"));
      case CANCELLED -> reason;
      case SUPERSEDED -> Optional.of("a later run was planned in its place");
    };
  }

  /** {@code 4.9 horses/s now · 4.8 on average over 2 h 36 min of work}. */
  String rate(MonitorData.RunMetrics run) {
    return joined(
        Stream.of(
            run.now().map(pace -> HumanFormat.rate(pace.horses()) + " horses/s now"),
            run.average()
                .map(pace ->
                    "%s%s on average over %s of work"
                        .formatted(
                            HumanFormat.rate(pace.horses()),
                            run.now().isPresent() ? "" : " horses/s",
                            HumanFormat.duration(run.worked())))
                .or(() -> Optional.of("not known yet"))));
  }

  /** {@code 98.1% of 5/s now · 97.3% on average · fullest second 5}. */
  String budget(MonitorData.RunMetrics run) {
    Rate limit = run.run().owner().rate();
    Optional<String> now = run.budgetUsed(run.now()).map(MonitorMessages::percent);
    Optional<String> average = run.budgetUsed(run.average()).map(MonitorMessages::percent);
    String whole =
        limit.isUnlimited() ? "no limit" : now.or(() -> average).orElse("–") + " of " + limit;
    return joined(
        Stream.of(
            Optional.of(whole + (now.isPresent() ? " now" : "")),
            average.filter(_ -> now.isPresent()).map(percent -> percent + " on average"),
            Optional.of("fullest second " + HumanFormat.count(run.fullest()))));
  }

  private static String percent(double share) {
    return String.format(Locale.UK, "%.1f%%", 100 * share);
  }

  /** {@code the API's limit · 3 answers 429}. */
  String limit(MonitorData.RunMetrics run) {
    return joined(
        Stream.of(
            Optional.of(bound(run)),
            Optional.of(run.throttled())
                .filter(count -> count > 0)
                .map(count -> HumanFormat.count(count, "answer") + " 429")));
  }

  private static String bound(MonitorData.RunMetrics run) {
    return run.bound()
        .map(Bottleneck::description)
        .orElse(run.standing().isUnderWay() ? "not known yet" : "nothing: no process works on it");
  }

  /** {@code racecards, 312 of 1,402 days left · then profiles}; empty where no process works. */
  Optional<String> phase(MonitorData.RunMetrics run) {
    RacecardScanProgress sweep = run.sweep();
    if (!run.standing().isUnderWay()) {
      return Optional.empty();
    }
    return Optional.of(
        sweep.left() == 0
            ? "profiles, one request for each horse"
            : "racecards, %s of %s left"
                .formatted(
                    HumanFormat.count(sweep.left()), HumanFormat.count(sweep.days(), "day")));
  }

  /** {@code to 28/s from 11:21 to 11:31 GMT}; empty where it never was. */
  Optional<String> lowered(MonitorData.RunMetrics run) {
    return run.lowered()
        .map(one ->
            "to %s from %s to %s"
                .formatted(
                    printable(one.rate(), 20),
                    HumanFormat.moment(one.from(), clock),
                    HumanFormat.moment(one.to(), clock)));
  }

  /** {@code 2 h 36 min elapsed · 3 h 44 min remaining · ETA 17:49 BST}. */
  String time(MonitorData.RunMetrics run, Instant at) {
    return joined(
        Stream.of(
            Optional.of(HumanFormat.duration(run.elapsed()) + " elapsed"),
            run.remaining(at).map(left -> HumanFormat.duration(left) + " remaining"),
            run.standing() == RunStatus.RUNNING
                ? Optional.of(
                    run.eta()
                        .map(eta -> "ETA " + HumanFormat.moment(eta, clock))
                        .orElse("ETA not known yet"))
                : Optional.empty()));
  }

  /** Says since when the figures are old, and why. */
  String absence(MonitorSnapshot.DatabaseGap absence) {
    return "The database is away since %s, and is tried again: %s"
        .formatted(second(absence.since()), printable(absence.reason(), LONGEST_REASON));
  }

  static String printable(String text, int longest) {
    return SafeText.excerpt(text, longest);
  }

  private static String joined(Stream<Optional<String>> parts) {
    return parts.flatMap(Optional::stream).collect(Collectors.joining(" · "));
  }

  /** A text on lines of a width, broken between words where that goes. */
  static List<String> wrapped(String text, int width, int most) {
    List<String> lines = new ArrayList<>();
    String rest = text;
    while (rest.length() > width && lines.size() < most - 1) {
      int space = rest.lastIndexOf(' ', width);
      int end = space > 0 ? space : width;
      lines.add(rest.substring(0, end));
      rest = rest.substring(end).strip();
    }
    lines.add(HumanFormat.shortened(rest, width));
    return lines;
  }
}
