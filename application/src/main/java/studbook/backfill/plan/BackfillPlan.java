package studbook.backfill.plan;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import studbook.store.run.HorseSelection;
import studbook.store.run.PlanCounts;
import studbook.store.run.RunPlanner;
import studbook.time.DateRange;

/**
 * A run as it would be planned now: its horses and requests. Nothing is written.
 *
 * @param known horses with a cached profile, which need no request
 * @param estimate for the other horses
 * @param scanDays the days to be read first; empty if none
 * @param decision why no days are read; empty if some are, or there is no work
 */
public record BackfillPlan(
    HorseSelection selection,
    PlanCounts counts,
    long known,
    RequestEstimate estimate,
    Optional<DateRange> scanDays,
    Optional<String> decision) {

  /** Reads the tables. */
  public static BackfillPlan preview(
      Jdbi jdbi, HorseSelection selection, RacecardScanOptions scanOptions, Clock clock) {
    RunPlanner planner = new RunPlanner(jdbi);
    PlanCounts counts = planner.counts(selection);
    long known = counts.toDo() == 0 ? 0 : planner.known(selection);
    long wanted = counts.toDo() - known;
    if (!scanOptions.read()) {
      return without(selection, counts, known, "racecards skipped: " + why(selection));
    }
    DateRange range = scanOptions.span(LocalDate.now(clock.withZone(RacecardScanOptions.ZONE)));
    RequestEstimate estimate =
        new RequestEstimate(wanted, planner.unreadDays(range), scanOptions.racecardYield());
    if (wanted == 0) {
      return without(selection, counts, known, "racecards skipped: no horse needs them");
    }
    if (estimate.days() == 0) {
      return without(selection, counts, known, "racecards skipped: all days were read recently");
    }
    if (selection.refresh().isPresent() && wanted <= estimate.days()) {
      return without(selection, counts, known, "racecards skipped: more days than horses");
    }
    if (!estimate.isWorthwhile() && !scanOptions.isExplicit()) {
      return without(
          selection,
          counts,
          known,
          "racecards skipped: for so few horses a day completes less than one horse per request"
              + " (--racecards-since reads them anyway)");
    }
    return new BackfillPlan(
        selection, counts, known, estimate, Optional.of(range), Optional.empty());
  }

  private static String why(HorseSelection selection) {
    return switch (selection.kind()) {
      case BACKFILL -> "--no-racecards";
      case REFRESH -> "the horses are given";
      case ANCESTORS -> "few ancestors still race";
    };
  }

  private static BackfillPlan without(
      HorseSelection selection, PlanCounts counts, long known, String decision) {
    return new BackfillPlan(
        selection,
        counts,
        known,
        RequestEstimate.withoutDays(counts.toDo() - known),
        Optional.empty(),
        Optional.of(decision));
  }
}
