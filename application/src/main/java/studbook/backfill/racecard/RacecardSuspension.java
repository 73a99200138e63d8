package studbook.backfill.racecard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Days without a good response, held until another response shows the cause: these days, racecards
 * as a whole, or the whole API. Not safe for threads by itself; {@link RacecardScan} guards it.
 */
final class RacecardSuspension {

  /** This many days show that racecards as a whole fail; then no further day is requested. */
  static final int SEVERAL = 3;

  /** Without a response that shows the cause, the days are requested again. */
  private static final Duration MAX_WAIT = Duration.ofSeconds(30);

  private final List<RacecardAction.DaySuspended> days = new ArrayList<>();
  private long since;
  private boolean anyPage;

  /** A page of any day was read. */
  void onPage() {
    anyPage = true;
  }

  void add(RacecardAction.DaySuspended day, long now) {
    if (days.isEmpty()) {
      since = now;
    }
    days.add(day);
  }

  /** Whether the response to a request that was sent then shows the cause. */
  boolean isJudgedBy(long sent) {
    return !days.isEmpty() && sent - since >= 0;
  }

  boolean isOverdue(long now) {
    return !days.isEmpty() && now - since > MAX_WAIT.toNanos();
  }

  /** Whether no further day is requested: a single failure does not stop the others. */
  boolean holdsRequests() {
    return days.size() >= SEVERAL || unauthorised().isPresent();
  }

  /**
   * The status by which racecards as a whole are refused, if a profile has a good response: 401 or
   * 403 once, another status for several days if no page of any day was read yet.
   */
  Optional<Integer> refusal() {
    List<Integer> statuses = days.stream().flatMap(day -> day.refused().stream()).toList();
    return unauthorised()
        .or(() ->
            !anyPage && statuses.size() >= SEVERAL
                ? Optional.of(statuses.getFirst())
                : Optional.empty());
  }

  /** Whether the status of every day is 404 or 422, so that a 404 for a horse shows nothing. */
  boolean isOfUnknownDays() {
    return days.stream().allMatch(RacecardAction.DaySuspended::isUnknownDay);
  }

  private Optional<Integer> unauthorised() {
    return days.stream()
        .filter(day -> !day.isUnknownDay())
        .flatMap(day -> day.refused().stream())
        .findFirst();
  }

  /** The days, which leave the suspension. */
  List<RacecardAction.DaySuspended> release() {
    List<RacecardAction.DaySuspended> released = List.copyOf(days);
    days.clear();
    return released;
  }
}
