package studbook.cli.inspect;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner.Result;
import studbook.simulator.fault.FaultProfile;
import studbook.time.SystemTime;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code studbook monitor} on runs in every state. */
class MonitorTest {

  private static final int HORSES = 300;

  @TempDir Path folder;

  private BackfillFixture openFixture() throws Exception {
    return new BackfillFixture(HORSES, folder).imported();
  }

  private static JsonNode json(BackfillFixture fixture, String... more) {
    String[] arguments =
        Stream.concat(Stream.of("monitor", "--once", "--json"), Stream.of(more))
            .toArray(String[]::new);
    Result result = fixture.cli.run(arguments);
    assertThat(result.code()).as(result.err()).isZero();
    return JsonMapper.builder().build().readTree(result.out());
  }

  private static void waitUntil(BooleanSupplier condition) throws InterruptedException {
    long deadline = SystemTime.ticker().nanos() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(SystemTime.ticker().nanos()).as("waited for 30 s").isLessThan(deadline);
      SystemTime.sleeper().sleep(Duration.ofMillis(20));
    }
  }

  @Test
  void saysThatThereIsNoRun() throws Exception {
    try (BackfillFixture fixture = openFixture()) {
      Result once = fixture.cli.run("monitor", "--once");
      assertThat(once.code()).isZero();
      assertThat(once.out()).startsWith("No run yet; `studbook backfill` starts one");
      assertThat(once.out()).contains("300 horses · 0 (0.0%) enriched · 300 (100.0%) need");
      assertThat(json(fixture).get("run").isNull()).isTrue();
      Result other = fixture.cli.run("monitor", "--run", "7");
      assertThat(other.code()).isEqualTo(2);
      assertThat(other.err()).isEqualTo("studbook: there is no run 7\n");
      assertThat(fixture.cli.run("monitor", "--interval", "0").code()).isEqualTo(2);
    }
  }

  @Test
  void printsAFinishedRunOnceAndItsFiguresAreThoseOfStatus() throws Exception {
    try (BackfillFixture fixture = openFixture()) {
      assertThat(fixture.cli.run("backfill", "--rate", "unlimited").code()).isZero();

      Result monitor = fixture.cli.run("monitor");

      assertThat(monitor.code()).as(monitor.err()).isZero();
      assertThat(monitor.out())
          .startsWith("Run 1, finished ")
          .contains(
              "Completed     300 (100.0%) of 300 · 0 remaining", "no limit", "no active process");
      JsonNode shown = json(fixture, "--run", "1");
      JsonNode status =
          JsonMapper.builder().build().readTree(fixture.cli.run("status", "--json").out());
      for (String key :
          new String[] {"total", "completed", "enriched", "not_found", "failed", "with_pedigree"}) {
        assertThat(shown.get("run").get("counts").get(key))
            .as(key)
            .isEqualTo(status.get("last_run").get("counts").get(key));
      }
      assertThat(shown.get("tables")).isEqualTo(status.get("tables"));
      assertThat(shown.get("run").get("counts").get("pending").asLong()).isZero();
      assertThat(shown.get("progress").get("estimated_end_at").isNull()).isTrue();
    }
  }

  @Test
  void showsTheErrorsOfARunThatFailed() throws Exception {
    var faulty = BackfillFixture.options().withFaults(FaultProfile.parse("500:1"));
    try (BackfillFixture fixture = new BackfillFixture(3, folder, faulty).imported()) {
      Process backfill = fixture.cli.start("backfill", "--rate", "unlimited");
      try {
        waitUntil(() -> fixture.cli.run("monitor", "--once").out().contains("server_error 500"));
        JsonNode newest = json(fixture).get("errors").get(0);
        assertThat(newest.get("error_kind").asString()).isEqualTo("server_error");
        assertThat(newest.get("horse_id").asString()).startsWith("hrs_");
      } finally {
        backfill.destroyForcibly().waitFor();
      }
      assertThat(fixture.cli.run("monitor", "--once").out())
          .contains("Run 1, process died", "`studbook backfill --resume` continues it");
    }
  }

  @Test
  void watchesARunUntilItHasEnded() throws Exception {
    try (BackfillFixture fixture = openFixture()) {
      Process backfill = fixture.cli.start("backfill", "--rate", "60");
      try {
        waitUntil(() -> fixture.simulator.statistics().arrivals() > 70);
        JsonNode shown = json(fixture);
        JsonNode run = shown.get("run");
        assertThat(run.get("state").asString()).isEqualTo("running");
        assertThat(run.get("active").asBoolean()).isTrue();
        assertThat(run.get("rate_limit_per_second").asDouble()).isEqualTo(60);
        assertThat(shown.get("progress").get("bottleneck").asString()).isNotEmpty();

        Result watched = fixture.cli.run("monitor", "--interval", "1");

        assertThat(watched.code()).isZero();
        assertThat(watched.out())
            .containsSubsequence("Run 1, running", "horses/s now", "Run 1, finished");
        assertThat(backfill.waitFor(30, SECONDS)).isTrue();
      } finally {
        backfill.destroyForcibly();
      }
    }
  }

  /** In a pseudo-terminal of the machine's own, where there is a tool that makes one. */
  @Test
  void fillsARealTerminalAndQuitsOnQ() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "script makes the terminal");
    try (BackfillFixture fixture = openFixture()) {
      assertThat(fixture.cli.run("backfill", "--rate", "unlimited").code()).isZero();
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      ProcessBuilder builder =
          new ProcessBuilder(
                  "/usr/bin/script",
                  "-qec",
                  "stty rows 24 cols 80; exec '" + java + "' studbook.cli.Main monitor",
                  "/dev/null")
              .directory(folder.toFile())
              .redirectErrorStream(true);
      File output = folder.resolve("screen.txt").toFile();
      builder.redirectOutput(output);
      builder.environment().putAll(fixture.cli.environment());
      builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
      builder.environment().put("TERM", "xterm-256color");
      builder.environment().put("LC_ALL", "C");
      Process process = builder.start();
      try {
        waitUntil(() -> text(output).contains("Pedigrees"));
        process.getOutputStream().write('q');
        process.getOutputStream().flush();
        assertThat(process.waitFor(30, SECONDS)).isTrue();
        assertThat(process.exitValue()).as(text(output)).isZero();
        assertThat(text(output)).contains("run 1", "100.0%", "███", "\u001B[?1049l");
      } finally {
        process.destroyForcibly();
      }
    }
  }

  private static String text(File file) {
    try {
      return Optional.of(Files.readAllBytes(file.toPath()))
          .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
          .orElse("");
    } catch (java.io.IOException e) {
      return "";
    }
  }
}
