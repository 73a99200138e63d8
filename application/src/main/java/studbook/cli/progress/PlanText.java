package studbook.cli.progress;

import static studbook.text.HumanFormat.count;
import static studbook.text.HumanFormat.moment;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import studbook.backfill.plan.BackfillPlan;
import studbook.report.figures.PreExecutionReport.PlanLine;
import studbook.store.run.AncestorSelection;
import studbook.store.run.PlanCounts;
import studbook.store.run.RetryDelays;
import studbook.store.table.TableCounts;
import studbook.text.HumanFormat;
import studbook.time.Rate;

/**
 * A plan as text.
 *
 * @param duration empty if nothing limits it
 */
public record PlanText(
    BackfillPlan plan,
    Rate rate,
    Optional<Rate> racecardsRate,
    Optional<Duration> duration,
    Clock clock) {

  /** Width of the labels. */
  public static final int LABEL = 11;

  /** With the duration that these limits allow. */
  public PlanText(BackfillPlan plan, Rate rate, Optional<Rate> racecardsRate, Clock clock) {
    this(plan, rate, racecardsRate, plan.estimate().duration(rate, racecardsRate), clock);
  }

  public List<String> lines() {
    PlanCounts counts = plan.counts();
    TableCounts tableCounts = counts.counts();
    List<String> lines = new ArrayList<>();
    lines.add(
        "Database   %s · %s enriched · %s %s"
            .formatted(
                count(tableCounts.horses(), "horse"),
                count(tableCounts.enriched()),
                count(counts.toDo()),
                pending()));
    lines.addAll(leftOut());
    incomplete(lines);
    lines.add("Limit      " + limit());
    lines.addAll(RacecardScanText.plan(plan));
    lines.add("Duration   " + shownDuration());
    return lines;
  }

  /** The same as labels and values; a line without a label continues the one above. */
  public List<PlanLine> entries() {
    return lines().stream()
        .map(line -> new PlanLine(line.substring(0, LABEL).strip(), line.substring(LABEL).strip()))
        .toList();
  }

  private String limit() {
    return racecardsRate
        .map(own -> "%s for horses, %s for racecards".formatted(shown(rate), shown(own)))
        .orElse(rate.isUnlimited() ? "none" : shown(rate) + " for the account");
  }

  private String pending() {
    return switch (plan.selection().kind()) {
      case BACKFILL -> "pending";
      case REFRESH -> "due";
      case ANCESTORS ->
          "ancestors of generation "
              + plan.selection().ancestors().map(AncestorSelection::generation).orElseThrow();
    };
  }

  private boolean isRefresh() {
    return plan.selection().refresh().isPresent();
  }

  private List<String> leftOut() {
    PlanCounts counts = plan.counts();
    List<String> lines = new ArrayList<>();
    leftOut(
        lines,
        counts.completedLately(),
        plan.selection().incomplete()
            ? "confirmed by the API in the last 90 days (--include-completed requests them again)"
            : "completed without a date of birth in the last 90 days (--include-completed requests them again)");
    waiting(lines, counts.delays());
    leftOut(
        lines,
        counts.alreadyEnriched(),
        isRefresh()
            ? "of the IDs file, confirmed recently or without data"
            : plan.selection().incomplete()
                ? "of the IDs file, already complete"
                : "of the IDs file, already enriched");
    leftOut(lines, counts.missing(), "of the IDs file, missing from ra_horses");
    leftOut(
        lines, counts.noIds(), "with an ID that is not a Racing API horse ID (hrs_ and digits)");
    return lines;
  }

  /** Adds incomplete horses if the run does not take them. */
  private void incomplete(List<String> lines) {
    long incomplete = plan.counts().incomplete();
    if (incomplete > 0 && !plan.selection().incomplete()) {
      String ofTheFile = plan.selection().ids().isPresent() ? " of the IDs file" : "";
      lines.add("Incomplete " + IncompleteHorsesText.sentence(incomplete, ofTheFile));
    }
  }

  private void waiting(List<String> lines, RetryDelays delays) {
    String retry =
        delays
            .run()
            .map(run -> " (`studbook retry --run %d` retries them now)".formatted(run))
            .orElse("");
    String next = delays.next().map(time -> moment(time, clock)).orElse("");
    String last = delays.last().map(time -> moment(time, clock)).orElse("");
    leftOut(
        lines,
        delays.forTime(),
        "failed recently, retried "
            + (next.equals(last) ? "from " + next : "between %s and %s".formatted(next, last))
            + retry);
    leftOut(
        lines,
        delays.forChange(),
        "rejected by the database, retried when the row or the table's constraints and triggers change"
            + retry);
  }

  private static void leftOut(List<String> lines, long horses, String why) {
    if (horses > 0) {
      lines.add("Skipped    " + count(horses) + " " + why);
    }
  }

  private String shownDuration() {
    return duration
        .map(time ->
            "about %s; done at %s if started now"
                .formatted(HumanFormat.duration(time), moment(clock.instant().plus(time), clock)))
        .orElse("as fast as the API responds");
  }

  private static String shown(Rate rate) {
    return rate.isUnlimited() ? "no limit" : rate.toString().replace("/s", " requests/s");
  }
}
