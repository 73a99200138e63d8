package studbook.backfill;

import studbook.horse.HorseId;
import studbook.racingapi.Endpoint;
import studbook.store.Lease;

/**
 * A horse on its way to an outcome.
 *
 * @param endpoint where it is asked for next
 * @param requests sent for it so far, those that cost it nothing too
 * @param failures attempts that it has used up
 * @param staleConnection whether a dead connection was forgiven once
 */
record Task(
    Lease lease,
    HorseId horse,
    Endpoint endpoint,
    int requests,
    int failures,
    boolean staleConnection) {

  static Task first(Lease lease, HorseId horse) {
    return new Task(lease, horse, Endpoint.PRO, 0, 0, false);
  }

  Task asked() {
    return new Task(lease, horse, endpoint, requests + 1, failures, staleConnection);
  }

  Task atStandard() {
    return new Task(lease, horse, Endpoint.STANDARD, requests, failures, staleConnection);
  }

  /** From the beginning; what it has cost so far stays told. */
  Task anew() {
    return new Task(lease, horse, Endpoint.PRO, requests, failures, staleConnection);
  }

  Task failedOnce() {
    return new Task(lease, horse, endpoint, requests, failures + 1, staleConnection);
  }

  Task forgiven() {
    return new Task(lease, horse, endpoint, requests, failures, true);
  }
}
