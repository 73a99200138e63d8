package studbook.monitor;

import java.time.Instant;
import java.util.Optional;

/**
 * What can be shown just now.
 *
 * @param figures the newest there are; empty before the first
 * @param absence why they are old
 */
public record MonitorSnapshot(Optional<MonitorData> figures, Optional<DatabaseGap> absence) {

  static final MonitorSnapshot NOTHING_YET =
      new MonitorSnapshot(Optional.empty(), Optional.empty());

  /**
   * The database is away.
   *
   * @param reason as the server or the driver said it
   * @param since by this machine's clock
   */
  record DatabaseGap(String reason, Instant since) {}

  /** The same figures, old since the first of several absences in a row. */
  MonitorSnapshot old(DatabaseGap next) {
    return new MonitorSnapshot(figures, absence.or(() -> Optional.of(next)));
  }
}
