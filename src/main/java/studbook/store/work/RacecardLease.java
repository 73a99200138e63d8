package studbook.store.work;

import java.time.LocalDate;

/** A worker's right to a day of racecards. */
public record RacecardLease(Lease lease, LocalDate day) {}
