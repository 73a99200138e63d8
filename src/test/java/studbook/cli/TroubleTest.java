package studbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import studbook.cli.Terminal.Result;

/** Whatever file, folder, port or server is missing: a sentence, and never an exception's name. */
class TroubleTest {

  /** What a command needs beside its name. */
  private static final Map<String, String> ARGUMENTS =
      Map.of(
          "import", "horses.csv",
          "show", "hrs_1",
          "export", "horses -",
          "completion", "bash",
          "backfill", "--non-interactive",
          "cancel", "--yes",
          "stop", "--all");

  @TempDir Path folder;

  private static Stream<String> commands() {
    return HelpTest.commands(new Terminal(Path.of("target"))).stream()
        .filter(command -> !List.of("completion", "simulate", "demo").contains(command))
        .map(command -> (command + " " + ARGUMENTS.getOrDefault(command, "")).strip());
  }

  private Terminal terminal() {
    return new Terminal(folder)
        .with("RACING_API_USERNAME", Terminal.USERNAME)
        .with("RACING_API_PASSWORD", Terminal.PASSWORD);
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import missing.csv",
        "backfill --ids-file missing.csv --non-interactive",
        "simulate --population missing.csv",
        "report --out missing.csv/x.md",
        "export horses missing.csv/x.csv"
      })
  void aFileOrFolderThatIsMissing(String command) throws Exception {
    try (Stable stable = new Stable(3, folder).imported()) {
      stable.terminal.run("backfill", "--rate", "unlimited", "--non-interactive");
      assertSentence(stable.terminal.run(command.split(" ")), "missing.csv");
    }
  }

  @Test
  void aPortThatIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertSentence(terminal().run("simulate", "--port", port), "port", "taken");
    }
  }

  @Test
  void argumentsThatAreTooManyOrNoneOfTheChoices() {
    assertSentence(terminal().run("show", "hrs_1", "extra"), "'extra' is one argument too many");
    assertSentence(
        terminal().run("export", "nonsense", "-"),
        "'nonsense' is none of errors, failed-ids, horses, pedigrees");
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
