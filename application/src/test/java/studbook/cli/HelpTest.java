package studbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner;
import studbook.cli.option.GlobalOptions;
import studbook.cli.support.CommandContext;
import studbook.cli.support.CommandEnvironment;
import studbook.cli.support.ShutdownHandler;

/** The help of the program and of its commands. */
public class HelpTest {

  private static final String NO_VERB_OR_NOUN =
      "The|A|An|Also|Only|At|With|Where|For|Like|Between|As|This|That|Such|So|Here|All|Ten|Same";

  @TempDir Path folder;

  private CliRunner terminal() {
    return new CliRunner(folder);
  }

  /** In the order of the help. */
  public static List<String> commands(CliRunner cli) {
    return names(cli.run("--help").out());
  }

  /** Of a command, from its help; empty if it has none. */
  static List<String> subcommands(String help) {
    int list = help.indexOf("\nCommands:\n");
    return list < 0 ? List.of() : names(help.substring(list).split("\n\n", 2)[0]);
  }

  private static List<String> names(String help) {
    return help.lines()
        .filter(line -> line.matches("  [a-z]+ .*"))
        .map(line -> line.strip().replaceFirst(" .*", ""))
        .toList();
  }

  @Test
  void everyCommandHasAnExampleThatFitsTheTerminal() {
    assertThat(commands(terminal())).hasSizeGreaterThanOrEqualTo(14);
    for (String command : commands(terminal())) {
      String help = terminal().run(command, "--help").out();
      assertThat(help).as(command).containsPattern("(?m)^Examples?: .*studbook " + command);
      assertThat(help.lines()).as(command).allMatch(line -> line.length() <= 80);
      String footer = help.substring(help.indexOf("\nExample"));
      assertThat(footer.strip().lines().filter(line -> line.contains("studbook ")))
          .as("%s: no example is broken", command)
          .allMatch(line -> line.matches("(Examples?:|         ) .*|studbook must be .*"));
    }
  }

  @Test
  void everyCommandIsInOneGroup() {
    String help = terminal().run("--help").out();
    assertThat(help.lines().filter(line -> line.matches("[A-Z][a-z ]+:")))
        .containsExactly(
            "Set up:", "Run:", "Control:", "Inspect:", "Data:", "Tools:", "Exit codes:");
    assertThat(commands(terminal())).hasSize(38).doesNotHaveDuplicates();
  }

  /** The description of a flag begins with a verb, that of a value with a noun. */
  @Test
  void everyDescriptionBeginsWithAVerbOrANoun() {
    GlobalOptions options = new GlobalOptions();
    CommandLine program = new CommandLine(new RootCommand(options));
    CommandRegistry.addTo(
        program,
        new CommandContext(CommandEnvironment.ofProcess(), options, new ShutdownHandler()),
        Set.of());
    for (CommandLine command : program.getSubcommands().values()) {
      CommandSpec spec = command.getCommandSpec();
      List<String> descriptions = new ArrayList<>(List.of(spec.usageMessage().description()[0]));
      spec.args().stream()
          .filter(argument -> !argument.hidden())
          .forEach(argument -> descriptions.add(String.join(" ", argument.description())));
      assertThat(descriptions)
          .as(spec.name())
          .allMatch(text -> text.matches("[A-Z][A-Za-z]+,? .*\\."))
          .noneMatch(text -> text.matches("(" + NO_VERB_OR_NOUN + ") .*"));
    }
  }

  @Test
  void coloursAppearOnlyOnAColourTerminal() {
    assertThat(terminal().run("--help").out()).doesNotContain("\u001B");
    assertThat(terminal().typing("").run("--help").out()).contains("\u001B[");
    assertThat(terminal().typing("").with("NO_COLOR", "1").run("--help").out())
        .doesNotContain("\u001B");
    assertThat(terminal().typing("").with("NO_COLOR", "").run("--help").out()).contains("\u001B[");
  }

  @Test
  void colourIsGivenUpInTablesToo() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(5, folder).imported()) {
      fixture.cli.run("backfill", "--rate", "unlimited", "--non-interactive");
      String id = fixture.population.named(1).id();
      for (List<String> call : List.of(List.of("runs"), List.of("errors"), List.of("show", id))) {
        String[] arguments = call.toArray(String[]::new);
        assertThat(fixture.cli.run(arguments).out()).doesNotContain("\u001B");
      }
      fixture.cli.typing("");
      assertThat(fixture.cli.run("runs").out()).contains("\u001B[");
      fixture.cli.with("NO_COLOR", "yes");
      assertThat(fixture.cli.run("runs").out()).doesNotContain("\u001B");
      assertThat(fixture.cli.run("errors").out()).doesNotContain("\u001B");
      assertThat(fixture.cli.run("show", id).out()).doesNotContain("\u001B");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          studbook ba                  | backfill
          studbook errors --ki         | --kind
          studbook errors --kind thr   | throttled
          studbook retry --include-c   | --include-completed
          studbook export failed       | failed-ids
          studbook completion z        | zsh
          """)
  void bashCompletes(String typed, String completed) throws Exception {
    Path script = folder.resolve("completion.bash");
    Files.writeString(script, terminal().run("completion", "bash").out());
    Process bash =
        new ProcessBuilder(
                "bash",
                "--norc",
                "-c",
                """
                source "$1"
                read -ra COMP_WORDS <<< "$2"
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMP_LINE=$2 COMP_POINT=${#2}
                _complete_studbook
                printf '%s\\n' "${COMPREPLY[@]}"
                """,
                "bash",
                script.toString(),
                typed)
            .redirectError(Redirect.DISCARD) // compopt says that no person presses Tab here
            .start();
    String replied =
        new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(bash.waitFor()).as(replied).isZero();
    assertThat(replied).isEqualTo(completed);
  }

  @Test
  void oneScriptServesBashAndZsh() {
    assertThat(terminal().run("completion", "zsh").out())
        .isEqualTo(terminal().run("completion", "bash").out())
        .contains("bashcompinit");
    assertThat(terminal().run("completion", "fish").out()).contains("complete -c studbook");
    assertThat(terminal().run("completion", "tcsh").code()).isEqualTo(2);
  }
}
