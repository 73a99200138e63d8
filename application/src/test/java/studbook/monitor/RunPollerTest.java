package studbook.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import studbook.store.TestDatabase;
import studbook.store.connection.DatabaseAddress;
import studbook.store.database.Database;
import studbook.store.database.Schema;
import studbook.store.table.TableCounts;

/** Repeated polls, also while the database is unavailable. */
class RunPollerTest {

  private final TestDatabase server = TestDatabase.fresh();
  private final AtomicLong nanos = new AtomicLong();
  private final RunPoller poller =
      new RunPoller(
          Jdbi.create(server.dataSource()),
          Optional.empty(),
          MonitorFixture.CLOCK,
          nanos::incrementAndGet);

  @BeforeEach
  void make() {
    try (Database database = Database.open(DatabaseAddress.parse(server.libpqUri()), 4)) {
      new Schema(database).migrateIfNeeded();
    }
  }

  @AfterEach
  void drop() {
    server.close();
  }

  /** Whether the server lets anybody into the database. */
  private void open(boolean yes) {
    PGSimpleDataSource other = (PGSimpleDataSource) server.dataSource();
    String name = String.valueOf(other.getDatabaseName());
    other.setDatabaseName("postgres");
    Jdbi.create(other)
        .useHandle(
            handle -> handle.execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS " + yes));
  }

  @Test
  void keepsTheLastFiguresDuringADatabaseOutage() {
    MonitorSnapshot before = poller.pollAll();
    assertThat(before.absence()).isEmpty();
    assertThat(before.figures().orElseThrow().database()).isPresent();

    open(false);
    MonitorSnapshot away = poller.pollAll();
    assertThat(away.figures()).isEqualTo(before.figures());
    assertThat(away.absence().orElseThrow().reason())
        .contains("not currently accepting connections");
    assertThat(poller.timeUntilAllowed(Duration.ofMinutes(1))).isEqualTo(Duration.ofSeconds(5));

    open(true);
    MonitorSnapshot back = poller.pollAll();
    assertThat(back.absence()).isEmpty();
    assertThat(back.figures().orElseThrow().at()).isAfter(before.figures().orElseThrow().at());
    assertThat(poller.timeUntilAllowed(Duration.ofMinutes(1))).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void countingTheTablesTakesAHundredthOfTheTimeAtMost() {
    poller.poll();
    assertThat(poller.countingIsDue()).isTrue();
    assertThat(poller.count().figures().orElseThrow().database().orElseThrow().counts())
        .isEqualTo(new TableCounts(0, 0, 0));
    // By this clock it took one nanosecond, and each look at the clock takes another.
    assertThat(poller.countingIsDue()).isFalse();
    assertThat(poller.poll().figures().orElseThrow().database()).isPresent();
    nanos.addAndGet(100);
    assertThat(poller.countingIsDue()).isTrue();
  }

  @Test
  void waitingIsReportedOnceAndOutagesEachTime() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<Duration> slept = new ArrayList<>();
    PlainMonitor monitor =
        new PlainMonitor(
            new PrintStream(out, true, StandardCharsets.UTF_8), poller, MonitorFixture.CLOCK);
    Thread.interrupted();
    try {
      monitor.untilItHasEnded(
          Duration.ofMinutes(1),
          duration -> {
            slept.add(duration);
            if (slept.size() == 3) {
              open(false);
            }
            if (slept.size() == 5) {
              throw new InterruptedException("enough");
            }
          });
    } catch (InterruptedException enough) {
      assertThat(enough).hasMessage("enough");
    }
    List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines.stream().filter(line -> line.startsWith("No run yet")).count()).isEqualTo(3);
    assertThat(lines.stream().filter(line -> line.contains("STALE")).count()).isEqualTo(2);
    assertThat(slept).contains(Duration.ofMinutes(1), Duration.ofSeconds(5));
  }
}
