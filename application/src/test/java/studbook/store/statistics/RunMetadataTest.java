package studbook.store.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import studbook.model.PauseCause;
import studbook.model.drift.ApiDrift;
import studbook.model.drift.DriftKind;
import studbook.store.TestStore;
import studbook.store.run.RunRepository;
import studbook.store.statistics.DriftStatistics.SeenDrift;
import studbook.store.work.RunEventRepository;
import studbook.store.work.RunEventType;

/** What is noted of a run for those who look. */
class RunMetadataTest {

  private static final TestStore STORE = TestStore.fresh();
  private static final ApiDrift DRIFT =
      new ApiDrift("pro", "trainer", DriftKind.UNKNOWN_FIELD, "", 3, "J Smith");
  private static final ApiDrift OTHER =
      new ApiDrift("racecards", "racecards.runners.region", DriftKind.NEW_VALUE, "XX", 1, "XX");

  @AfterAll
  static void close() {
    STORE.close();
  }

  @BeforeEach
  void reset() {
    STORE.reset();
    STORE.horses(3);
  }

  @Test
  void aRunKeepsItsConfigurationAndEstimate() {
    long first = STORE.plan();
    assertThat(STORE.runRepository.find(first).orElseThrow().estimate())
        .isEqualTo(new RunRepository.RunEstimate(Optional.empty(), Optional.empty()));
    RunRepository.RunEstimate expected =
        new RunRepository.RunEstimate(Optional.of(3L), Optional.of(Duration.ofMillis(1_523)));
    STORE.runRepository.saveEstimate(first, expected);
    RunRepository.RunRow run = STORE.runRepository.find(first).orElseThrow();
    assertThat(run.config()).isEqualTo(TestStore.TOLD);
    assertThat(run.estimate()).isEqualTo(expected);
    assertThat(run.after()).isEmpty();
    assertThat(STORE.runRepository.find(first + 1)).isEmpty();
    assertThat(STORE.runRepository.newest(5)).containsExactly(run);
  }

  @Test
  void eventsHaveCausesAndOutagesAreRecordedAfterwards() {
    long run = STORE.plan();
    STORE.runStates.pause(run, STORE.me, PauseCause.CREDENTIALS, "answered 401", Optional.empty());
    STORE.runStates.resume(run, STORE.me, "healed");
    RunEventRepository eventRepository = new RunEventRepository(STORE.jdbi);
    eventRepository.outage(run, STORE.me, "it went down", Duration.ofSeconds(40));
    List<RunEventRepository.RunEvent> all = eventRepository.of(run);
    assertThat(all)
        .filteredOn(event -> event.type() == RunEventType.PAUSED)
        .extracting(event -> event.cause().orElseThrow())
        .containsExactlyInAnyOrder(PauseCause.CREDENTIALS, PauseCause.DATABASE);
    Instant down =
        all.stream()
            .filter(event -> event.cause().equals(Optional.of(PauseCause.DATABASE)))
            .findFirst()
            .orElseThrow()
            .at();
    assertThat(Duration.between(down, all.getLast().at()))
        .isBetween(Duration.ofSeconds(40), Duration.ofSeconds(50));
    assertThat(all.getLast().detail()).contains("the database is available again");
  }

  @Test
  void samplesAreReadAsWritten() {
    long run = STORE.plan();
    ThroughputSamples samples = new ThroughputSamples(STORE.jdbi);
    UUID id = UUID.randomUUID();
    samples.add(run, id, sample(1, Optional.of(Duration.ofMillis(2_500))), List.of(), List.of());
    samples.add(
        run,
        id,
        sample(7, Optional.empty()),
        List.of(new FieldStatistics.FieldCount("pro", "dob", 1, 1)),
        List.of(DRIFT));
    samples.add(run, UUID.randomUUID(), sample(2, Optional.empty()), List.of(), List.of());
    List<ThroughputSamples.ThroughputSample> all = samples.of(run);
    assertThat(all)
        .extracting(ThroughputSamples.ThroughputSample::processed)
        .containsExactly(1L, 2L);
    assertThat(all.getFirst())
        .usingRecursiveComparison()
        .ignoringFields("at")
        .isEqualTo(sample(1, Optional.of(Duration.ofMillis(2_500))));
    assertThat(all.getLast().remaining()).isEmpty();
    assertThat(samples.of(run + 1)).isEmpty();
    assertThat(new FieldStatistics(STORE.jdbi).of(run))
        .as("of a sample that was sent again")
        .isEmpty();
    assertThat(new DriftStatistics(STORE.jdbi).all()).isEmpty();
  }

  private static ThroughputSamples.ThroughputSample sample(
      long processed, Optional<Duration> remaining) {
    return new ThroughputSamples.ThroughputSample(
        Instant.EPOCH,
        STORE.me,
        Duration.ofSeconds(10),
        processed,
        1,
        3.5,
        remaining,
        Bottleneck.RATE_LIMIT,
        36,
        2,
        5);
  }

  @Test
  void fieldCountsAreAdded() {
    long run = STORE.plan();
    FieldStatistics statistics = new FieldStatistics(STORE.jdbi);
    ThroughputSamples samples = new ThroughputSamples(STORE.jdbi);
    samples.add(
        run,
        UUID.randomUUID(),
        sample(1, Optional.empty()),
        List.of(new FieldStatistics.FieldCount("pro", "dob", 10, 9)),
        List.of());
    samples.add(
        run,
        UUID.randomUUID(),
        sample(2, Optional.empty()),
        List.of(
            new FieldStatistics.FieldCount("pro", "dob", 5, 5),
            new FieldStatistics.FieldCount("pro", "trainer", 5, 5)),
        List.of());
    assertThat(statistics.of(run))
        .containsExactly(
            new FieldStatistics.FieldCount("pro", "dob", 15, 14),
            new FieldStatistics.FieldCount("pro", "trainer", 5, 5));
  }

  @Test
  void aDifferenceIsNewOnceAndItsCountsAreAdded() {
    DriftStatistics statistics = new DriftStatistics(STORE.jdbi);
    assertThat(statistics.add(List.of(DRIFT))).containsExactly(DRIFT);
    assertThat(statistics.add(List.of(DRIFT, OTHER))).containsExactly(OTHER);
    List<SeenDrift> all = statistics.all();
    assertThat(all).extracting(seen -> seen.drift().occurrences()).containsExactly(6L, 1L);
    assertThat(all.getFirst().drift().example()).isEqualTo("J Smith");
    assertThat(all.getFirst().lastSeenAt()).isAfter(all.getFirst().firstSeenAt());
    assertThat(statistics.between(all.getFirst().firstSeenAt(), all.getFirst().firstSeenAt()))
        .hasSize(1);
  }

  @Test
  void differencesDoNotFillTheTable() {
    DriftStatistics statistics = new DriftStatistics(STORE.jdbi);
    statistics.add(List.of(DRIFT));
    STORE.sql(
        """
        INSERT INTO studbook.api_drift (endpoint, path, kind, detail, occurrence_count, example)
        SELECT 'pro', 'field' || i, 'unknown_field', '', 1, '' FROM generate_series(1, 999) i
        """);
    assertThat(statistics.add(List.of(OTHER))).isEmpty();
    assertThat(statistics.add(List.of(DRIFT))).isEmpty();
    assertThat(statistics.all()).hasSize(1_000);
    assertThat(
            STORE.value("SELECT occurrence_count FROM studbook.api_drift WHERE path = 'trainer'"))
        .isEqualTo("6");
  }
}
