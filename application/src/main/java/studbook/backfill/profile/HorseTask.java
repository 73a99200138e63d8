package studbook.backfill.profile;

import java.util.Optional;
import studbook.model.HorseId;
import studbook.model.HorseStatus;
import studbook.racingapi.Endpoint;
import studbook.store.work.Lease;

/**
 * A horse on its way to an outcome.
 *
 * @param endpoint where it is asked for next
 * @param requests sent for it so far, those that cost it nothing too
 * @param failed what went wrong with these
 * @param earlier the rounds of requests before this one, in which it was not found in detail
 * @param belief how sure it was that it is not found in detail
 */
record HorseTask(
    Lease lease,
    HorseId horse,
    Endpoint endpoint,
    int requests,
    FailureCount failed,
    NotFoundRounds earlier,
    NotFoundEvidence belief) {

  /**
   * What went wrong with a horse's requests.
   *
   * @param failures attempts that it has used up
   * @param refusals answers 401, 403 and 429, whether they used up an attempt or not
   * @param givenBack failures that were not charged since the API failed for all
   * @param staleConnection whether a dead connection was forgiven once
   */
  record FailureCount(int failures, int refusals, int givenBack, boolean staleConnection) {

    static final FailureCount NONE = new FailureCount(0, 0, 0, false);
  }

  /**
   * What was known of the endpoint when a horse was not found in detail. Less is believed once more
   * is known.
   *
   * @param pauses how often it had moved so that the run was paused; {@link #NONE} where it had
   *     just then
   * @param doubts how often several in a row had not been found
   */
  record NotFoundEvidence(int pauses, int doubts) {

    /** That a horse was not found in detail tells nothing. */
    static final NotFoundEvidence NONE = new NotFoundEvidence(-1, -1);
  }

  /**
   * Rounds of requests in which a horse was not found in detail, one after the other.
   *
   * @param basic what one of them gave, where its basic profile was found
   */
  record NotFoundRounds(int count, Optional<HorseAction.Complete> basic) {

    static final NotFoundRounds NONE = new NotFoundRounds(0, Optional.empty());

    NotFoundRounds and(HorseAction.Complete settle) {
      boolean isBasic = settle.outcome().state() == HorseStatus.BASIC;
      return new NotFoundRounds(count + 1, isBasic ? Optional.of(settle) : basic);
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

  HorseTask asked() {
    return new HorseTask(lease, horse, endpoint, requests + 1, failed, earlier, belief);
  }

  HorseTask atStandard() {
    return new HorseTask(lease, horse, Endpoint.STANDARD, requests, failed, earlier, belief);
  }

  /** The same, not found in detail. */
  HorseTask notFound(NotFoundEvidence found) {
    return new HorseTask(lease, horse, endpoint, requests, failed, earlier, found);
  }

  /**
   * From the beginning, since it may exist all the same; what it has cost so far still counts.
   *
   * @param settle what this round came to
   */
  HorseTask nextRound(HorseAction.Complete settle) {
    return new HorseTask(lease, horse, Endpoint.PRO, requests, failed, earlier.and(settle), belief);
  }

  /** From the beginning, as if it had not been asked for; what it has cost so far still counts. */
  HorseTask anew() {
    return new HorseTask(lease, horse, Endpoint.PRO, requests, failed, NotFoundRounds.NONE, belief);
  }

  /** In how many rounds before this one it was not found. */
  int rounds() {
    return earlier.count();
  }

  int failures() {
    return failed.failures();
  }

  boolean staleConnection() {
    return failed.staleConnection();
  }

  /** An attempt is used up. */
  HorseTask failedOnce() {
    return with(
        new FailureCount(
            failed.failures() + 1,
            failed.refusals(),
            failed.givenBack(),
            failed.staleConnection()));
  }

  /** It was answered 401, 403 or 429. */
  HorseTask refused() {
    return with(
        new FailureCount(
            failed.failures(),
            failed.refusals() + 1,
            failed.givenBack(),
            failed.staleConnection()));
  }

  /** A failure is not charged: the API failed for all. */
  HorseTask givenBack() {
    return with(
        new FailureCount(
            failed.failures(),
            failed.refusals(),
            failed.givenBack() + 1,
            failed.staleConnection()));
  }

  /** A dead connection is not charged, once. */
  HorseTask forgiven() {
    return with(new FailureCount(failed.failures(), failed.refusals(), failed.givenBack(), true));
  }

  private HorseTask with(FailureCount changed) {
    return new HorseTask(lease, horse, endpoint, requests, changed, earlier, belief);
  }
}
