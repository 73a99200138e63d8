package studbook.bench.refresh;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import studbook.model.HorseId;
import studbook.model.Profile;
import studbook.model.ProfileParents;
import studbook.simulator.population.HorseRecord;
import studbook.simulator.population.Population;
import studbook.store.change.ConfirmedProfile;
import studbook.store.racecard.RunnerConfirmer;
import studbook.store.run.HorseSelection;
import studbook.store.run.RunPlanner;
import studbook.store.table.DueHorses;
import studbook.store.table.RefreshIntervals;

/**
 * A refresh each night: the racecards of yesterday and of tomorrow confirm their runners, then each
 * due horse is requested. The selection, the confirmation by racecards and the plan are the
 * program's; instead of a request and its outcome a due horse's confirmation is written.
 */
final class SimulatedYears {

  private static final ZoneId ZONE = ZoneId.of("Europe/London");
  private static final LocalTime NIGHT = LocalTime.of(1, 0);
  private static final int BATCH = 250;

  /** The plan's own count is compared with the due horses this often, in days. */
  private static final int PLANNED_EVERY = 30;

  private static final Profile UNCHANGED =
      new Profile(null, null, null, null, null, null, null, ProfileParents.UNKNOWN);

  private final Population population;
  private final RefreshIntervals intervals;
  private final Jdbi jdbi;
  private final VirtualClock clock;

  /**
   * @param jdbi of connections that see {@code clock}
   */
  SimulatedYears(Population population, RefreshIntervals intervals, Jdbi jdbi, VirtualClock clock) {
    this.population = population;
    this.intervals = intervals;
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /**
   * A night.
   *
   * @param due horses, each of them a request
   * @param raced confirmed by racecards
   * @param days since the end of the interval that ended first; negative if none has ended
   */
  record Night(long due, long raced, double days) {}

  /** The nights that follow on {@code first}. */
  List<Night> run(LocalDate first, int count) {
    List<Night> nights = new ArrayList<>();
    for (int night = 0; night < count; night++) {
      nights.add(night(first.plusDays(night), night % PLANNED_EVERY == 0));
    }
    return nights;
  }

  private Night night(LocalDate day, boolean planned) {
    clock.set(instant(day));
    long raced = confirmRunners(day.minusDays(1)) + confirmRunners(day.plusDays(1));
    long plan = planned ? plan() : 0;
    Night night = confirmDue(raced);
    if (planned && plan != night.due()) {
      throw new IllegalStateException(day + ": planned " + plan + ", not " + night);
    }
    return night;
  }

  static Instant instant(LocalDate day) {
    return day.atTime(NIGHT).atZone(ZONE).toInstant();
  }

  private long confirmRunners(LocalDate day) {
    List<ConfirmedProfile> runners =
        population.runners(day).stream()
            .map(HorseRecord::id)
            .sorted()
            .map(id ->
                new ConfirmedProfile(new HorseId(id), UNCHANGED, "racecards", Optional.of(day)))
            .toList();
    RunnerConfirmer confirmer = new RunnerConfirmer(jdbi);
    long confirmed = 0;
    for (int from = 0; from < runners.size(); from += BATCH) {
      confirmed +=
          confirmer
              .confirm(
                  Optional.empty(), runners.subList(from, Math.min(runners.size(), from + BATCH)))
              .compared();
    }
    return confirmed;
  }

  private long plan() {
    return new RunPlanner(jdbi)
        .counts(HorseSelection.due(intervals, Optional.empty(), Optional.empty()))
        .toDo();
  }

  /** Every horse that is late is due, too. */
  private Night confirmDue(long raced) {
    return jdbi.withHandle(handle -> {
      Query query =
          handle.createQuery(
              """
              WITH due AS MATERIALIZED (
                SELECT h.horse_id, clock_timestamp() - (c.confirmed_at + %s) AS late FROM %s WHERE %s
              ), confirmed AS (
                INSERT INTO studbook.confirmation AS existing (horse_id, confirmed_at, source)
                SELECT horse_id, clock_timestamp(), 'pro' FROM due
                ON CONFLICT (horse_id) DO UPDATE SET confirmed_at = EXCLUDED.confirmed_at, source = EXCLUDED.source
              )
              SELECT count(*) AS due, COALESCE(extract(epoch FROM max(late)) / 86400, '-infinity') AS days FROM due
              """
                  .formatted(DueHorses.INTERVAL, DueHorses.TABLES, DueHorses.IS_DUE));
      DueHorses.bind(query, intervals);
      return query
          .map((row, _) -> new Night(row.getLong("due"), raced, row.getDouble("days")))
          .one();
    });
  }
}
