package studbook.cli.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.PlannedRunFixture;
import studbook.cli.fixture.PseudoTerminal;
import studbook.faults.environment.Await;
import studbook.simulator.Latency;
import studbook.time.SystemTime;

/** Commands that a signal ends on a real terminal, in every phase. */
class InterruptedTerminalTest {

  private static final int HORSES = 300;
  private static final String RATE = "10";
  private static final Duration LONGEST = Duration.ofSeconds(5);

  @TempDir Path folder;

  private BackfillFixture openFixture() throws Exception {
    Latency latency = new Latency(Duration.ofMillis(40), Duration.ofMillis(20));
    return new BackfillFixture(HORSES, folder, BackfillFixture.options().withLatency(latency))
        .imported();
  }

  private static PseudoTerminal start(BackfillFixture fixture, String... arguments)
      throws Exception {
    return PseudoTerminal.start(fixture.cli, 80, "pty" + SystemTime.ticker().nanos(), arguments);
  }

  private static void awaitArrivals(PseudoTerminal pty, BackfillFixture fixture, long more)
      throws Exception {
    long enough = fixture.simulator.statistics().arrivals() + more;
    pty.await(more + " requests", () -> fixture.simulator.statistics().arrivals() >= enough);
  }

  private static void end(PseudoTerminal pty, String signal) throws Exception {
    if (signal.equals("Ctrl-C")) {
      pty.controlC();
    } else {
      pty.signal(signal);
    }
  }

  private static void assertThatItStoppedWell(PseudoTerminal pty, String sentence)
      throws Exception {
    assertThat(pty.exitCode(LONGEST)).as(pty.sent()).isEqualTo(3);
    assertThat(pty.sent()).contains(sentence).doesNotContain("Exception", "internal error");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ctrl-C", "TERM", "HUP"})
  void backfillStopsAndSaysHowToContinueThenSoDoesResume(String signal) throws Exception {
    try (BackfillFixture fixture = openFixture()) {
      for (String[] command :
          new String[][] {
            {"backfill", "--yes", "--rate", RATE}, {"backfill", "--resume", "--rate", RATE}
          }) {
        try (PseudoTerminal pty = start(fixture, command)) {
          awaitArrivals(pty, fixture, 10);
          end(pty, signal);
          assertThatItStoppedWell(pty, "Run 1 is stopped; `studbook backfill --resume` continues");
        }
      }
      assertThat(fixture.list("SELECT state FROM studbook.run")).containsExactly("stopped");
    }
  }

  @Test
  void backfillThatReadsRacecardsStops() throws Exception {
    try (BackfillFixture fixture = openFixture();
        PseudoTerminal pty =
            start(fixture, "backfill", "--yes", "--rate", "5", "--racecards-since", "2026-01-01")) {
      awaitArrivals(pty, fixture, 3);
      pty.controlC();
      assertThatItStoppedWell(pty, "Run 1 is stopped; `studbook backfill --resume` continues");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ctrl-C", "TERM"})
  void workerStopsAndSaysWhoContinues(String signal) throws Exception {
    try (BackfillFixture fixture = openFixture();
        PseudoTerminal owner = start(fixture, "backfill", "--yes", "--rate", RATE)) {
      awaitArrivals(owner, fixture, 10);
      try (PseudoTerminal pty = start(fixture, "worker", "--rate", RATE)) {
        pty.await("Run 1 ▕");
        end(pty, signal);
        assertThatItStoppedWell(pty, "Run 1 continues without this process");
      }
      end(owner, signal);
      assertThatItStoppedWell(owner, "Run 1 is stopped; `studbook backfill --resume` continues");
    }
  }

  /** Its schema is read, or its chunks are written. */
  @ParameterizedTest
  @ValueSource(strings = {"studbook.schema_history", "studbook.chunk"})
  void backfillStopsBeforeItsRunStarts(String table) throws Exception {
    try (BackfillFixture fixture = openFixture();
        Handle blocker = fixture.jdbi().open()) {
      blocker.begin();
      blocker.execute("LOCK TABLE %s IN ACCESS EXCLUSIVE MODE".formatted(table));
      try (PseudoTerminal pty = start(fixture, "backfill", "--yes", "--rate", RATE)) {
        pty.await("planning", () -> fixture.awaitedLocks() > 0);
        pty.controlC();
        assertThatItStoppedWell(pty, "Not started.");
      }
      Await.until("the statement's end", () -> fixture.awaitedLocks() == 0);
      blocker.rollback();
      assertThat(fixture.count("SELECT count(*) FROM studbook.run")).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ctrl-C", "TERM"})
  void theQuestionWhetherToStartEndsAtOnce(String signal) throws Exception {
    try (BackfillFixture fixture = openFixture();
        PseudoTerminal pty = start(fixture, "backfill", "--rate", RATE)) {
      pty.await("Start? (yes/no) ");
      long began = SystemTime.ticker().nanos();
      end(pty, signal);
      assertThatItStoppedWell(pty, "Not started.");
      assertThat(Duration.ofNanos(SystemTime.ticker().nanos() - began))
          .isLessThan(Duration.ofSeconds(3));
      assertThat(fixture.simulator.statistics().arrivals()).isZero();
    }
  }

  @Test
  void theQuestionWhetherToCancelEndsAtOnceAndCancelsNothing() throws Exception {
    try (BackfillFixture fixture = openFixture();
        PlannedRunFixture run = PlannedRunFixture.dead(fixture);
        PseudoTerminal pty = start(fixture, "cancel")) {
      pty.await("Cancel run 1? It cannot be resumed. (yes/no) ");
      pty.controlC();
      assertThatItStoppedWell(pty, "Not cancelled.");
      assertThat(run.runRepository.find(1).orElseThrow().isUnfinished()).isTrue();
    }
  }

  @Test
  void anAnswerThatIsTypedIsTaken() throws Exception {
    try (BackfillFixture fixture = openFixture();
        PseudoTerminal pty = start(fixture, "backfill", "--rate", "unlimited")) {
      pty.await("Start? (yes/no) ");
      pty.type("perhaps");
      pty.type("yes");
      assertThat(pty.exitCode(Duration.ofSeconds(60))).isZero();
      assertThat(pty.sent()).contains("Run 1 is finished.");
    }
  }

  @Test
  void aCommandThatWaitsForTheDatabaseStops() throws Exception {
    try (BackfillFixture fixture = openFixture();
        Handle blocker = fixture.jdbi().open()) {
      blocker.begin();
      blocker.execute("LOCK TABLE ra_horses IN ACCESS EXCLUSIVE MODE");
      try (PseudoTerminal pty = start(fixture, "status")) {
        pty.await("a statement", () -> fixture.awaitedLocks() > 0);
        pty.controlC();
        assertThatItStoppedWell(pty, "studbook: stopped");
      }
      Await.until("the statement's end", () -> fixture.awaitedLocks() == 0);
      blocker.rollback();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "HUP"})
  void theMonitorLeavesTheScreenAsItWas(String signal) throws Exception {
    try (BackfillFixture fixture = openFixture();
        PseudoTerminal pty = start(fixture, "monitor")) {
      pty.await("q quit");
      pty.signal(signal);
      assertThat(pty.exitCode(LONGEST)).as(pty.sent()).isZero();
      assertThat(pty.sent())
          .endsWith("\u001B[?1049l\u001B[23;0;0t")
          .contains("\u001B[?25h")
          .doesNotContain("Exception");
    }
  }
}
