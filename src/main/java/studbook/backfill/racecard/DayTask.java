package studbook.backfill.racecard;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import studbook.racingapi.DayAnswer;
import studbook.racingapi.Runner;
import studbook.store.outcome.ErrorEntry;
import studbook.store.work.DayLease;
import studbook.store.work.Lease;

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
public record DayTask(
    DayLease held,
    int skip,
    int requests,
    int failures,
    boolean staleConnection,
    List<Runner> runners,
    List<ErrorEntry> errors,
    CompletableFuture<DayEnd> end) {

  public static DayTask first(DayLease held) {
    return new DayTask(held, 0, 0, 0, false, List.of(), List.of(), new CompletableFuture<>());
  }

  public LocalDate day() {
    return held.day();
  }

  Lease lease() {
    return held.lease();
  }

  DayTask asked() {
    return new DayTask(held, skip, requests + 1, failures, staleConnection, runners, errors, end);
  }

  /** With what a page brought. */
  DayTask with(DayAnswer.Page page) {
    return new DayTask(
        held,
        skip + page.races(),
        requests,
        failures,
        staleConnection,
        joined(runners, page.runners()),
        errors,
        end);
  }

  DayTask with(ErrorEntry error) {
    return new DayTask(
        held,
        skip,
        requests,
        failures,
        staleConnection,
        runners,
        joined(errors, List.of(error)),
        end);
  }

  public DayTask failedOnce() {
    return new DayTask(held, skip, requests, failures + 1, staleConnection, runners, errors, end);
  }

  DayTask forgiven() {
    return new DayTask(held, skip, requests, failures, true, runners, errors, end);
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
