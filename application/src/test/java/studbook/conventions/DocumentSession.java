package studbook.conventions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner.Result;

/**
 * Runs the examples of one document one after the other, on a database and a simulated API of its
 * own. Time passes faster, so that a rate limit delays nothing.
 */
final class DocumentSession implements AutoCloseable {

  private static final int FASTER = 60;

  /** Horses of the document's database. */
  private static final int HORSES = 600;

  /** A horse of the documents; it stands for one of the database. */
  private static final String HORSE = "hrs_5341245";

  /** They run until they are stopped. */
  private static final Set<String> ENDLESS = Set.of("serve", "simulate", "worker");

  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");
  private static final Pattern ASSIGNMENT = Pattern.compile("(?:export )?([A-Z_]+)=('?)([^']*)\\2");

  /** {@code 2 min 9 s}; a slower machine may take {@code 5 min}. */
  private static final String DURATION = "\\d+ (?:h|min|s)\\b(?: \\d+ (?:min|s)\\b)?";

  /** Durations and numbers that differ from run to run, and an ellipsis for any text. */
  private static final Pattern VARYING =
      Pattern.compile(
          "(?m)^ *…$\n?|…|"
              + DURATION
              + "|\\d\\d:\\d\\d|\\d[\\d,.]*(?= ?(?:s|ms|min|h|%|horses/s|MB)\\b|%)"
              + "|(?<=Requests {15})\\d+|(?<=PostgreSQL )[\\d.]+|\\s+");

  private final Path folder;
  private final BackfillFixture fixture;
  private final String horse;

  DocumentSession(Path folder) throws IOException {
    this.folder = folder;
    this.fixture = new BackfillFixture(HORSES, folder);
    this.horse = fixture.horse(0);
    fixture.cli.faster(FASTER).reading("carrots-and-hay-4711\n").with("RACING_API_RATE", "5");
    Files.writeString(
        folder.resolve("horses.csv"),
        fixture
            .population
            .horses()
            .map(one -> one.id() + ",\"" + one.name() + "\"")
            .collect(Collectors.joining("\n", "horse_id,name\n", "\n")));
    Files.writeString(folder.resolve("pedigree.csv"), "id,sire,dam\n12,10,11\n10,8,9\n");
  }

  /** Fills the database as a run does. */
  DocumentSession filled() {
    assertThat(fixture.cli.run("import", "horses.csv").code()).isZero();
    assertThat(fixture.cli.run("backfill", "--rate", "unlimited", "-y").code()).isZero();
    fixture
        .jdbi()
        .useHandle(handle ->
            handle
                .createScript(
                    """
                    UPDATE studbook.run SET started_at = '2026-09-15 08:00Z', ended_at = '2026-09-15 09:00Z';
                    UPDATE studbook.run_event SET occurred_at = '2026-09-15 08:30Z';
                    INSERT INTO studbook.error (run_id, occurred_at, kind, message)
                    VALUES (1, '2026-09-15 08:20Z', 'server_error', 'it answers 503');
                    """)
                .execute());
    return this;
  }

  /** Runs every command; it must do its work (exit code 0), if only to find something (1). */
  void run(DocumentedExample example) throws Exception {
    for (String command : example.commands()) {
      run(example, command);
    }
  }

  private String run(DocumentedExample example, String command) throws Exception {
    Matcher assignment = ASSIGNMENT.matcher(command);
    if (assignment.matches()) {
      fixture.cli.with(assignment.group(1), assignment.group(3));
      return "";
    }
    if (!command.matches("(\\./)?studbook .*")) {
      return shell(example, command);
    }
    List<String> words = words(command.replace(HORSE, horse));
    String[] arguments = words.subList(1, words.size()).toArray(String[]::new);
    Result result =
        ENDLESS.contains(arguments[0])
            ? fixture.cli.runUntilItSpeaks(arguments)
            : fixture.cli.run(arguments);
    assertThat(result.code())
        .as("%s: %s%n%s%s", example, command, result.out(), result.err())
        .isIn(ENDLESS.contains(arguments[0]) ? List.of(0, 3) : List.of(0, 1));
    return result.out();
  }

  private String shell(DocumentedExample example, String command) throws Exception {
    Process shell =
        new ProcessBuilder("sh", "-c", command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(shell.getInputStream().readAllBytes(), UTF_8);
    assertThat(shell.waitFor()).as("%s: %s%n%s", example, command, output).isZero();
    return output;
  }

  /** Runs the lines that begin with a prompt, and compares the lines between them. */
  void compare(DocumentedExample example) throws Exception {
    String[] parts = example.text().split("(?m)^\\$ ", -1);
    assertThat(parts[0]).as("%s begins with a prompt", example).isBlank();
    for (int i = 1; i < parts.length; i++) {
      String[] commandAndOutput = parts[i].split("\n", 2);
      String command = commandAndOutput[0].replaceFirst("\\s+#.*", "").strip();
      String output = shown(run(example, command));
      assertThat(output)
          .as("%s: output of %s", example, command)
          .matches(Pattern.compile(pattern(commandAndOutput[1].strip()), Pattern.DOTALL));
    }
  }

  /** The places of a test, as a document shows them. */
  private String shown(String output) {
    return output
        .replace(fixture.simulator.baseUri().toString(), "https://api.theracingapi.com/v1")
        .replaceAll("127\\.0\\.0\\.1:\\d+/test_\\w+", "db.example.org:5432/postgres")
        .replace(folder.toString(), "/srv/racing")
        .replace(horse, HORSE)
        .replaceAll("GMT[+-]\\d\\d:\\d\\d", "GMT")
        .strip();
  }

  private static String pattern(String text) {
    StringBuilder pattern = new StringBuilder();
    Matcher varying = VARYING.matcher(text);
    int from = 0;
    while (varying.find()) {
      pattern.append(Pattern.quote(text.substring(from, varying.start())));
      pattern.append(any(varying.group()));
      from = varying.end();
    }
    return pattern.append(Pattern.quote(text.substring(from))).toString();
  }

  private static String any(String varying) {
    if (varying.contains("…")) {
      return ".*";
    }
    if (varying.isBlank()) {
      return "\\s+";
    }
    return varying.matches(DURATION) ? DURATION : "[\\d:,.]+";
  }

  private static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(command);
    while (word.find()) {
      words.add(word.group().replaceAll("^['\"]|['\"]$", ""));
    }
    return words;
  }

  /** Runs a script on the document's database. */
  void sql(DocumentedExample example) {
    fixture
        .jdbi()
        .useHandle(handle -> handle.createScript(example.text().replace(HORSE, horse)).execute());
  }

  /** Loads a file of settings. */
  void settings(DocumentedExample example, Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Path earlier = file.resolveSibling("earlier");
    if (Files.exists(file)) {
      Files.move(file, earlier);
    }
    Files.writeString(file, example.text());
    Result check = fixture.cli.run("config", "check");
    assertThat(check.code()).as(example + ": " + check.err()).isZero();
    Files.delete(file);
    if (Files.exists(earlier)) {
      Files.move(earlier, file);
    }
  }

  @Override
  public void close() {
    fixture.close();
  }
}
