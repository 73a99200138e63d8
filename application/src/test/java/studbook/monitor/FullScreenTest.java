package studbook.monitor;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Jdbi;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.jline.utils.ScreenTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import studbook.store.TestDatabase;
import studbook.store.connection.DatabaseAddress;
import studbook.store.database.Database;
import studbook.store.database.Schema;
import studbook.text.AnsiStyle;
import studbook.time.SystemTime;

/** The screen on a terminal with a line discipline, looked at through an emulator. */
class FullScreenTest {

  private static final String ENTER_ALTERNATE = "\u001B[?1049h";
  private static final String LEAVE_ALTERNATE = "\u001B[?1049l";
  private static final String HIDE_CURSOR = "\u001B[?25l";
  private static final String SHOW_CURSOR = "\u001B[?25h";
  private static final String CLEAR = "\u001B[2J";

  private final TestDatabase server = TestDatabase.fresh();
  private final Database database = Database.open(DatabaseAddress.parse(server.libpqUri()), 4);
  private final Output output = new Output();
  private LineDisciplineTerminal terminal;
  private FullScreenMonitor screen;
  private CompletableFuture<Void> showing;

  /** The whole output, and the screen of an emulator of this size. */
  private static final class Output extends ByteArrayOutputStream {

    synchronized String sent() {
      return toString(StandardCharsets.UTF_8);
    }

    String sentSince(int bytes) {
      return sent().substring(bytes);
    }

    String shown(int columns, int rows) {
      ScreenTerminal emulator = new ScreenTerminal(columns, rows);
      emulator.write(sent());
      return emulator.toString();
    }
  }

  @BeforeEach
  void show() throws Exception {
    new Schema(database).migrateIfNeeded();
    horses(3);
    terminal = new LineDisciplineTerminal("test", "xterm-256color", output, StandardCharsets.UTF_8);
    terminal.setSize(Size.of(80, 24));
    Duration never = Duration.ofHours(5);
    screen =
        new FullScreenMonitor(
            terminal,
            new RunPoller(
                database.jdbi(), Optional.empty(), MonitorFixture.CLOCK, SystemTime.ticker()),
            new ScreenRenderer(AnsiStyle.COLOURED, MonitorFixture.CLOCK, never),
            never);
    showing =
        CompletableFuture.runAsync(() -> {
          try {
            screen.show();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @AfterEach
  void close() throws Exception {
    screen.quit();
    terminal.close();
    database.close();
    server.close();
  }

  private void horses(int count) {
    Jdbi.create(server.dataSource())
        .useHandle(handle ->
            handle.execute(
                "INSERT INTO ra_horses (horse_id) SELECT 'hrs_' || i FROM generate_series(1, ?) i"
                    + " ON CONFLICT DO NOTHING",
                count));
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = SystemTime.ticker().nanos() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(SystemTime.ticker().nanos()).as("waited for 30 s").isLessThan(deadline);
      SystemTime.sleeper().sleep(Duration.ofMillis(5));
    }
  }

  private void type(String keys) throws Exception {
    terminal.processInputBytes(keys.getBytes(StandardCharsets.UTF_8));
  }

  private void awaitFirstFigures() throws InterruptedException {
    await(() -> output.shown(80, 24).contains("Database horses            3"));
  }

  @Test
  void showsTheFiguresOnTheAlternateScreenUntilQ() throws Exception {
    awaitFirstFigures();
    assertThat(output.shown(80, 24)).contains("No run yet", "q quit");
    assertThat(output.sent()).startsWith(ENTER_ALTERNATE).doesNotContain(LEAVE_ALTERNATE);
    type("x");
    assertThat(showing).isNotDone();
    type("q");
    showing.get(30, SECONDS);
    assertThat(output.sent())
        .containsSubsequence(HIDE_CURSOR, "q quit", SHOW_CURSOR, LEAVE_ALTERNATE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0003", "\u0004"})
  void controlCAndControlDEndItToo(String key) throws Exception {
    awaitFirstFigures();
    type(key);
    showing.get(30, SECONDS);
    assertThat(output.sent()).contains(LEAVE_ALTERNATE);
  }

  @Test
  void enterLooksAgainAndSendsNothingButWhatChanged() throws Exception {
    awaitFirstFigures();
    int before = output.sent().length();
    type("\r");
    Jdbi.create(server.dataSource())
        .useHandle(handle ->
            handle.execute("INSERT INTO ra_horses (horse_id, dob) VALUES ('hrs_9', '2020-01-01')"));
    // A count takes its rest first: a hundred times as long as it took.
    await(() -> {
      screen.pollNow();
      return output.shown(80, 24).contains("Database horses            4");
    });
    assertThat(output.sentSince(before)).doesNotContain(CLEAR, "No run yet", "q quit");
  }

  @Test
  void followsTheWindow() throws Exception {
    awaitFirstFigures();
    terminal.setSize(Size.of(120, 40));
    terminal.raise(Signal.WINCH);
    assertThat(output.shown(120, 40).lines().toList().get(39)).contains("q quit");
    terminal.setSize(Size.of(60, 10));
    terminal.raise(Signal.WINCH);
    assertThat(output.shown(60, 10).lines().toList().get(9)).contains("q quit");
  }
}
