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
 * @param forecast for the other horses
 * @param sweep the days to be read first; empty if none
 * @param decision why no days are read; empty if some are, or there is no work
 */
public record BackfillPlan(
    HorseSelection selection,
    PlanCounts outlook,
    long known,
    RequestEstimate forecast,
    Optional<DateRange> sweep,
    Optional<String> decision) {

  /** Reads the tables. */
  public static BackfillPlan look(
      Jdbi jdbi, HorseSelection selection, RacecardScanOptions racecards, Clock clock) {
    RunPlanner planner = new RunPlanner(jdbi);
    PlanCounts outlook = planner.outlook(selection);
    long known = outlook.toDo() == 0 ? 0 : planner.known(selection);
    long wanted = outlook.toDo() - known;
    if (!racecards.read()) {
      return without(selection, outlook, known, "racecards skipped: --no-racecards");
    }
    DateRange span = racecards.span(LocalDate.now(clock.withZone(RacecardScanOptions.ZONE)));
    RequestEstimate forecast =
        new RequestEstimate(wanted, planner.unreadDays(span), racecards.racecardYield());
    if (wanted == 0) {
      return without(selection, outlook, known, "racecards skipped: no horse needs them");
    }
    if (forecast.days() == 0) {
      return without(selection, outlook, known, "racecards skipped: all days were read recently");
    }
    if (!forecast.pays() && !racecards.isExplicit()) {
      return without(
          selection,
          outlook,
          known,
          "racecards skipped: for so few horses a day completes less than one horse per request"
              + " (--racecards-since reads them anyway)");
    }
    return new BackfillPlan(
        selection, outlook, known, forecast, Optional.of(span), Optional.empty());
  }

  private static BackfillPlan without(
      HorseSelection selection, PlanCounts outlook, long known, String decision) {
    return new BackfillPlan(
        selection,
        outlook,
        known,
        RequestEstimate.withoutDays(outlook.toDo() - known),
        Optional.empty(),
        Optional.of(decision));
  }
}
