package studbook.store.work;

import java.time.LocalDate;

/** A worker's right to a racecard day. */
public record RacecardLease(Lease lease, LocalDate day) {}
