package studbook.simulator.racecards;

import java.time.LocalDate;

/** Supplies the racecards of a day. Safe for many threads. */
public interface RacecardPages {

  /** A page of the day's racecards as JSON in UTF-8; the same arguments give the same page. */
  byte[] page(LocalDate day, int limit, int skip);
}
