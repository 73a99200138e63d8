package studbook.store.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static studbook.store.TestStore.enriched;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;
import studbook.store.TestStore;
import studbook.store.connection.DatabaseAddress;
import studbook.store.database.Database;
import studbook.store.outcome.Outcome;
import studbook.store.outcome.WriteResult;
import studbook.store.work.Lease;

/** The database in failure in the middle of a write, and writers that meet. */
class ErrorClassifierTest {

  private static final TestStore STORE = TestStore.fresh();

  @AfterAll
  static void close() {
    STORE.close();
  }

  @BeforeEach
  void reset() {
    STORE.reset();
  }

  @Test
  void aServerThatGivesNoConnectionIsNamedAndNotThePool() {
    var pool =
        new SQLTransientConnectionException(
            "studbook - Connection is not available, request timed out after 10000ms (total=2)");
    assertThat(ErrorClassifier.passes(new IllegalStateException(pool))).isTrue();
    assertThat(ErrorClassifier.reason(new IllegalStateException(pool)))
        .isEqualTo("no connection to it came in time");
  }

  @Test
  void aWriteWhoseSessionIsKilledFailsAsAnOutageAndAgainIsHarmless() throws Exception {
    STORE.horses(3);
    Lease lease = STORE.lease();
    Outcome[] batch = {
      enriched(lease, "hrs_1"), enriched(lease, "hrs_2"), enriched(lease, "hrs_3")
    };
    try (var other = STORE.jdbi.open()) {
      other.begin();
      other.execute("SELECT FROM ra_horses WHERE horse_id = 'hrs_2' FOR UPDATE");
      var writing = CompletableFuture.supplyAsync(() -> STORE.write(batch));
      STORE.awaitSomebodyWaitsForALock();
      other.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname ="
              + " current_database() AND wait_event_type = 'Lock'");
      CompletionException thrown = catchThrowableOfType(CompletionException.class, writing::join);
      assertThat(thrown.getCause()).isInstanceOf(JdbiException.class);
      assertThat(ErrorClassifier.passes(thrown)).isTrue();
      assertThat(ErrorClassifier.reason(thrown)).contains("terminating connection");
      other.rollback();
    }
    assertThat(STORE.runRepository.counts(lease.run()).processed()).isZero();
    assertThat(STORE.write(batch)).hasSize(3);
    assertThat(STORE.write(batch)).allMatch(WriteResult.AlreadyWritten.class::isInstance);
    STORE.assertTallyIsTheLedger(lease.run());
  }

  @Test
  void distinguishesTransientAndPermanentErrors() {
    for (String passing :
        List.of("08006", "53300", "57P01", "57P03", "40001", "40P01", "55P03", "25006", "53100")) {
      assertThat(ErrorClassifier.passes(new RuntimeException(new SQLException("x", passing))))
          .as(passing)
          .isTrue();
    }
    for (String staying : List.of("42501", "42P01", "23505", "22001", "28P01", "3D000")) {
      assertThat(ErrorClassifier.passes(new RuntimeException(new SQLException("x", staying))))
          .as(staying)
          .isFalse();
    }
    assertThat(ErrorClassifier.passes(new IllegalStateException("ours"))).isFalse();
  }

  /** The severity is translated; what stands in the fields is the same in every language. */
  @Test
  void readsTheFieldsOfTheServersErrorAndNotItsText() {
    PSQLException error =
        new PSQLException(
            new ServerErrorMessage(
                "SFEHLER\0C53300\0Mzu viele Verbindungen\nHinweis\0DDetail\0Rproc\0"));
    assertThat(ErrorClassifier.reason(new RuntimeException(error)))
        .isEqualTo("zu viele Verbindungen");
    assertThat(ErrorClassifier.passes(new RuntimeException(error))).isTrue();
  }

  @Test
  void aFailedLoginIsTransientWithAnyState() {
    for (String state : List.of("28P01", "28000", "3D000", "XX000", "42501", "53300", "08P01")) {
      var failed = new ConnectionFailedException(server("FATAL", state, "(EMAXCONNSESSION) full"));
      assertThat(ErrorClassifier.passes(new ConnectionException(failed))).as(state).isTrue();
      assertThat(ErrorClassifier.reason(new ConnectionException(failed))).as(state).isNotBlank();
    }
    assertThat(
            ErrorClassifier.reason(
                new ConnectionFailedException(server("FATAL", "28P01", "no \"somebody\""))))
        .isEqualTo("it rejects the user or the password of DATABASE_URL");
  }

  @Test
  void anErrorThatEndsTheSessionIsTransientWithAnyState() {
    assertThat(ErrorClassifier.passes(server("FATAL", "42000", "(EDBHANDLEREXITED) gone")))
        .isTrue();
    PSQLException translated = server("SCHWERWIEGEND", "42000", "weg");
    assertThat(ErrorClassifier.passes(translated)).isFalse();
    translated.setNextException(new PSQLException("hung up", PSQLState.CONNECTION_FAILURE));
    assertThat(ErrorClassifier.passes(translated)).isTrue();
  }

  private static PSQLException server(String severity, String state, String message) {
    return new PSQLException(
        new ServerErrorMessage("S%s\0C%s\0M%s\0".formatted(severity, state, message)));
  }

  @Test
  void aServerThatDoesNotAnswerIsAnOutageAndNamedWithoutItsPassword() throws Exception {
    int port;
    try (var socket = new java.net.ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    try (Database away =
        Database.open(
            DatabaseAddress.parse("postgresql://somebody:s3cret@127.0.0.1:" + port + "/x"), 2)) {
      assertThatThrownBy(away::probe)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("127.0.0.1:" + port)
          .hasMessageNotContaining("s3cret")
          .satisfies(e -> assertThat(ErrorClassifier.passes(e)).isTrue());
    }
  }

  @Test
  void writersOfTheSameHorsesInAnyOrderDoNotDeadlock() throws Exception {
    STORE.horses(120);
    Lease lease = STORE.lease();
    List<Callable<List<WriteResult>>> writes = new ArrayList<>();
    for (int writer = 0; writer < 4; writer++) {
      for (int part = 0; part < 6; part++) {
        List<Outcome> batch = new ArrayList<>();
        for (int horse = 1; horse <= 120; horse++) {
          if (new Random(31L * part + horse).nextInt(3) > 0) {
            batch.add(enriched(lease, "hrs_" + horse));
          }
        }
        Collections.shuffle(batch, new Random(writer * 100L + part));
        writes.add(() -> STORE.outcomeRepository.write(batch, List.of()));
      }
    }
    Collections.shuffle(writes, new Random(7));
    long written = 0;
    try (var threads = Executors.newFixedThreadPool(6)) {
      for (Future<List<WriteResult>> done : threads.invokeAll(writes)) {
        written += done.get().stream().filter(WriteResult.RowWritten.class::isInstance).count();
      }
    }
    assertThat(written).isEqualTo(STORE.runRepository.counts(lease.run()).enriched());
    STORE.assertTallyIsTheLedger(lease.run());
  }
}
