package studbook.cli.machine;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner;
import studbook.cli.fixture.CliRunner.Result;
import studbook.cli.fixture.PseudoTerminal;

/** Locales, charsets, disks and terminals as real machines have them. */
class EnvironmentTest {

  @TempDir Path folder;

  private static Result end(CliRunner cli, Process process) throws Exception {
    assertThat(process.waitFor(60, SECONDS)).isTrue();
    return new Result(
        process.exitValue(),
        Files.readString(cli.folder().resolve("out.txt")),
        Files.readString(cli.folder().resolve("err.txt")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG", "tr-TR", "hi-IN-u-nu-deva"})
  void theWholeJobIsTheSameInEveryLocale(String tag) throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(30, folder).imported()) {
      String options =
          "-Duser.language=%s -Duser.country=%s"
              .formatted(tag.substring(0, 2), tag.substring(3, 5));
      fixture.cli.environment().put("JAVA_TOOL_OPTIONS", options);
      Result backfill =
          end(
              fixture.cli,
              fixture.cli.start("backfill", "--rate", "100", "--racecards-since", "2025-12-20"));
      assertThat(backfill.code()).as(backfill.err()).isZero();
      assertThat(backfill.out()).contains("30");
      fixture.assertThatRowsEqualWhatWasServed();
      Result validate = end(fixture.cli, fixture.cli.start("validate", "--json"));
      assertThat(validate.code()).as(validate.err()).isIn(0, 1);
      assertThat(validate.out().chars().filter(Character::isDigit)).allMatch(c -> c < 128);
    }
  }

  @Test
  void theEmbeddedDatabaseStartsInEveryLocale() throws Exception {
    CliRunner cli = new CliRunner(folder);
    cli.environment().put("JAVA_TOOL_OPTIONS", "-Duser.language=ar -Duser.country=EG");
    Result demo = end(cli, cli.start("demo", "--horses", "10"));
    assertThat(demo.code()).as(demo.err()).isZero();
  }

  @Test
  void aFolderWithLettersThatTheLocaleLacksIsNamedAndNoneIsMade() throws Exception {
    Path stud = Files.createDirectories(folder.resolve("Gestüt"));
    CliRunner cli = new CliRunner(stud);
    Process process = cli.startBehind(List.of("env", "LC_ALL=C", "LANG=C"), "", "status");
    Result status = end(cli, process);
    assertThat(status.code()).as(status.out()).isEqualTo(2);
    assertThat(status.err()).contains("the working directory has letters", "LC_ALL=C.UTF-8");
    try (Stream<Path> all = Files.walk(folder).filter(path -> !path.equals(folder))) {
      assertThat(all.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("Gestüt", "out.txt", "err.txt");
    }
  }

  @Test
  void aSecretWithLettersThatTheLocaleLacksIsNamedAndNotSent() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(3, folder)) {
      fixture.cli.environment().put("RACING_API_PASSWORD", "Stüber");
      Process process = fixture.cli.startBehind(List.of("env", "LC_ALL=C", "LANG=C"), "", "check");
      Result check = end(fixture.cli, process);
      assertThat(check.code()).isEqualTo(2);
      assertThat(check.err()).contains("RACING_API_PASSWORD has letters").doesNotContain("ber");
      assertThat(fixture.simulator.statistics().arrivals()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "runs --json", "export horses -", "plan", "--version"})
  void aFullDiskBehindStdoutIsAMistakeAndNotASuccess(String command) throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(3, folder).imported()) {
      Process process =
          fixture.cli.startBehind(
              List.of("sh", "-c", "exec \"$@\" > /dev/full", "sh"), "", command.split(" "));
      Result result = end(fixture.cli, process);
      assertThat(result.code()).as(result.err()).isEqualTo(2);
      assertThat(result.err())
          .contains("No space left on device")
          .doesNotContain("Exception")
          .hasLineCount(1);
    }
  }

  @Test
  void aReaderThatHasSeenEnoughIsNoMistake() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(2_000, folder).imported()) {
      Process process =
          fixture.cli.startBehind(
              List.of("bash", "-c", "set -o pipefail; \"$@\" | head -n 1", "bash"),
              "",
              "export",
              "horses",
              "-");
      Result result = end(fixture.cli, process);
      assertThat(result.code()).isZero();
      assertThat(result.err()).isEmpty();
    }
  }

  @Test
  void anUnknownTerminalTypeWorks() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(3, folder).imported()) {
      fixture.cli.environment().put("TERM", "xterm-ghostty");
      assertThat(fixture.cli.run("backfill", "--rate", "unlimited").code()).isZero();
      try (PseudoTerminal pty = PseudoTerminal.start(fixture.cli, 100, "ghostty", "monitor")) {
        pty.await("finished");
        pty.controlC();
        pty.exitCode(java.time.Duration.ofSeconds(10));
        assertThat(pty.sent()).doesNotContain("Exception", "\tat ");
      }
    }
  }
}
