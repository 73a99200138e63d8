package studbook.backfill.racecard;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import studbook.racingapi.RacecardResponse;
import studbook.racingapi.RacecardRunner;
import studbook.store.outcome.ErrorEntry;
import studbook.store.work.Lease;
import studbook.store.work.RacecardLease;

/**
 * A racecard day that has not ended yet.
 *
 * @param skip races before the page that is requested next
 * @param requests sent for it so far
 * @param failures attempts that it has used up
 * @param staleConnection whether a dead connection was excused once
 * @param runners of the pages so far
 * @param errors of the requests so far
 */
public record RacecardTask(
    RacecardLease held,
    int skip,
    int requests,
    int failures,
    boolean staleConnection,
    List<RacecardRunner> runners,
    List<ErrorEntry> errors) {

  public static RacecardTask first(RacecardLease lease) {
    return new RacecardTask(lease, 0, 0, 0, false, List.of(), List.of());
  }

  LocalDate day() {
    return held.day();
  }

  Lease lease() {
    return held.lease();
  }

  RacecardTask asked() {
    return new RacecardTask(held, skip, requests + 1, failures, staleConnection, runners, errors);
  }

  RacecardTask with(RacecardResponse.RacecardPageRead page) {
    return new RacecardTask(
        held,
        skip + page.races(),
        requests,
        failures,
        staleConnection,
        joined(runners, page.runners()),
        errors);
  }

  RacecardTask with(ErrorEntry error) {
    return new RacecardTask(
        held, skip, requests, failures, staleConnection, runners, joined(errors, List.of(error)));
  }

  public RacecardTask failedOnce() {
    return new RacecardTask(held, skip, requests, failures + 1, staleConnection, runners, errors);
  }

  RacecardTask withRetryUsed() {
    return new RacecardTask(held, skip, requests, failures, true, runners, errors);
  }

  private static <T> List<T> joined(List<T> some, List<T> more) {
    return some.isEmpty() ? more : Stream.concat(some.stream(), more.stream()).toList();
  }
}
