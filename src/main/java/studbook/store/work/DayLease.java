package studbook.store.work;

import java.time.LocalDate;

/** A worker's right to a day of racecards. */
public record DayLease(Lease lease, LocalDate day) {}
