package studbook.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.PseudoTerminal;
import studbook.cli.support.ExitCode;
import studbook.simulator.Latency;
import studbook.time.SystemTime;

/** What commands send to a real terminal. */
class FirstPaintTest {

  /**
   * Queries to a terminal, whose answers a slow connection would deliver to the shell: keyboard
   * protocol, device attributes, cursor position and status, modes, window size, colours and other
   * operating system commands that end in a question mark, device control strings.
   */
  private static final Pattern QUERY =
      Pattern.compile(
          "\u001b\\[\\?u|\u001b\\[[>=]?[0-9]*c|\u001b\\[\\??[0-9]*n|\u001b\\[\\??[0-9;]*\\$p"
              + "|\u001b\\[1[3-9](?:;[0-9]+)*t|\u001b\\[>[0-9]*q|\u001b\\][0-9;]*\\?|\u001bP|\u001bZ");

  private static final String RATE = "20";
  private static final Duration LONGEST = Duration.ofSeconds(30);

  @TempDir Path folder;

  private BackfillFixture openFixture() throws Exception {
    Latency latency = new Latency(Duration.ofMillis(40), Duration.ofMillis(20));
    return new BackfillFixture(400, folder, BackfillFixture.options().withLatency(latency))
        .imported();
  }

  private static PseudoTerminal start(BackfillFixture fixture, String... arguments)
      throws Exception {
    return PseudoTerminal.start(fixture.cli, 80, "pty" + SystemTime.ticker().nanos(), arguments);
  }

  private static void assertNoQuery(PseudoTerminal pty) {
    List<String> queries =
        QUERY
            .matcher(pty.sent())
            .results()
            .map(MatchResult::group)
            .map(one -> one.replace("\u001b", "ESC"))
            .toList();
    assertThat(queries).as("questions to the terminal").isEmpty();
  }

  @Test
  void backfillWorkerAndMonitorSendNoTerminalQueries() throws Exception {
    try (BackfillFixture fixture = openFixture();
        PseudoTerminal owner = start(fixture, "backfill", "--yes", "--rate", RATE)) {
      owner.await("Run 1 ▕");
      try (PseudoTerminal worker = start(fixture, "worker", "--rate", RATE);
          PseudoTerminal monitor = start(fixture, "monitor")) {
        worker.await("Run 1 ▕");
        monitor.await("q quit");
        monitor.await("a second look", () -> monitor.sent().split("as of", -1).length > 1);
        monitor.type("q");
        assertThat(monitor.exitCode(LONGEST)).as(monitor.sent()).isZero();
        assertNoQuery(monitor);
        worker.controlC();
        assertThat(worker.exitCode(LONGEST)).isEqualTo(ExitCode.STOPPED);
        assertNoQuery(worker);
      }
      owner.controlC();
      assertThat(owner.exitCode(LONGEST)).isEqualTo(ExitCode.STOPPED);
      assertNoQuery(owner);
    }
  }

  @Test
  void theLinesAfterAProgressLineBeginAtTheLeft() throws Exception {
    try (BackfillFixture fixture = openFixture();
        PseudoTerminal pty = start(fixture, "backfill", "--yes", "--rate", RATE)) {
      pty.await("Run 1 ▕");
      pty.controlC();
      assertThat(pty.exitCode(LONGEST)).isEqualTo(ExitCode.STOPPED);
      assertThat(pty.sent()).containsPattern("\\r?\\nRun 1 is stopped;");
    }
  }

  @Test
  void aBackgroundBackfillPromptsOnATerminal() throws Exception {
    try (BackfillFixture fixture = openFixture()) {
      String[] command = {"backfill", "--background", "--rate", RATE};
      try (PseudoTerminal no = start(fixture, command)) {
        no.await("Start? (yes/no) ");
        assertThat(no.sent()).contains("Database   400 horses");
        no.type("n");
        assertThat(no.exitCode(LONGEST)).as(no.sent()).isEqualTo(ExitCode.DONE);
        assertThat(no.sent()).contains("Not started.");
        assertNoQuery(no);
      }
      try (PseudoTerminal interrupted = start(fixture, command)) {
        interrupted.await("Start? (yes/no) ");
        interrupted.controlC();
        assertThat(interrupted.exitCode(Duration.ofSeconds(5))).isEqualTo(ExitCode.STOPPED);
        assertThat(interrupted.sent()).contains("Not started.");
      }
      assertThat(fixture.count("SELECT count(*) FROM studbook.run")).isZero();
      assertThat(fixture.simulator.statistics().arrivals()).isZero();
      try (PseudoTerminal yes = start(fixture, command)) {
        yes.await("Start? (yes/no) ");
        yes.type("y");
        assertThat(yes.exitCode(LONGEST)).as(yes.sent()).isEqualTo(ExitCode.DONE);
        assertThat(yes.sent()).contains("Running in the background: process ");
        assertThat(fixture.list("SELECT state FROM studbook.run")).containsExactly("running");
      } finally {
        fixture.cli.run("stop");
      }
    }
  }
}
