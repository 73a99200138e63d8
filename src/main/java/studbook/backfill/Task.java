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
 * @param secondTime whether it is asked from the beginning once more, since what came first was
 *     doubted
 * @param belief how sure it was that it is not found in detail
 */
record Task(
    Lease lease,
    HorseId horse,
    Endpoint endpoint,
    int requests,
    int failures,
    boolean staleConnection,
    boolean secondTime,
    Belief belief) {

  /**
   * What was known of the endpoint when a horse was not found in detail. Less is believed once more
   * is known.
   *
   * @param pauses how often it had moved so that the run was paused; {@link #NONE} where it had
   *     just then
   * @param doubts how often several in a row had not been found
   */
  record Belief(int pauses, int doubts) {

    /** That a horse was not found in detail tells nothing. */
    static final Belief NONE = new Belief(-1, -1);
  }

  static Task first(Lease lease, HorseId horse) {
    return new Task(lease, horse, Endpoint.PRO, 0, 0, false, false, Belief.NONE);
  }

  Task asked() {
    return new Task(
        lease, horse, endpoint, requests + 1, failures, staleConnection, secondTime, belief);
  }

  Task atStandard() {
    return new Task(
        lease, horse, Endpoint.STANDARD, requests, failures, staleConnection, secondTime, belief);
  }

  /** The same, not found in detail. */
  Task notFound(Belief belief) {
    return new Task(
        lease, horse, endpoint, requests, failures, staleConnection, secondTime, belief);
  }

  /** From the beginning; what it has cost so far stays told. */
  Task anew() {
    return new Task(lease, horse, Endpoint.PRO, requests, failures, staleConnection, true, belief);
  }

  Task failedOnce() {
    return new Task(
        lease, horse, endpoint, requests, failures + 1, staleConnection, secondTime, belief);
  }

  Task forgiven() {
    return new Task(lease, horse, endpoint, requests, failures, true, secondTime, belief);
  }
}
