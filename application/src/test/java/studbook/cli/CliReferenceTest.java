package studbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.CliRunner;

/**
 * docs/cli.md is the help of every command. To rewrite it instead of checking it: {@code mvn -q
 * test -Dtest=CliReferenceTest -Dformat=write}.
 */
class CliReferenceTest {

  private static final Path REFERENCE = Path.of("docs", "cli.md");

  private static final String HEAD =
      """
      # Command reference

      The help of every command, as `studbook COMMAND --help` prints it. Generated: see CONTRIBUTING.md.
      Settings are in [settings.md](settings.md), exit codes in [operations.md](operations.md#exit-codes), JSON keys in [json.md](json.md).
      """;

  @TempDir Path folder;

  @Test
  void referenceIsTheHelpOfEveryCommand() throws Exception {
    String reference = reference();
    if ("write".equals(System.getProperty("format"))) {
      Files.writeString(REFERENCE, reference);
    }
    assertThat(REFERENCE)
        .as("mvn -q test -Dtest=CliReferenceTest -Dformat=write rewrites it")
        .hasContent(reference);
  }

  private String reference() {
    CliRunner cli = new CliRunner(folder);
    StringBuilder text = new StringBuilder(HEAD).append(section("studbook", cli.run("--help")));
    for (String command : HelpTest.commands(cli)) {
      CliRunner.Result help = cli.run(command, "--help");
      text.append(section("studbook " + command, help));
      for (String subcommand : HelpTest.subcommands(help.out())) {
        text.append(
            section(
                "studbook %s %s".formatted(command, subcommand),
                cli.run(command, subcommand, "--help")));
      }
    }
    return text.toString();
  }

  private static String section(String title, CliRunner.Result help) {
    assertThat(help.code()).as(title).isZero();
    return "\n## %s\n\n```text\n%s\n```\n".formatted(title, help.out().stripTrailing());
  }
}
