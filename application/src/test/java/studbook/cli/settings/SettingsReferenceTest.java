package studbook.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import studbook.cli.settings.SettingName.SettingGroup;

/**
 * The tables of docs/settings.md are those of {@link SettingName}. To rewrite the file instead of
 * checking it: {@code mvn -q test -Dtest=SettingsReferenceTest -Dformat=write}.
 */
class SettingsReferenceTest {

  private static final Path REFERENCE = Path.of("docs", "settings.md");

  private static final String HEAD =
      """
      # Settings

      A flag overrides the environment, then `.env.local`, then `.env` of the working directory, then `studbook.toml`. An empty value counts as unset. All errors are listed before anything happens.
      `studbook config show` prints each value that is in effect, and its source; `studbook config check` only checks them. `studbook init --wizard` asks for the secrets and writes `.env.local`.

      [The files](#the-files) · [The Racing API](#the-racing-api) · [Database](#database) · [Files and Java](#files-and-java) · [Service](#service) · [Refresh](#refresh) ·
      [Notifications](#notifications) · [Validation](#validation) · [Others](#others)

      The tables are generated from the program: see CONTRIBUTING.md.

      ## The files

      `.env.local` and `.env` have lines `NAME=value`, comments and blank lines; a value in quotation marks is taken literally, over several lines if needed. They are the place for secrets
      (`chmod 600`), for which there are no flags:

      ```env
      # The account, and the database with the horses.
      RACING_API_USERNAME=alice
      RACING_API_PASSWORD='p#ss word'
      DATABASE_URL=postgresql://user:password@db.example.org:5432/postgres?sslmode=require
      ```

      `studbook.toml` in `STUDBOOK_HOME` has the other settings under their names in lower case, the [jobs of the service](service.md#settings) and the thresholds of the
      [pedigree check](pedigree-check.md#rules):

      ```toml
      racing_api_rate = 5
      studbook_keep_logs = "30d"

      [jobs.discover]
      cron = "10 6 * * *"

      [pedigree]
      dam_old_warning = 26
      ```

      In the tables *secret* means: only in the environment and the `.env` files, and never displayed.
      """;

  private static final String TAIL =
      """

      ## Others

      | variable | |
      |---|---|
      | `HTTPS_PROXY`, `NO_PROXY` | [proxies](operations.md#proxies); environment only |
      | `PGHOST`, `PGPASSWORD`, … | complete a database URL, as in [libpq](operations.md#connection-strings) |
      | `NO_COLOR` | no colours on a terminal |
      | `JAVA_HOME` | a JDK of at least the needed version, for the launcher of a checkout |
      """;

  @Test
  void referenceHasEverySettingOnce() throws Exception {
    String reference = HEAD + tables() + TAIL;
    if ("write".equals(System.getProperty("format"))) {
      Files.writeString(REFERENCE, reference);
    }
    assertThat(REFERENCE)
        .as("mvn -q test -Dtest=SettingsReferenceTest -Dformat=write rewrites it")
        .hasContent(reference);
  }

  private static String tables() {
    return Arrays.stream(SettingGroup.values())
        .map(group -> "\n## " + group.title() + "\n\n" + table(group))
        .collect(Collectors.joining());
  }

  private static String table(SettingGroup group) {
    return Arrays.stream(SettingName.values())
        .filter(name -> name.group() == group)
        .map(SettingsReferenceTest::row)
        .collect(
            Collectors.joining("", "| variable | flag | default | |\n|---|---|---|---|\n", ""));
  }

  private static String row(SettingName name) {
    String flag = name.isSecret() ? "secret" : name.flag().isEmpty() ? "–" : code(name.flag());
    String usual = name.defaultText().isEmpty() ? "–" : code(name.defaultText());
    return "| `%s` | %s | %s | %s |\n".formatted(name, flag, usual, name.description());
  }

  private static String code(String text) {
    return "`" + text + "`";
  }
}
