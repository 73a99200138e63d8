package studbook.store.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import studbook.store.TestDatabase;
import studbook.store.connection.DatabaseAddress;

class DatabaseRetryTest {

  private final TestDatabase server = TestDatabase.fresh();
  private final Database database = Database.open(DatabaseAddress.parse(server.libpqUri()), 1);
  private final List<String> reasons = new ArrayList<>();

  @AfterEach
  void close() {
    database.close();
    server.close();
  }

  private Optional<Integer> attempt() {
    return DatabaseRetry.attempt(
        () ->
            database
                .jdbi()
                .withHandle(handle -> handle.select("SELECT 1").mapTo(Integer.class).one()),
        reasons::add);
  }

  @Test
  void anInterruptedWaitForAConnectionIsNoOutage() throws Exception {
    try (Handle _ = database.jdbi().open()) {
      CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
      Thread waiting =
          Thread.ofPlatform()
              .start(() -> {
                attempt();
                interrupted.complete(Thread.currentThread().isInterrupted());
              });
      waiting.interrupt();
      assertThat(interrupted.get(20, TimeUnit.SECONDS)).as("keeps its interrupt status").isTrue();
    }
    assertThat(reasons).isEmpty();
    assertThat(attempt()).contains(1);
  }

  @Test
  void aSessionThatTheServerEndedIsAnOutage() {
    Optional<Integer> result =
        DatabaseRetry.attempt(
            () ->
                database
                    .jdbi()
                    .withHandle(handle ->
                        handle
                            .select("SELECT 1 FROM pg_terminate_backend(pg_backend_pid())")
                            .mapTo(Integer.class)
                            .one()),
            reasons::add);
    assertThat(result).isEmpty();
    assertThat(reasons).singleElement().asString().contains("terminating connection");
    assertThat(attempt()).as("with a new session").contains(1);
  }
}
