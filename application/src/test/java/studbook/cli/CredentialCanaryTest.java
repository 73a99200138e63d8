package studbook.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner;
import studbook.cli.fixture.CliRunner.Result;
import studbook.cli.fixture.PlannedRunFixture;
import studbook.simulator.fault.FaultProfile;
import studbook.text.JsonFormat;

/**
 * Searches everything that commands print, log and store for the credentials, in every encoding.
 */
class CredentialCanaryTest {

  private static final String WRONG = "s3cret=of&another";

  private static final String WEBHOOK = "hook-5150-tail";

  /** Of a user of the dashboard. */
  private static final String OF_A_USER = "seven&seventy=horses";

  /** At least one call of each command; HORSE is a horse that the run requested. */
  private static final List<String> CALLS =
      List.of(
          "check",
          "check --json",
          "config check",
          "config show",
          "config show --json",
          "serve --config missing.toml",
          "schedule",
          "schedule --json",
          "init",
          "import horses.csv",
          "import horses.csv --dry-run --json",
          "import bad.csv",
          "plan",
          "plan --json",
          "backfill --rate 200 --max 30",
          "backfill --resume --rate unlimited --skip 20",
          "retry --rate unlimited",
          "discover --rate unlimited",
          "discover --rate unlimited --json",
          "refresh --rate unlimited --older-than 0d --max 5 --non-interactive",
          "ancestors --dry-run",
          "ancestors --rate unlimited --non-interactive",
          "links",
          "links --json",
          "changes",
          "changes --json",
          "review",
          "review --json",
          "status",
          "status --json",
          "monitor --once",
          "monitor --once --json",
          "validate --save-report",
          "validate --json",
          "report",
          "report --format html",
          "report --json",
          "report --out studbook-data/run.md",
          "report --out studbook-data/run.html",
          "report --out studbook-data/run.json",
          "errors",
          "errors --summary",
          "errors --json",
          "drift",
          "drift --json",
          "archive --dry-run",
          "archive --json",
          "notify test",
          "notify test --json",
          "runs",
          "runs --json",
          "show HORSE",
          "show HORSE --json",
          "pedigree show HORSE",
          "pedigree show HORSE --json",
          "pedigree inbreeding HORSE",
          "pedigree inbreeding HORSE --json",
          "pedigree mating HORSE HORSE",
          "pedigree lines HORSE",
          "pedigree population",
          "pedigree population --json",
          "pedigree check --dry-run",
          "pedigree findings",
          "pedigree findings --json",
          "init --wizard --non-interactive --skip-api",
          "user add anna --role operator",
          "user list",
          "user list --json",
          "user passwd anna",
          "token create reader --role viewer",
          "token list",
          "token list --json",
          "export changes -",
          "export errors -",
          "export errors --format json -",
          "export failed-ids -",
          "export failed-ids --format json -",
          "export horses -",
          "export horses --format json -",
          "export pedigrees -",
          "export pedigrees --format json -",
          "export horses studbook-data/horses.csv",
          "stop",
          "completion bash",
          "completion zsh",
          "simulate --horses 5",
          "demo --horses 1");

  /** Calls while a process of another version owns a run. */
  private static final List<String> STEERING =
      List.of("worker --rate 2", "workers", "workers --json", "pause", "resume", "cancel --yes");

  @TempDir Path folder;

  private final Logger root = logger(Logger.ROOT_LOGGER_NAME);
  private final Logger ours = logger("studbook");
  private final Level before = ours.getLevel();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  private static Logger logger(String name) {
    return (Logger) LoggerFactory.getLogger(name);
  }

  /** Records what {@code -v} would print. */
  @BeforeEach
  void listen() {
    log.start();
    root.addAppender(log);
    ours.setLevel(Level.DEBUG);
  }

  @AfterEach
  void listenNoMore() {
    root.detachAppender(log);
    ours.setLevel(before);
  }

  private record Text(String from, String content) {}

  @Test
  void everyCommandIsCalledHere() {
    Set<String> called = new TreeSet<>();
    Stream.concat(CALLS.stream(), STEERING.stream())
        .forEach(call -> called.add(call.replaceFirst(" .*", "")));
    assertThat(called)
        .as("a call of each command must stand in CALLS, so that its output is searched")
        .containsAll(HelpTest.commands(new CliRunner(folder)));
  }

  @Test
  void noCredentialIsInAnyOutputLogFileOrTable() throws Exception {
    FaultProfile faults = FaultProfile.parse("500:0.3,429:0.02,cut:0.1,html:0.1");
    try (BackfillFixture fixture =
        new BackfillFixture(80, folder, BackfillFixture.options().withFaults(faults)).imported()) {
      Files.writeString(folder.resolve("bad.csv"), "horse_id,name\nhorse 1,A\n");
      fixture
          .cli
          .faster(4)
          .reading(OF_A_USER + "\n")
          .with("STUDBOOK_WEBHOOK_URL", "http://127.0.0.1:1/" + WEBHOOK)
          .with("STUDBOOK_WEBHOOK_KEY", WEBHOOK)
          .with("STUDBOOK_MAIL_TO", "ops@example.org")
          .with("STUDBOOK_SMTP_SERVER", "smtp://127.0.0.1:1")
          .with("STUDBOOK_SMTP_USERNAME", "poster")
          .with("STUDBOOK_SMTP_PASSWORD", WEBHOOK);
      String horse = fixture.population.named(3).id();
      List<Text> texts = new ArrayList<>();
      for (String call : CALLS) {
        texts.add(said(fixture.cli, call.replace("HORSE", horse)));
      }
      try (PlannedRunFixture _ = PlannedRunFixture.alive(fixture)) {
        STEERING.forEach(call -> texts.add(said(fixture.cli, call)));
      }
      texts.addAll(mistakes(fixture));
      fixture.simulator.setFaults(FaultProfile.parse("401:1"));
      texts.add(said(fixture.cli, "backfill --rate unlimited --include-completed"));
      texts.add(saidByAProcess(fixture.cli, "backfill --resume --rate unlimited"));
      texts.add(saidByAProcess(fixture.cli.with("RACING_API_PASSWORD", WRONG), "check"));
      texts.add(logged());
      texts.addAll(files(fixture.cli.home()));
      texts.addAll(rows(fixture.jdbi()));

      assertThat(texts).hasSizeGreaterThan(CALLS.size() + 15);
      Set<String> secrets = new TreeSet<>();
      secrets.addAll(forms(CliRunner.USERNAME, CliRunner.PASSWORD));
      secrets.addAll(forms(CliRunner.USERNAME, WRONG));
      secrets.addAll(forms("anna", OF_A_USER));
      secrets.addAll(forms(fixture.database.username(), WRONG));
      secrets.addAll(forms(fixture.database.username(), fixture.database.password()));
      secrets.add(CliRunner.USERNAME);
      secrets.add(WEBHOOK);
      for (Text text : texts) {
        assertThat(secrets).as(text.from()).noneMatch(text.content()::contains);
      }
    }
  }

  private static Text said(CliRunner cli, String call) {
    if (call.startsWith("simulate")) {
      Thread.currentThread().interrupt(); // it would go on until a signal comes
    }
    Result result = cli.run(call.split(" "));
    assertThat(Thread.interrupted()).isFalse();
    assertThat(result.out() + result.err()).as(call).isNotBlank();
    return new Text(call, result.out() + result.err());
  }

  /** Invalid settings, and secrets in the wrong place. */
  private List<Text> mistakes(BackfillFixture fixture) {
    String database = fixture.database.libpqUri();
    String wrong = URLEncoder.encode(WRONG, StandardCharsets.UTF_8);
    String password = fixture.database.password();
    List<Text> texts = new ArrayList<>();
    for (String url :
        List.of(
            database.replace(password, wrong),
            database.replaceFirst("@[^/]*", "@127.0.0.1:1"),
            database.replaceFirst("@[^/]*", "@no-such-host.invalid:5432"),
            database.replaceFirst("@[^/]*", "@one two:x"),
            database.replace("postgresql://", "postgresql:/"),
            database.replace("postgresql://", "mysql://"),
            database + "?sslmode=" + wrong,
            fixture.database.jdbcUrl() + "?user=somebody&password=" + wrong)) {
      for (String call : List.of("status", "check", "backfill")) {
        texts.add(said(copy(fixture.cli).with("DATABASE_URL", url), call));
      }
    }
    CliRunner cli = copy(fixture.cli);
    texts.add(said(cli, "backfill --colour"));
    texts.add(said(cli, "--colour blue status"));
    texts.add(said(cli.with("RACING_API_BASE_URL", "http://u:" + wrong + "@h/v1"), "check"));
    texts.add(said(cli.with("RACING_API_RATE", "many"), "check"));
    return texts;
  }

  private CliRunner copy(CliRunner cli) {
    CliRunner copy = new CliRunner(folder).faster(4);
    cli.environment().forEach(copy::with);
    return copy;
  }

  /** The output of a separate process with {@code -v}, whose log goes to stderr. */
  private Text saidByAProcess(CliRunner cli, String call) throws Exception {
    Process process = cli.start(("-v " + call).split(" "));
    assertThat(process.waitFor(60, SECONDS)).isTrue();
    String out = Files.readString(folder.resolve("out.txt"));
    String err = Files.readString(folder.resolve("err.txt"));
    assertThat(out + err).as(call).isNotBlank();
    return new Text("-v " + call, out + err);
  }

  private Text logged() {
    List<ILoggingEvent> events = List.copyOf(log.list);
    assertThat(events).anyMatch(event -> event.getLevel() == Level.DEBUG);
    return new Text(
        "the log",
        events.stream()
            .map(event ->
                event.getFormattedMessage()
                    + ThrowableProxyUtil.asString(event.getThrowableProxy()))
            .collect(Collectors.joining("\n")));
  }

  private static List<String> forms(String username, String password) {
    List<String> forms = new ArrayList<>();
    for (String text : List.of(password, username + ":" + password)) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      String json = JsonFormat.line(text);
      forms.add(text);
      forms.add(json.substring(1, json.length() - 1));
      forms.add(text.replace("&", "&amp;"));
      forms.add(text.replace("&", "\\u0026"));
      forms.add(URLEncoder.encode(text, StandardCharsets.UTF_8));
      forms.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
      forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
    return forms;
  }

  /** All files but PostgreSQL's programs, which the demo unpacks. */
  private static List<Text> files(Path home) throws Exception {
    List<Text> texts = new ArrayList<>();
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file :
          files.filter(Files::isRegularFile).filter(file -> !isProgram(file)).toList()) {
        texts.add(new Text(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1)));
      }
    }
    return texts;
  }

  private static boolean isProgram(Path file) {
    return file.toString().contains("/postgres/bin-");
  }

  /** Every table, and the sessions of the database. */
  private static List<Text> rows(Jdbi jdbi) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables
                WHERE schemaname NOT IN ('pg_catalog', 'information_schema')
                UNION ALL SELECT 'pg_stat_activity'
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
