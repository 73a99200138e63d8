package studbook.backfill;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import studbook.backfill.dispatch.Throttling;
import studbook.backfill.racecard.Card;
import studbook.backfill.racecard.DayEnd;
import studbook.backfill.racecard.DayJudge;
import studbook.backfill.racecard.DayStep;
import studbook.backfill.racecard.DayTask;
import studbook.model.HorseId;
import studbook.model.Inspection;
import studbook.racingapi.Answer;
import studbook.racingapi.BackOff;
import studbook.racingapi.DayAttempt;
import studbook.racingapi.RacingApi;
import studbook.ratelimit.Budget;
import studbook.ratelimit.Pacer;
import studbook.ratelimit.Turn;
import studbook.store.database.Database;
import studbook.store.outcome.HorseTables;
import studbook.store.outcome.Newcomer;
import studbook.store.outcome.Newcomers;
import studbook.store.racecard.ReadDay;
import studbook.store.run.Workers;
import studbook.store.work.DayLease;
import studbook.store.work.Lease;

/**
 * Reads the racecards of the coming days and inserts horses that ra_horses lacks, enriched at once.
 * Rows that stand are never touched. One request after the other, each in a slot of the budget. For
 * one thread.
 */
public final class Discovery {

  private final Database database;
  private final Backfill.Setup setup;
  private final Backfill.Time time;

  public Discovery(Database database, Backfill.Setup setup, Backfill.Time time) {
    this.database = database;
    this.setup = setup;
    this.time = time;
  }

  /**
   * What came of a day.
   *
   * @param trouble why it was not read; empty where it was
   * @param runners that it held
   * @param inserted horses that were not there
   * @param enriched of these with day of birth and pedigree; a backfill asks for the others
   * @param leftOut new runners without a usable name
   * @param refused how many the user's schema did not take, by what it said
   */
  public record Day(
      LocalDate day,
      Optional<String> trouble,
      int runners,
      int inserted,
      int enriched,
      int leftOut,
      Map<String, Integer> refused) {}

  /**
   * Reads so many days from {@code first} on. A day that cannot be read does not stop the others.
   *
   * @throws studbook.store.error.StoreException where the tables do not fit, or the account's rate is
   *     disputed
   */
  public List<Day> read(LocalDate first, int days) throws InterruptedException {
    HorseTables tables = new HorseTables(database.jdbi());
    tables.proveInsertable();
    Inspection inspection = new Inspection(time.clock(), tables.widths());
    Agreement.check(new Workers(database.jdbi()).using(setup.budgetKey()), setup);
    Pacer pacer =
        time.pacer(
            Budget.join(
                database.jdbi(),
                setup.racecardsRate().isPresent() ? setup.racecardsKey() : setup.budgetKey(),
                setup.racecardsRate().orElse(setup.rate())));
    List<Day> read = new ArrayList<>();
    try (RacingApi api =
        new RacingApi(setup.account(), setup.version(), time.clock(), time.ticker())) {
      for (LocalDate day = first; day.isBefore(first.plusDays(days)); day = day.plusDays(1)) {
        read.add(write(end(api, pacer, day), inspection));
      }
    }
    return read;
  }

  /** Asks for every page, with the attempts that stand for a day. */
  private DayEnd end(RacingApi api, Pacer pacer, LocalDate day) throws InterruptedException {
    DayTask task = DayTask.first(new DayLease(new Lease(0, 0, 0), day));
    while (true) {
      switch (pacer.next()) {
        case Turn.Hold(Duration left) -> time.sleeper().sleep(left);
        case Turn.Slot slot when !pacer.mayLeave(slot) -> {} // another slot, then
        case Turn.Slot slot -> {
          DayAttempt attempt = api.racecards(day, task.skip());
          if (attempt.answer() instanceof Answer.Trouble trouble) {
            Throttling.tell(pacer, slot, trouble);
          }
          switch (DayJudge.judge(task, attempt)) {
            case DayStep.Finished(DayEnd end) -> {
              return end;
            }
            case DayStep.Again(DayTask again) -> task = again;
            case DayStep.Doubted(DayTask doubted, Optional<Integer> refused) -> {
              if (refused.isPresent()) {
                return DayJudge.refused(doubted, refused.get());
              }
              task = doubted.failedOnce();
              Optional<DayEnd> end = DayJudge.charged(task);
              if (end.isPresent()) {
                return end.get();
              }
              time.sleeper()
                  .sleep(BackOff.USUAL.after(task.failures(), RandomGenerator.getDefault()));
            }
          }
        }
      }
    }
  }

  private Day write(DayEnd end, Inspection inspection) {
    List<Card> cards = end.cards(inspection);
    Newcomers newcomers = new Newcomers(database.jdbi());
    Set<HorseId> missing = newcomers.missing(cards.stream().map(Card::horse).toList());
    List<Newcomer> inserting =
        cards.stream()
            .filter(card -> missing.contains(card.horse()))
            .flatMap(card -> card.newcomer().stream())
            .toList();
    Newcomers.Inserted done = newcomers.insert(inserting);
    return new Day(
        end.task().day(),
        end.result() == ReadDay.Result.READ ? Optional.empty() : end.why(),
        cards.size(),
        done.inserted().size(),
        (int)
            inserting.stream()
                .filter(newcomer -> done.inserted().contains(newcomer.horse()))
                .filter(newcomer -> newcomer.profile().isWhole())
                .count(),
        missing.size() - inserting.size(),
        done.refused());
  }
}
