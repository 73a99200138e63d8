package studbook.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.simulator.Faults;

/** Looks for the credentials, plain and in base64, in everything that the program leaves behind. */
class CredentialCanaryTest {

  @TempDir Path folder;

  @Test
  void noCredentialIsInAnyOutputFileOrTable() throws Exception {
    Faults faults = Faults.parse("500:0.2,429:0.02,cut:0.1,html:0.05,401:0.02");
    try (Stable stable = new Stable(80, folder, Stable.options().withFaults(faults)).imported()) {
      Terminal terminal = stable.terminal;
      List<Text> texts = new ArrayList<>();
      for (String command :
          List.of(
              "check",
              "plan --json",
              "backfill --rate 200 --max 60",
              "backfill --resume --rate 200",
              "status",
              "status --json")) {
        texts.add(said(terminal, command));
      }
      texts.add(said(terminal.with("RACING_API_PASSWORD", "s3cret-of-another"), "check"));
      texts.addAll(files(terminal.home()));
      texts.addAll(rows(stable.jdbi()));

      assertThat(texts).hasSizeGreaterThan(15);
      List<String> secrets =
          secrets(
              Terminal.USERNAME,
              Terminal.PASSWORD,
              "s3cret-of-another",
              stable.database.password());
      for (Text text : texts) {
        assertThat(secrets).as(text.from()).noneMatch(text.content()::contains);
      }
    }
  }

  private record Text(String from, String content) {}

  /** What a process of its own prints with {@code -v}: there the log goes to stderr. */
  private Text said(Terminal terminal, String command) throws Exception {
    List<String> words = new ArrayList<>(List.of("-v"));
    words.addAll(List.of(command.split(" ")));
    assertThat(terminal.start(words.toArray(String[]::new)).waitFor(60, SECONDS)).isTrue();
    String out = Files.readString(folder.resolve("out.txt"));
    String err = Files.readString(folder.resolve("err.txt"));
    assertThat(out + err).as(command).isNotBlank();
    return new Text(command, out + err);
  }

  private static List<String> secrets(String username, String... passwords) {
    List<String> secrets = new ArrayList<>(List.of(passwords));
    for (String password : passwords) {
      String pair = username + ":" + password;
      secrets.add(base64(pair));
      secrets.add(base64(password));
    }
    return secrets;
  }

  private static String base64(String text) {
    return Base64.getEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Text> files(Path home) throws Exception {
    List<Text> texts = new ArrayList<>();
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        texts.add(new Text(file.toString(), Files.readString(file)));
      }
    }
    return texts;
  }

  private static List<Text> rows(Jdbi jdbi) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT schemaname || '.' || tablename FROM pg_tables
                WHERE schemaname NOT IN ('pg_catalog', 'information_schema')
                """)
            .mapTo(String.class)
            .list()
            .stream()
            .map(table ->
                new Text(
                    table,
                    String.valueOf(
                        handle
                            .createQuery("SELECT string_agg(t::text, ' ') FROM " + table + " t")
                            .mapTo(String.class)
                            .findOne())))
            .toList());
  }
}
