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
 * @param believed of the pauses in which the endpoint had moved, how many there had been when it
 *     was not found in detail; {@link #DOUBTED} where it had moved just then
 */
record Task(
    Lease lease,
    HorseId horse,
    Endpoint endpoint,
    int requests,
    int failures,
    boolean staleConnection,
    int believed) {

  /** That a horse was not found in detail tells nothing. */
  static final int DOUBTED = -1;

  static Task first(Lease lease, HorseId horse) {
    return new Task(lease, horse, Endpoint.PRO, 0, 0, false, DOUBTED);
  }

  Task asked() {
    return new Task(lease, horse, endpoint, requests + 1, failures, staleConnection, believed);
  }

  Task atStandard() {
    return new Task(lease, horse, Endpoint.STANDARD, requests, failures, staleConnection, believed);
  }

  /** The same, not found in detail after so many pauses, or in doubt. */
  Task notFound(int believed) {
    return new Task(lease, horse, endpoint, requests, failures, staleConnection, believed);
  }

  /** From the beginning; what it has cost so far stays told. */
  Task anew() {
    return new Task(lease, horse, Endpoint.PRO, requests, failures, staleConnection, believed);
  }

  Task failedOnce() {
    return new Task(lease, horse, endpoint, requests, failures + 1, staleConnection, believed);
  }

  Task forgiven() {
    return new Task(lease, horse, endpoint, requests, failures, true, believed);
  }
}
