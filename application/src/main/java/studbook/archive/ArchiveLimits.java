package studbook.archive;

import java.time.Instant;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * What is old enough to be archived.
 *
 * @param before errors, samples, events and logs of this month (in UTC) and later ones stay
 * @param ledgersBefore work items and chunks of runs that ended later stay; empty: all stay
 */
public record ArchiveLimits(YearMonth before, Optional<Instant> ledgersBefore) {

  /** The month of a time in UTC. */
  public static YearMonth month(Instant time) {
    return YearMonth.from(time.atOffset(ZoneOffset.UTC));
  }

  /**
   * The limits at a time.
   *
   * @param before at most the current month
   * @param keepRuns how long the ledgers of runs stay; empty: for ever
   */
  public static ArchiveLimits of(YearMonth before, Optional<Period> keepRuns, Instant now) {
    Instant closed = before.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    return new ArchiveLimits(
        before,
        keepRuns
            .map(age -> now.atOffset(ZoneOffset.UTC).minus(age).toInstant())
            .map(limit -> limit.isBefore(closed) ? limit : closed));
  }
}
