package studbook.backfill;

import studbook.horse.HorseId;
import studbook.racingapi.Answer;
import studbook.racingapi.Endpoint;
import studbook.racingapi.Pacer;
import studbook.racingapi.RacingApi;
import studbook.racingapi.Turn;
import studbook.store.Budget;
import studbook.store.Database;
import studbook.store.HorseTables;

/**
 * One request, to see whether the API lets us in. It passes the account's budget like any other.
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
   * Asks for the first horse of the table, or for number 1 where there is none: an unknown horse is
   * an answer too.
   */
  public Answer ask() throws InterruptedException {
    HorseId horse =
        new HorseTables(database.jdbi()).anyHorse().orElseGet(() -> new HorseId("hrs_1"));
    Budget budget = Budget.join(database.jdbi(), setup.budgetKey(), setup.rate());
    Pacer pacer = time.pacer(budget);
    if (pacer.next() instanceof Turn.Hold(var left)) {
      return new Answer.Throttled(java.util.Optional.of(left));
    }
    try (RacingApi api =
        new RacingApi(setup.account(), setup.version(), time.clock(), time.ticker())) {
      return api.ask(horse, Endpoint.PRO).answer();
    }
  }
}
