package studbook.simulator.racecards;

import java.time.LocalDate;

/** Where the racecards of a day come from. Safe for use by many threads. */
public interface RacecardPages {

  /** A page of the day's racecards as JSON in UTF-8; the same question has the same answer. */
  byte[] page(LocalDate day, int limit, int skip);
}
