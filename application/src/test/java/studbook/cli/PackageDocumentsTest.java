package studbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.CliRunner;

/** The manual pages and completion scripts of a package. */
class PackageDocumentsTest {

  private static final Pattern OPTION = Pattern.compile("(?m)^ {1,6}(?:-\\w, +)?(--[a-z-]+)");

  @TempDir Path folder;

  private CliRunner cli;

  @BeforeEach
  void written() throws IOException {
    cli = new CliRunner(folder);
    PackageDocuments.write(folder, "1.2.3");
  }

  /** The help of each command by its name, such as {@code studbook pedigree show}. */
  private Map<String, String> helps() {
    Map<String, String> helps = new LinkedHashMap<>();
    helps.put("studbook", cli.run("--help").out());
    for (String command : HelpTest.commands(cli)) {
      String help = cli.run(command, "--help").out();
      helps.put("studbook " + command, help);
      for (String subcommand : HelpTest.subcommands(help)) {
        helps.put(
            "studbook %s %s".formatted(command, subcommand),
            cli.run(command, subcommand, "--help").out());
      }
    }
    return helps;
  }

  private String page(String command) throws IOException {
    return Files.readString(folder.resolve("man/man1/" + command.replace(' ', '-') + ".1"));
  }

  private String script(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }

  private static List<String> options(String help) {
    return OPTION.matcher(help).results().map(option -> option.group(1)).toList();
  }

  @Test
  void everyCommandHasAPageWithAllItsOptions() throws Exception {
    Map<String, String> helps = helps();
    for (Map.Entry<String, String> help : helps.entrySet()) {
      List<String> expected = new ArrayList<>(options(help.getValue()));
      assertThat(expected).as(help.getKey()).contains("--help");
      expected.replaceAll(option -> option.replace("-", "\\-"));
      assertThat(page(help.getKey())).contains(expected);
    }
    try (Stream<Path> pages = Files.list(folder.resolve("man/man1"))) {
      assertThat(pages).hasSize(helps.size());
    }
  }

  @Test
  void aPageHasTheSectionsThatReadersExpect() throws Exception {
    assertThat(page("studbook pedigree show"))
        .startsWith(".TH \"STUDBOOK\\-PEDIGREE\\-SHOW\" \"1\" \"\" \"Studbook 1.2.3\"")
        .containsSubsequence(
            ".SH \"NAME\"\nstudbook\\-pedigree\\-show \\- Show the ancestors",
            ".SH \"SYNOPSIS\"",
            ".SH \"DESCRIPTION\"",
            ".SH \"ARGUMENTS\"",
            ".SH \"OPTIONS\"",
            ".SH \"EXAMPLES\"\n.nf\nstudbook pedigree show",
            ".SH \"SEE ALSO\"\nstudbook(1), studbook\\-pedigree(1)");
    assertThat(page("studbook")).contains(".SH \"COMMANDS\"", ".SH \"EXIT STATUS\"");
  }

  @Test
  void noLineOfTextIsARequest() throws Exception {
    try (Stream<Path> pages = Files.list(folder.resolve("man/man1"))) {
      for (Path page : pages.toList()) {
        assertThat(Files.readAllLines(page))
            .as(page.toString())
            .filteredOn(line -> line.startsWith(".") || line.startsWith("'"))
            .allMatch(line -> line.matches("\\.(TH|SH|B|TP|nf|fi|nh|ad)( .*)?"));
      }
    }
  }

  @Test
  void fishCompletesEveryCommandAndOption() throws Exception {
    String script = script("fish/vendor_completions.d/studbook.fish");
    for (Map.Entry<String, String> help : helps().entrySet()) {
      List<String> path = List.of(help.getKey().split(" "));
      String here = "complete -c studbook -n '__studbook_at%s'";
      String own = here.formatted(words(path.subList(1, path.size())));
      for (String option : options(help.getValue())) {
        assertThat(script).contains("-l " + option.substring(2));
        assertThat(script.lines().filter(line -> line.startsWith(own + " ")))
            .as("%s %s", help.getKey(), option)
            .anyMatch(line -> line.contains(" -l " + option.substring(2) + " "));
      }
      if (path.size() > 1) {
        assertThat(script)
            .contains(
                here.formatted(words(path.subList(1, path.size() - 1)))
                    + " -a "
                    + path.getLast()
                    + " -d '");
      }
    }
    assertThat(script).contains("-a 'bash zsh fish'");
  }

  private static String words(List<String> path) {
    return path.isEmpty() ? "" : " " + String.join(" ", path);
  }

  @Test
  void zshFindsTheFunctionOfBash() throws Exception {
    assertThat(script("zsh/vendor-completions/_studbook"))
        .startsWith("#compdef studbook\n")
        .contains(script("bash-completion/completions/studbook"))
        .endsWith("\n_bash_complete -o default -F _complete_studbook\n");
  }
}
