package studbook.store.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static studbook.store.TestStore.error;
import static studbook.store.TestStore.failed;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import studbook.model.ErrorKind;
import studbook.store.TestStore;
import studbook.store.statistics.ErrorSummaryQueries;
import studbook.store.work.Lease;

class ErrorLogTest {

  private static final TestStore STORE = TestStore.fresh();
  private static final Optional<ErrorKind> ANY = Optional.empty();

  private final ErrorLog log = new ErrorLog(STORE.jdbi);

  @AfterAll
  static void close() {
    STORE.close();
  }

  @BeforeEach
  void reset() {
    STORE.reset();
  }

  @Test
  void distinguishesFailedHorsesFromFailedAttempts() {
    STORE.horses(3);
    Lease lease = STORE.lease();
    STORE.outcomeRepository.write(
        List.of(failed(lease, "hrs_2")),
        List.of(error(lease.run(), "one"), error(lease.run(), "two"), error(lease.run() + 1, "")));

    assertThat(new ErrorSummaryQueries(STORE.jdbi).of(lease.run()))
        .singleElement()
        .satisfies(group -> {
          assertThat(group.kind()).isEqualTo(ErrorKind.TIMEOUT);
          assertThat(group.failed()).isEqualTo(1);
          assertThat(group.entries()).isEqualTo(2);
        });
  }

  @Test
  void theNewestComeFirst() {
    ErrorEntry other = error(2, "other");
    log.append(List.of(error(1, "one"), error(1, "two"), error(1, "three"), other));
    assertThat(log.newest(1, ANY, 2))
        .extracting(error -> error.entry().message())
        .containsExactly("three", "two");
    assertThat(log.newest(1, Optional.of(ErrorKind.THROTTLED), 2)).isEmpty();
    assertThat(log.newest(2, ANY, 1).getFirst().entry()).isEqualTo(other);
    assertThat(log.of("hrs_1")).hasSize(4);
  }

  @Test
  void messagesThatDifferInIdsDaysOrExcerptsAreGrouped() {
    log.append(
        List.of(
            error(7, "requested hrs_1234567, received hrs_1234568"),
            error(7, "requested hrs_7654321, received hrs_7654322"),
            error(7, "2026-11-10: answered 500"),
            error(7, "2026-11-12: answered 500"),
            error(7, "the body is no JSON: unexpected end: {\"id\":\"hrs_1\""),
            error(7, "the body is no JSON: unexpected end: <html>")));
    assertThat(new ErrorSummaryQueries(STORE.jdbi).messages(7, 9))
        .extracting(
            ErrorSummaryQueries.ErrorMessageCount::message,
            ErrorSummaryQueries.ErrorMessageCount::entries)
        .containsExactlyInAnyOrder(
            tuple("requested hrs_N, received hrs_N", 2L),
            tuple("DAY: answered 500", 2L),
            tuple("the body is no JSON: unexpected end", 2L));
  }

  @Test
  void entriesAreAddedOnceThoughTheReplyToTheCommitIsLost() {
    STORE.horses(1);
    Lease lease = STORE.lease();
    List<ErrorEntry> errors = List.of(error(lease.run(), "one"), error(lease.run(), "two"));
    for (int attempt = 1; attempt <= 2; attempt++) {
      STORE.outcomeRepository.write(List.of(failed(lease, "hrs_1")), errors);
    }
    assertThat(log.newest(lease.run(), ANY, 9))
        .extracting(ErrorLog.LoggedError::entry)
        .containsExactly(errors.get(1), errors.get(0));
  }

  @Test
  void whatTheSchemaRefusesIsInTheLogToo() {
    STORE.horses(2);
    STORE.sql("ALTER TABLE ra_horses ADD CONSTRAINT no_mares CHECK (sex_code <> 'M')");
    try {
      Lease lease = STORE.lease();
      STORE.write(TestStore.enriched(lease, "hrs_1"), TestStore.notFound(lease, "hrs_2"));
      assertThat(log.newest(lease.run(), ANY, 5))
          .singleElement()
          .satisfies(error -> {
            assertThat(error.entry().kind()).isEqualTo(ErrorKind.DATABASE_REJECTED);
            assertThat(error.entry().horse().orElseThrow().text()).isEqualTo("hrs_1");
            assertThat(error.entry().message()).contains("no_mares");
          });
    } finally {
      STORE.sql("ALTER TABLE ra_horses DROP CONSTRAINT no_mares");
    }
  }
}
