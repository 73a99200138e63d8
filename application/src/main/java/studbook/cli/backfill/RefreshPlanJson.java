package studbook.cli.backfill;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import studbook.backfill.plan.BackfillPlan;
import studbook.backfill.plan.RefreshOptions;
import studbook.cli.settings.Settings;
import studbook.json.TableCountsJson;
import studbook.time.Rate;

/** The plan of a refresh as JSON. */
record RefreshPlanJson(
    TableCountsJson tables,
    long pending,
    long racecardDays,
    long estimatedRequests,
    double rateLimitPerSecond,
    Optional<Double> racecardsRateLimitPerSecond,
    double sharePercent,
    Optional<Duration> estimatedSeconds,
    Optional<Instant> estimatedEndAt) {

  static RefreshPlanJson of(
      BackfillPlan plan,
      Settings settings,
      RefreshOptions refresh,
      Optional<Duration> duration,
      Instant now) {
    return new RefreshPlanJson(
        TableCountsJson.of(plan.counts().counts()),
        plan.counts().toDo(),
        plan.estimate().daysRead(),
        plan.estimate().requests(),
        settings.rate().perSecond(),
        settings.racecardsRate().map(Rate::perSecond),
        100 * refresh.budgetShare().orElse(1.0),
        duration,
        duration.map(now::plus));
  }
}
