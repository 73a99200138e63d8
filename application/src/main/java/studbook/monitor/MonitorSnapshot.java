package studbook.monitor;

import java.time.Instant;
import java.util.Optional;

/**
 * What can be displayed now.
 *
 * @param figures the newest; empty before the first
 * @param absence why they are stale
 */
record MonitorSnapshot(Optional<MonitorData> figures, Optional<DatabaseGap> absence) {

  static final MonitorSnapshot NOTHING_YET =
      new MonitorSnapshot(Optional.empty(), Optional.empty());

  /**
   * The database is unavailable.
   *
   * @param reason the server's or driver's message
   * @param since by this machine's clock
   */
  record DatabaseGap(String reason, Instant since) {}

  /** The same figures, stale since the first of several failed polls. */
  MonitorSnapshot old(DatabaseGap next) {
    return new MonitorSnapshot(figures, absence.or(() -> Optional.of(next)));
  }
}
