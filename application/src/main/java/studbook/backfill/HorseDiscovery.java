package studbook.backfill;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import studbook.backfill.dispatch.ApiRequester;
import studbook.backfill.progress.DriftLog;
import studbook.backfill.racecard.RacecardAction;
import studbook.backfill.racecard.RacecardResponseHandler;
import studbook.backfill.racecard.RacecardTask;
import studbook.backfill.write.ValidatedRunner;
import studbook.backfill.write.WriteRequest;
import studbook.model.HorseId;
import studbook.model.ProfileValidator;
import studbook.racingapi.ExponentialBackoff;
import studbook.racingapi.ProfileResponse;
import studbook.racingapi.RacecardCall;
import studbook.racingapi.RacingApi;
import studbook.ratelimit.NextPermit;
import studbook.ratelimit.RateLimiter;
import studbook.store.change.ConfirmationCounts;
import studbook.store.database.Database;
import studbook.store.outcome.NewHorse;
import studbook.store.outcome.NewHorseInserter;
import studbook.store.outcome.UserTables;
import studbook.store.racecard.RunnerConfirmer;
import studbook.store.run.WorkerRepository;
import studbook.store.statistics.DriftStatistics;
import studbook.store.work.Lease;
import studbook.store.work.RacecardLease;
import studbook.time.TimeSources;

/**
 * Reads the racecards of the coming days, inserts enriched horses that ra_horses lacks, and
 * confirms those that it has: what the API has changed is changed there. One request at a time,
 * each with a permit. Not thread-safe.
 */
public final class HorseDiscovery {

  private final Database database;
  private final BackfillSetup setup;
  private final TimeSources time;

  public HorseDiscovery(Database database, BackfillSetup setup, TimeSources time) {
    this.database = database;
    this.setup = setup;
    this.time = time;
  }

  /**
   * The result of a day.
   *
   * @param failure why it was not read; empty if it was
   * @param runners on it
   * @param inserted new horses
   * @param enriched of these with date of birth and pedigree; a backfill requests the others
   * @param confirmed existing horses, which were compared with the racecard
   * @param leftOut new runners without a usable name
   * @param refused number of rows that the user's schema rejected, by message
   */
  public record DiscoveredDay(
      LocalDate day,
      Optional<String> failure,
      int runners,
      int inserted,
      int enriched,
      ConfirmationCounts confirmed,
      int leftOut,
      Map<String, Integer> refused) {}

  /**
   * Reads {@code days} days from {@code first} on. An unreadable day does not stop the others.
   *
   * @throws studbook.store.error.StoreException if the tables do not fit, or the account's rate
   *     differs
   */
  public List<DiscoveredDay> read(LocalDate first, int days) throws InterruptedException {
    UserTables tables = new UserTables(database.jdbi());
    tables.verifyInsertable();
    ProfileValidator validator = new ProfileValidator(time.clock(), tables.widths());
    RateConsistencyCheck.check(
        new WorkerRepository(database.jdbi()).using(setup.budgetKey()), setup);
    RateLimiter limiter = setup.joinRacecardsLimit(database.jdbi(), time);
    List<DiscoveredDay> read = new ArrayList<>();
    try (RacingApi api = setup.api(time)) {
      for (LocalDate day = first; day.isBefore(first.plusDays(days)); day = day.plusDays(1)) {
        read.add(write(fetch(api, limiter, day).validate(validator)));
      }
      DriftLog.logNew(new DriftStatistics(database.jdbi()).add(api.drift().take()));
    }
    return read;
  }

  /** Requests every page, with the attempts of a day. */
  private RacecardAction.DayFinished fetch(RacingApi api, RateLimiter limiter, LocalDate day)
      throws InterruptedException {
    RacecardTask task = RacecardTask.first(new RacecardLease(new Lease(0, 0, 0), day));
    while (true) {
      switch (limiter.next()) {
        case NextPermit.Blocked(Duration wait) -> time.sleeper().sleep(wait);
        case NextPermit.Permit permit when !limiter.maySend(permit) -> {} // another permit, then
        case NextPermit.Permit permit -> {
          RacecardCall call = api.fetchRacecards(day, task.skip());
          if (call.response() instanceof ProfileResponse.Failure failure) {
            ApiRequester.reportFailure(limiter, permit, failure);
          }
          switch (RacecardResponseHandler.judge(task, call)) {
            case RacecardAction.DayFinished finished -> {
              return finished;
            }
            case RacecardAction.DayRetry(RacecardTask next) -> task = next;
            case RacecardAction.DaySuspended(RacecardTask suspended, Optional<Integer> refused) -> {
              if (refused.isPresent()) {
                return RacecardResponseHandler.refused(suspended, refused.get());
              }
              task = suspended.failedOnce();
              Optional<RacecardAction.DayFinished> end = RacecardResponseHandler.failed(task);
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

  private DiscoveredDay write(WriteRequest.RacecardDay day) {
    NewHorseInserter inserter = new NewHorseInserter(database.jdbi());
    Set<HorseId> missing =
        inserter.missing(day.runners().stream().map(ValidatedRunner::horse).toList());
    List<NewHorse> inserting =
        day.runners().stream()
            .filter(runner -> missing.contains(runner.horse()))
            .flatMap(runner -> runner.newHorse().stream())
            .toList();
    NewHorseInserter.InsertResult result = inserter.insert(inserting);
    return new DiscoveredDay(
        day.day(),
        day.failure(),
        day.runners().size(),
        result.inserted().size(),
        (int)
            inserting.stream()
                .filter(horse -> result.inserted().contains(horse.horse()))
                .filter(horse -> horse.profile().isWhole())
                .count(),
        confirm(day, missing),
        missing.size() - inserting.size(),
        result.refused());
  }

  private ConfirmationCounts confirm(WriteRequest.RacecardDay day, Set<HorseId> missing) {
    return new RunnerConfirmer(database.jdbi())
        .confirm(
            Optional.empty(),
            day.runners().stream()
                .filter(runner -> !missing.contains(runner.horse()))
                .flatMap(runner -> runner.confirmation(day.day()).stream())
                .toList());
  }
}
