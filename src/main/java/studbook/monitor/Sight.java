package studbook.monitor;

import java.time.Instant;
import java.util.Optional;

/**
 * What can be shown just now.
 *
 * @param figures the newest there are; empty before the first
 * @param absence why they are old
 */
public record Sight(Optional<Figures> figures, Optional<Absence> absence) {

  static final Sight NOTHING_YET = new Sight(Optional.empty(), Optional.empty());

  /**
   * The database is away.
   *
   * @param reason as the server or the driver said it
   * @param since by this machine's clock
   */
  record Absence(String reason, Instant since) {}

  /** The same figures, old since the first of several absences in a row. */
  Sight old(Absence next) {
    return new Sight(figures, absence.or(() -> Optional.of(next)));
  }
}
