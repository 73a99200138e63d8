package studbook.cli.backfill;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.backfill.files.LogDirectory;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner.Result;
import studbook.cli.fixture.LiveOutput;
import studbook.simulator.Latency;

/** {@code backfill --background}. */
class BackgroundLauncherTest {

  private static final int HORSES = 400;
  private static final String RATE = "50";
  private static final Pattern PROCESS = Pattern.compile("[Pp]rocess (\\d+)");

  @TempDir Path folder;

  private BackfillFixture openFixture() throws Exception {
    Latency latency = new Latency(Duration.ofMillis(40), Duration.ofMillis(20));
    return new BackfillFixture(HORSES, folder, BackfillFixture.options().withLatency(latency))
        .imported();
  }

  private int background(BackfillFixture fixture, String... more) throws Exception {
    String[] arguments = new String[more.length + 4];
    System.arraycopy(new String[] {"backfill", "--background", "--rate", RATE}, 0, arguments, 0, 4);
    System.arraycopy(more, 0, arguments, 4, more.length);
    Process launcher = fixture.cli.start(arguments);
    assertThat(launcher.waitFor(60, SECONDS)).as(out() + err()).isTrue();
    return launcher.exitValue();
  }

  private String out() throws Exception {
    return LiveOutput.read(folder.resolve("out.txt"));
  }

  private String err() throws Exception {
    return LiveOutput.read(folder.resolve("err.txt"));
  }

  @AfterEach
  void endWhatWorksInTheBackground() throws Exception {
    for (String said : new String[] {out(), err()}) {
      Matcher process = PROCESS.matcher(said);
      while (process.find()) {
        ProcessHandle.of(Long.parseLong(process.group(1)))
            .filter(one -> one.info().commandLine().orElse("").contains(folder.toString()))
            .ifPresent(one -> {
              one.destroyForcibly();
              one.onExit().join();
            });
      }
    }
  }

  @Test
  void showsThePlanWaitsForAGoodAnswerAndWorksUntilItIsStopped() throws Exception {
    try (BackfillFixture fixture = openFixture()) {
      assertThat(background(fixture)).as(err()).isZero();
      assertThat(out())
          .contains("Database   400 horses", "Duration   about")
          .containsPattern("Running in the background: process \\d+, log .*\\.log\\.");
      assertThat(fixture.simulator.statistics().count(200)).isPositive();
      assertThat(fixture.list("SELECT state FROM studbook.run")).containsExactly("running");

      Result stop = fixture.cli.run("stop");
      assertThat(stop.code()).as(stop.err()).isZero();
      assertThat(stop.out()).contains("Run 1 is stopped; `studbook backfill --resume` continues");
      assertThat(fixture.cli.run("stop").code()).isEqualTo(2);

      assertThat(background(fixture)).isEqualTo(2);
      assertThat(err()).contains("run 1 is not finished", "--resume", "--yes");
      assertThat(fixture.list("SELECT state FROM studbook.run")).containsExactly("stopped");

      assertThat(background(fixture, "--resume")).as(err()).isZero();
      assertThat(out()).contains("Run 1 continues: ", "Running in the background");
      assertThat(fixture.cli.run("stop").code()).isZero();

      assertThat(background(fixture, "--yes")).as(err()).isZero();
      assertThat(out()).contains("Run 1 is not finished. The new run replaces it", "Running in");
      assertThat(fixture.list("SELECT state FROM studbook.run ORDER BY run_id"))
          .containsExactly("superseded", "running");
      assertThat(fixture.cli.run("stop").code()).isZero();
    }
  }

  @Test
  void saysWhyItDidNotStart() throws Exception {
    try (BackfillFixture fixture = openFixture()) {
      fixture.cli.with("RACING_API_PASSWORD", "wrong");
      assertThat(background(fixture)).isEqualTo(2);
      assertThat(err()).contains("studbook: the Racing API rejected the credentials (401)");
      assertThat(out()).contains("Database   400 horses").doesNotContain("Working", "Done");
      assertThat(LogDirectory.in(fixture.cli.home()).pidFile().number()).isEmpty();
    }
  }

  @Test
  void saysThatTheApiDoesNotAnswerWhileTheProcessWaitsForIt() throws Exception {
    int port = closedPort();
    try (BackfillFixture fixture = openFixture()) {
      fixture.cli.with("RACING_API_BASE_URL", "http://127.0.0.1:" + port + "/v1");
      assertThat(background(fixture, "--no-racecards")).as(out()).isEqualTo(2);
      assertThat(err()).contains("run 1 is paused: ", "is still running in the background");
      assertThat(fixture.cli.run("stop").code()).isZero();
    }
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
