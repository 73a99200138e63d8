package studbook.backfill.profile;

import java.util.Optional;
import studbook.model.HorseId;
import studbook.model.HorseStatus;
import studbook.racingapi.Endpoint;
import studbook.store.work.Lease;

/**
 * A horse that is not completed yet.
 *
 * @param endpoint of its next request
 * @param requests sent for it so far, including those that do not count as attempts
 * @param failed its failures
 * @param earlier rounds of requests in which it was not found in detail
 * @param evidence the state of the endpoint when it was not found in detail
 */
record HorseTask(
    Lease lease,
    HorseId horse,
    Endpoint endpoint,
    int requests,
    FailureCount failed,
    NotFoundRounds earlier,
    NotFoundEvidence evidence) {

  /**
   * The failures of a horse.
   *
   * @param failures attempts that count
   * @param refusals responses 401, 403 and 429, counted as attempts or not
   * @param excused failures that did not count since the API failed for all
   * @param staleConnection whether a dead connection was excused once
   */
  record FailureCount(int failures, int refusals, int excused, boolean staleConnection) {

    static final FailureCount NONE = new FailureCount(0, 0, 0, false);
  }

  /**
   * The state of the endpoint when a horse was not found in detail; it loses weight when more is
   * known.
   *
   * @param pauses number of pauses for a moved endpoint
   * @param rows how often several horses in a row had not been found
   */
  record NotFoundEvidence(int pauses, int rows) {

    /** The endpoint had just moved: a 404 says nothing. */
    static final NotFoundEvidence NONE = new NotFoundEvidence(-1, -1);
  }

  /**
   * Consecutive rounds of requests in which a horse was not found in detail.
   *
   * @param basic the result of one of them, if it found a basic profile
   */
  record NotFoundRounds(int count, Optional<HorseAction.Complete> basic) {

    static final NotFoundRounds NONE = new NotFoundRounds(0, Optional.empty());

    NotFoundRounds and(HorseAction.Complete result) {
      boolean isBasic = result.outcome().state() == HorseStatus.BASIC;
      return new NotFoundRounds(count + 1, isBasic ? Optional.of(result) : basic);
    }
  }

  static HorseTask first(Lease lease, HorseId horse) {
    return new HorseTask(
        lease,
        horse,
        Endpoint.PRO,
        0,
        FailureCount.NONE,
        NotFoundRounds.NONE,
        NotFoundEvidence.NONE);
  }

  HorseTask onRequest() {
    return new HorseTask(lease, horse, endpoint, requests + 1, failed, earlier, evidence);
  }

  HorseTask atStandard() {
    return new HorseTask(lease, horse, Endpoint.STANDARD, requests, failed, earlier, evidence);
  }

  HorseTask notFound(NotFoundEvidence evidence) {
    return new HorseTask(lease, horse, endpoint, requests, failed, earlier, evidence);
  }

  /** Another round, since the horse may exist. */
  HorseTask nextRound(HorseAction.Complete result) {
    return restarted(earlier.and(result));
  }

  /** The task as if it had not been requested. */
  HorseTask unrequested() {
    return restarted(NotFoundRounds.NONE);
  }

  private HorseTask restarted(NotFoundRounds rounds) {
    return new HorseTask(lease, horse, Endpoint.PRO, requests, failed, rounds, evidence);
  }

  /** The number of earlier rounds in which it was not found. */
  int rounds() {
    return earlier.count();
  }

  int failures() {
    return failed.failures();
  }

  boolean staleConnection() {
    return failed.staleConnection();
  }

  /** Counts an attempt. */
  HorseTask failedOnce() {
    return with(failed.failures() + 1, failed.refusals(), failed.excused(), staleConnection());
  }

  /** The response was 401, 403 or 429. */
  HorseTask refused() {
    return with(failures(), failed.refusals() + 1, failed.excused(), staleConnection());
  }

  /** A failure that does not count: the API failed for all. */
  HorseTask excused() {
    return with(failures(), failed.refusals(), failed.excused() + 1, staleConnection());
  }

  /** Excuses a dead connection, once. */
  HorseTask withRetryUsed() {
    return with(failures(), failed.refusals(), failed.excused(), true);
  }

  private HorseTask with(int failures, int refusals, int excused, boolean staleConnection) {
    return new HorseTask(
        lease,
        horse,
        endpoint,
        requests,
        new FailureCount(failures, refusals, excused, staleConnection),
        earlier,
        evidence);
  }
}
