package studbook.backfill;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import studbook.backfill.plan.Racecards;
import studbook.model.ErrorKind;
import studbook.model.HorseId;
import studbook.racingapi.Answer;
import studbook.racingapi.DayAnswer;
import studbook.racingapi.Endpoint;
import studbook.racingapi.RacingApi;
import studbook.ratelimit.Budget;
import studbook.ratelimit.Pacer;
import studbook.ratelimit.Turn;
import studbook.store.database.Database;
import studbook.store.outcome.HorseTables;

/**
 * One request, or two, to see whether the API lets us in. They pass the account's budget like any
 * other.
 */
public final class Acquaintance {

  private final Database database;
  private final Backfill.Setup setup;
  private final Backfill.Time time;

  public Acquaintance(Database database, Backfill.Setup setup, Backfill.Time time) {
    this.database = database;
    this.setup = setup;
    this.time = time;
  }

  /**
   * Asks for the first horse of the table, or for number 1 where there is none. An unknown horse is
   * an answer of the API only where it has racecards of today: an address that is not the API's
   * answers 404 to both.
   */
  public Answer ask() throws InterruptedException {
    HorseId horse =
        new HorseTables(database.jdbi()).anyHorse().orElseGet(() -> new HorseId("hrs_1"));
    Budget budget = Budget.join(database.jdbi(), setup.budgetKey(), setup.rate());
    Pacer pacer = time.pacer(budget);
    if (pacer.next() instanceof Turn.Hold(var left)) {
      return new Answer.Throttled(Optional.of(left));
    }
    try (RacingApi api =
        new RacingApi(setup.account(), setup.version(), time.clock(), time.ticker())) {
      Answer answer = api.ask(horse, Endpoint.PRO).answer();
      if (answer instanceof Answer.Unavailable && pacer.next() instanceof Turn.Slot) {
        answer = api.ask(horse, Endpoint.PRO).answer(); // one error tells nothing of the next
      }
      return answer instanceof Answer.NotFound ? confirmed(api) : answer;
    }
  }

  private Answer confirmed(RacingApi api) throws InterruptedException {
    Budget budget =
        Budget.join(
            database.jdbi(),
            setup.racecardsRate().isPresent() ? setup.racecardsKey() : setup.budgetKey(),
            setup.racecardsRate().orElse(setup.rate()));
    if (time.pacer(budget).next() instanceof Turn.Hold(var left)) {
      return new Answer.Throttled(Optional.of(left));
    }
    return unlessNothingIsThere(api);
  }

  /**
   * Asks the same before there are tables for a budget, when no other process can use it either: at
   * most two requests, a second apart.
   */
  public Answer askWithoutBudget() throws InterruptedException {
    try (RacingApi api =
        new RacingApi(setup.account(), setup.version(), time.clock(), time.ticker())) {
      Answer answer = api.ask(new HorseId("hrs_1"), Endpoint.PRO).answer();
      if (!(answer instanceof Answer.NotFound)) {
        return answer;
      }
      time.sleeper().sleep(Duration.ofSeconds(1));
      return unlessNothingIsThere(api);
    }
  }

  private Answer unlessNothingIsThere(RacingApi api) throws InterruptedException {
    LocalDate today = LocalDate.now(time.clock().withZone(Racecards.ZONE));
    return api.racecards(today, 0).answer() instanceof DayAnswer.NoSuchDay(int status)
            && status != 422
        ? new Answer.Malformed(
            ErrorKind.MALFORMED,
            "it answers %d to a horse and to the racecards of today; check RACING_API_BASE_URL, which ends in /v1"
                .formatted(status))
        : new Answer.NotFound();
  }
}
