package studbook.backfill;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import studbook.backfill.dispatch.ThrottleReporter;
import studbook.backfill.racecard.RacecardAction;
import studbook.backfill.racecard.RacecardDayResult;
import studbook.backfill.racecard.RacecardResponseHandler;
import studbook.backfill.racecard.RacecardTask;
import studbook.backfill.racecard.ValidatedRunner;
import studbook.model.HorseId;
import studbook.model.ProfileValidator;
import studbook.racingapi.ExponentialBackoff;
import studbook.racingapi.ProfileResponse;
import studbook.racingapi.RacecardCall;
import studbook.racingapi.RacingApi;
import studbook.ratelimit.NextPermit;
import studbook.ratelimit.RateLimiter;
import studbook.ratelimit.SharedRateLimit;
import studbook.store.database.Database;
import studbook.store.outcome.NewHorse;
import studbook.store.outcome.NewHorseInserter;
import studbook.store.outcome.UserTables;
import studbook.store.racecard.RacecardDayWrite;
import studbook.store.run.WorkerRepository;
import studbook.store.work.Lease;
import studbook.store.work.RacecardLease;

/**
 * Reads the racecards of the coming days and inserts horses that ra_horses lacks, enriched at once.
 * Rows that stand are never touched. One request after the other, each in a slot of the budget. For
 * one thread.
 */
public final class HorseDiscovery {

  private final Database database;
  private final Backfill.BackfillSetup setup;
  private final Backfill.BackfillTime time;

  public HorseDiscovery(
      Database database, Backfill.BackfillSetup setup, Backfill.BackfillTime time) {
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
  public record DiscoveredDay(
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
   * @throws studbook.store.error.StoreException where the tables do not fit, or the account's rate
   *     is disputed
   */
  public List<DiscoveredDay> read(LocalDate first, int days) throws InterruptedException {
    UserTables tables = new UserTables(database.jdbi());
    tables.proveInsertable();
    ProfileValidator inspection = new ProfileValidator(time.clock(), tables.widths());
    RateConsistencyCheck.check(
        new WorkerRepository(database.jdbi()).using(setup.budgetKey()), setup);
    RateLimiter pacer =
        time.pacer(
            SharedRateLimit.join(
                database.jdbi(),
                setup.racecardsRate().isPresent() ? setup.racecardsKey() : setup.budgetKey(),
                setup.racecardsRate().orElse(setup.rate())));
    List<DiscoveredDay> read = new ArrayList<>();
    try (RacingApi api =
        new RacingApi(setup.account(), setup.version(), time.clock(), time.ticker())) {
      for (LocalDate day = first; day.isBefore(first.plusDays(days)); day = day.plusDays(1)) {
        read.add(write(end(api, pacer, day), inspection));
      }
    }
    return read;
  }

  /** Asks for every page, with the attempts that stand for a day. */
  private RacecardDayResult end(RacingApi api, RateLimiter pacer, LocalDate day)
      throws InterruptedException {
    RacecardTask task = RacecardTask.first(new RacecardLease(new Lease(0, 0, 0), day));
    while (true) {
      switch (pacer.next()) {
        case NextPermit.Blocked(Duration left) -> time.sleeper().sleep(left);
        case NextPermit.Permit slot when !pacer.mayLeave(slot) -> {} // another slot, then
        case NextPermit.Permit slot -> {
          RacecardCall attempt = api.racecards(day, task.skip());
          if (attempt.answer() instanceof ProfileResponse.Failure trouble) {
            ThrottleReporter.tell(pacer, slot, trouble);
          }
          switch (RacecardResponseHandler.judge(task, attempt)) {
            case RacecardAction.DayFinished(RacecardDayResult end) -> {
              return end;
            }
            case RacecardAction.DayRetry(RacecardTask again) -> task = again;
            case RacecardAction.DaySuspended(RacecardTask doubted, Optional<Integer> refused) -> {
              if (refused.isPresent()) {
                return RacecardResponseHandler.refused(doubted, refused.get());
              }
              task = doubted.failedOnce();
              Optional<RacecardDayResult> end = RacecardResponseHandler.charged(task);
              if (end.isPresent()) {
                return end.get();
              }
              time.sleeper()
                  .sleep(
                      ExponentialBackoff.USUAL.after(
                          task.failures(), RandomGenerator.getDefault()));
            }
          }
        }
      }
    }
  }

  private DiscoveredDay write(RacecardDayResult end, ProfileValidator inspection) {
    List<ValidatedRunner> cards = end.cards(inspection);
    NewHorseInserter newcomers = new NewHorseInserter(database.jdbi());
    Set<HorseId> missing = newcomers.missing(cards.stream().map(ValidatedRunner::horse).toList());
    List<NewHorse> inserting =
        cards.stream()
            .filter(card -> missing.contains(card.horse()))
            .flatMap(card -> card.newcomer().stream())
            .toList();
    NewHorseInserter.InsertResult done = newcomers.insert(inserting);
    return new DiscoveredDay(
        end.task().day(),
        end.result() == RacecardDayWrite.DayStatus.READ ? Optional.empty() : end.why(),
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
