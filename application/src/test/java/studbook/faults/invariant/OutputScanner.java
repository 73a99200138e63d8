package studbook.faults.invariant;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import studbook.cli.fixture.CliRunner;

/** All output of a run, and the secrets that must not be in it. */
public final class OutputScanner {

  /** A text and its source. */
  public record Text(String from, String content) {}

  private OutputScanner() {}

  /** Every file below {@code folder}: logs, reports, output of processes. */
  public static List<Text> files(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Text> texts = new ArrayList<>();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        texts.add(
            new Text(
                file.toString(),
                new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)));
      }
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every row of every table. */
  public static List<Text> tables(Jdbi jdbi) {
    return jdbi.withHandle(handle ->
        handle
            .select(
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
                    handle
                        .select(
                            "SELECT COALESCE(string_agg(t::text, ' '), '') FROM " + table + " t")
                        .mapTo(String.class)
                        .one()))
            .toList());
  }

  /** The passwords, plain and as the header and careless code would show them. */
  public static List<String> secrets(String databasePassword) {
    return List.of(
        CliRunner.PASSWORD,
        base64(CliRunner.PASSWORD),
        base64(CliRunner.USERNAME + ":" + CliRunner.PASSWORD),
        databasePassword,
        base64(databasePassword));
  }

  private static String base64(String text) {
    return Base64.getEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
