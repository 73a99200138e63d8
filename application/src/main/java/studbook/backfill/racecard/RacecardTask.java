package studbook.backfill.racecard;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import studbook.racingapi.RacecardResponse;
import studbook.racingapi.RacecardRunner;
import studbook.store.outcome.ErrorEntry;
import studbook.store.work.Lease;
import studbook.store.work.RacecardLease;

/**
 * A day of racecards on its way.
 *
 * @param skip races that lie before the page to be asked for next
 * @param requests sent for it so far
 * @param failures attempts that it has used up
 * @param staleConnection whether a dead connection was forgiven once
 * @param runners of the pages so far
 * @param errors of the attempts so far
 * @param end completed when the day has come to its end
 */
public record RacecardTask(
    RacecardLease held,
    int skip,
    int requests,
    int failures,
    boolean staleConnection,
    List<RacecardRunner> runners,
    List<ErrorEntry> errors,
    CompletableFuture<RacecardDayResult> end) {

  public static RacecardTask first(RacecardLease held) {
    return new RacecardTask(held, 0, 0, 0, false, List.of(), List.of(), new CompletableFuture<>());
  }

  public LocalDate day() {
    return held.day();
  }

  Lease lease() {
    return held.lease();
  }

  RacecardTask asked() {
    return new RacecardTask(
        held, skip, requests + 1, failures, staleConnection, runners, errors, end);
  }

  /** With what a page brought. */
  RacecardTask with(RacecardResponse.RacecardPageRead page) {
    return new RacecardTask(
        held,
        skip + page.races(),
        requests,
        failures,
        staleConnection,
        joined(runners, page.runners()),
        errors,
        end);
  }

  RacecardTask with(ErrorEntry error) {
    return new RacecardTask(
        held,
        skip,
        requests,
        failures,
        staleConnection,
        runners,
        joined(errors, List.of(error)),
        end);
  }

  public RacecardTask failedOnce() {
    return new RacecardTask(
        held, skip, requests, failures + 1, staleConnection, runners, errors, end);
  }

  RacecardTask forgiven() {
    return new RacecardTask(held, skip, requests, failures, true, runners, errors, end);
  }

  private static <T> List<T> joined(List<T> some, List<T> more) {
    if (some.isEmpty()) {
      return more;
    }
    List<T> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }
}
