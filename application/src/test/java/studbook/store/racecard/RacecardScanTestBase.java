package studbook.store.racecard;

import static studbook.store.TestStore.full;
import static studbook.store.TestStore.owned;
import static studbook.store.TestStore.profile;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import studbook.model.HorseId;
import studbook.model.HorseStatus;
import studbook.model.Profile;
import studbook.store.TestStore;
import studbook.store.outcome.Outcome;
import studbook.store.run.HorseSelection;
import studbook.store.work.Lease;
import studbook.store.work.RacecardLease;
import studbook.time.DateRange;

/** A run whose days are read, as workers lease and write them. */
public abstract class RacecardScanTestBase {

  public static final LocalDate LAST = LocalDate.of(2025, 5, 31);

  public static TestStore store;
  public static RacecardScanRepository scans;

  @BeforeAll
  static void open() {
    store = TestStore.fresh();
    scans = new RacecardScanRepository(store.jdbi);
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @BeforeEach
  void reset() {
    store.reset();
  }

  public static long plan(int days) {
    store
        .runRepository
        .unfinished()
        .ifPresent(run -> store.runStates.leave(run.id(), store.me, Optional.empty(), "next"));
    DateRange range = new DateRange(LAST.minusDays(days - 1), LAST);
    return owned(
            store.runRepository.plan(
                store.me, TestStore.TOLD, HorseSelection.ALL, Optional.of(range)))
        .id();
  }

  static Outcome outcome(Lease lease, String horse, HorseStatus status, Profile profile) {
    return new Outcome(
        lease,
        new HorseId(horse),
        status,
        Optional.of(profile),
        Optional.empty(),
        new Outcome.RequestTrace("racecards", 200, 0, Duration.ZERO));
  }

  public static RacecardDayWrite day(RacecardLease lease, String... horses) {
    return read(
        lease,
        Arrays.stream(horses)
            .map(horse -> outcome(lease.lease(), horse, HorseStatus.ENRICHED, full()))
            .toList(),
        List.of());
  }

  public static RacecardDayWrite read(
      RacecardLease lease, List<Outcome> outcomes, List<CachedProfile> unwanted) {
    return new RacecardDayWrite(
        lease.lease(),
        lease.day(),
        RacecardDayWrite.DayStatus.READ,
        Optional.empty(),
        1,
        400,
        outcomes,
        List.of(),
        unwanted,
        List.of());
  }

  public static RacecardLease claim(long run) {
    return store.claimDay(run, store.me).orElseThrow();
  }

  static String contents() {
    return String.valueOf(
        store.value(
            """
            SELECT md5(concat((SELECT string_agg(h::text, ';' ORDER BY horse_id) FROM ra_horses h),
                              (SELECT string_agg(i::text, ';' ORDER BY horse_id) FROM studbook.work_item i),
                              (SELECT string_agg(d::text, ';' ORDER BY racecard_date) FROM studbook.racecard_day d),
                              (SELECT string_agg(c::text, ';' ORDER BY chunk_no) FROM studbook.chunk c)))
            """));
  }
}
