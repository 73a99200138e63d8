package studbook.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import studbook.cli.HelpTest;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner;
import studbook.cli.fixture.CliRunner.Result;
import studbook.cli.fixture.OtherUser;
import studbook.faults.environment.LimitedDisk;

/** A missing file, folder, port or server: the error is a sentence without an exception's name. */
class FileErrorsTest {

  /** The other arguments that a command needs. */
  private static final Map<String, String> ARGUMENTS =
      Map.of(
          "import", "horses.csv",
          "show", "hrs_1",
          "pedigree", "show hrs_1",
          "user", "list",
          "token", "list",
          "export", "horses -",
          "completion", "bash",
          "backfill", "--non-interactive",
          "cancel", "--yes",
          "stop", "--all");

  @TempDir Path folder;

  /** Those that need a database and write to the home. */
  private static Stream<String> commands() {
    return HelpTest.commands(new CliRunner(Path.of("target"))).stream()
        .filter(command ->
            !List.of("completion", "simulate", "demo", "config", "notify").contains(command))
        .map(command -> (command + " " + ARGUMENTS.getOrDefault(command, "")).strip());
  }

  private CliRunner terminal() {
    return new CliRunner(folder)
        .with("RACING_API_USERNAME", CliRunner.USERNAME)
        .with("RACING_API_PASSWORD", CliRunner.PASSWORD);
  }

  private static void assertSentence(Result result, String... says) {
    assertThat(result.code()).as(result.out() + result.err()).isEqualTo(2);
    String all = result.out() + result.err();
    assertThat(all)
        .contains(says)
        .doesNotContain("Exception", "Error:", "\tat ")
        .doesNotContainPattern("\\bnull\\b")
        .doesNotContainPattern("@[0-9a-f]{6,8}\\b");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aDatabaseThatRefusesTheConnection(String command) throws Exception {
    Files.writeString(folder.resolve("horses.csv"), "horse_id,name\nhrs_1,A\n");
    Result result =
        terminal()
            .with("DATABASE_URL", "postgresql://me:secret-7@127.0.0.1:1/racing")
            .run(command.split(" "));
    assertSentence(result, "127.0.0.1:1/racing");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aHomeThatCannotBeMade(String command) throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    Files.writeString(folder.resolve("horses.csv"), "horse_id,name\nhrs_1,A\n");
    Result result =
        terminal().with("STUDBOOK_HOME", file.resolve("home").toString()).run(command.split(" "));
    assertSentence(result, file.resolve("home").toString());
  }

  private Result withHome(Path home, String command) throws Exception {
    Files.writeString(folder.resolve("horses.csv"), "horse_id,name\nhrs_1,A\n");
    return terminal().with("STUDBOOK_HOME", home.toString()).run(command.split(" "));
  }

  /** All commands in one test, since a mount takes longer than a command. */
  @Test
  void aHomeOnAFullDisk() throws Exception {
    Path home = Files.createDirectory(folder.resolve("home"));
    try (LimitedDisk disk = LimitedDisk.mount(home, "256k")) {
      disk.fill();
      for (String command : commands().toList()) {
        if (!command.startsWith("stop") || command.contains("--all")) {
          assertSentence(withHome(home, command), home.toString(), "No space left on device");
        }
      }
    }
  }

  @Test
  void aHomeOnAReadOnlyDisk() throws Exception {
    Path home = Files.createDirectory(folder.resolve("home"));
    try (LimitedDisk _ = LimitedDisk.mountReadOnly(home)) {
      for (String command : commands().toList()) {
        assertSentence(withHome(home, command), home.toString(), "Read-only file system");
      }
    }
  }

  /** In a process of another user: tests often run as root, which may write anywhere. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "status",
        "backfill --non-interactive",
        "export horses closed/h.csv",
        "report --out closed/r.md"
      })
  void aFolderThatIsNotTheUsers(String command) throws Exception {
    Path closed = Files.createDirectory(folder.resolve("closed"));
    try (BackfillFixture fixture = new BackfillFixture(3, folder).imported()) {
      fixture.cli.run("backfill", "--rate", "unlimited", "--non-interactive");
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-x------"));
      if (!command.contains("closed")) {
        fixture.cli.environment().remove("DATABASE_URL");
        fixture.cli.with("STUDBOOK_HOME", closed.toString());
      }
      Process process = fixture.cli.startBehind(OtherUser.boundByModes(), "", command.split(" "));
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertSentence(
          new Result(
              process.exitValue(),
              Files.readString(folder.resolve("out.txt")),
              Files.readString(folder.resolve("err.txt"))),
          "closed",
          "permission denied");
    }
  }

  @Test
  void filesOnAFullDisk() throws Exception {
    Path full = Files.createDirectory(folder.resolve("full"));
    try (LimitedDisk disk = LimitedDisk.mount(full, "256k");
        BackfillFixture fixture =
            new BackfillFixture(30, folder).imported().failEveryThird("500:1")) {
      fixture.cli.run("backfill", "--rate", "unlimited", "--non-interactive");
      disk.fill();
      for (String command :
          List.of(
              "export horses full/h.csv",
              "export errors full/e.json",
              "report --out full/r.html",
              "report --before --out full/b.md")) {
        assertSentence(
            fixture.cli.run(command.split(" ")), "cannot write", "No space left on device");
      }
      try (Stream<Path> left = Files.list(full)) {
        assertThat(left.map(path -> path.getFileName().toString())).containsExactly("ballast");
      }
    }
  }

  @Test
  void aRunWhoseFilesCannotBeWrittenContinuesAndSaysSo() throws Exception {
    Path home = Files.createDirectory(folder.resolve("home"));
    try (LimitedDisk disk = LimitedDisk.mount(home, "256k");
        BackfillFixture fixture =
            new BackfillFixture(30, folder).imported().failEveryThird("500:1")) {
      disk.fill();
      fixture.cli.with("STUDBOOK_HOME", home.toString());
      Result result = fixture.cli.run("backfill", "--rate", "unlimited", "--non-interactive");
      assertThat(result.code()).as(result.err()).isEqualTo(1);
      assertThat(result.out()).contains("The report could not be written", "No space left");
      assertThat(result.err())
          .contains("the ids of failed horses are in the database only")
          .contains("backfill_", ".log cannot be written: No space left on device");
      assertThat(result.out() + result.err())
          .doesNotContain("Exception", "\tat ", "null")
          .doesNotContainPattern("@[0-9a-f]{6,8}\\b");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import missing.csv",
        "backfill --ids-file missing.csv --non-interactive",
        "simulate --horses-file missing.csv",
        "report --out missing.csv/x.md",
        "export horses missing.csv/x.csv"
      })
  void aFileOrFolderThatIsMissing(String command) throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(3, folder).imported()) {
      fixture.cli.run("backfill", "--rate", "unlimited", "--non-interactive");
      assertSentence(fixture.cli.run(command.split(" ")), "missing.csv");
    }
  }

  @Test
  void aPortThatIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertSentence(terminal().run("simulate", "--port", port), "port", "in use");
    }
  }

  @Test
  void argumentsThatAreTooManyOrNoneOfTheChoices() {
    assertSentence(terminal().run("show", "hrs_1", "extra"), "unexpected argument 'extra'");
    assertSentence(
        terminal().run("export", "nonsense", "-"),
        "'nonsense' is not one of changes, errors, failed-ids, horses, pedigrees");
    assertSentence(terminal().run("discover", "--days", "0"), "--days must be between 1 and ");
  }

  @Test
  void helpOfACommandIsItsHelp() {
    assertThat(terminal().run("help", "backfill"))
        .isEqualTo(terminal().run("backfill", "--help"))
        .extracting(Result::code)
        .isEqualTo(0);
    assertThat(terminal().run("help")).isEqualTo(terminal().run("--help"));
  }
}
