package studbook.cli.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import studbook.cli.fixture.CliRunner;
import studbook.cli.fixture.CliRunner.Result;
import studbook.cli.fixture.PseudoTerminal;

/** {@code studbook init --wizard} on a terminal. */
class AskedWizardTest {

  private static final Duration LONGEST = Duration.ofSeconds(30);

  @TempDir Path folder;

  private WizardFixture wizard;
  private int seen;

  @BeforeEach
  void prepare() {
    wizard = new WizardFixture(30, folder);
    wizard.script(WizardFixture.TABLES).horses("racing.ra_mst_horses");
  }

  @AfterEach
  void tidy() {
    wizard.close();
  }

  private PseudoTerminal start() throws Exception {
    return PseudoTerminal.start(wizard.unset(), 80, "wizard", "init", "--wizard");
  }

  /** Waits for a question that has not been answered before, and answers. */
  private void answer(PseudoTerminal pty, String question, String text) throws Exception {
    pty.await(question, () -> pty.sent().indexOf(question, seen) >= 0);
    seen = pty.sent().indexOf(question, seen) + question.length();
    pty.type(text);
  }

  private String withoutPassword() {
    return wizard.fixture.database.libpqUri().replaceFirst(":[^:@/]*@", "@");
  }

  private void upToTheAccount(PseudoTerminal pty) throws Exception {
    answer(pty, "Database URL: ", withoutPassword());
    answer(pty, "(Enter: none): ", wizard.fixture.database.password());
    answer(pty, "Does it have your horses? [Y/n] ", "");
    answer(pty, "Is this right? [Y/n] ", "");
    answer(pty, "Run these statements now? [y/N] ", "y");
  }

  @Test
  void wrongAnswersAreAskedAgainAndTheRestIsSetUp() throws Exception {
    Files.writeString(wizard.envFile(), "# mine\nSTUDBOOK_KEEP_LOGS=30d\n");
    try (PseudoTerminal pty = start()) {
      answer(pty, "Database URL: ", "mysql://nonsense");
      answer(pty, "Database URL: ", "postgresql://me:oats-and-hay@127.0.0.1:1/x");
      answer(pty, "Database URL: ", withoutPassword());
      answer(pty, "(Enter: none): ", "wrong-oats");
      answer(pty, "Database URL: ", withoutPassword());
      answer(pty, "(Enter: none): ", wizard.fixture.database.password());
      answer(pty, "Does it have your horses? [Y/n] ", "perhaps");
      answer(pty, "Does it have your horses? [Y/n] ", "");
      answer(pty, "Is this right? [Y/n] ", "n");
      answer(pty, "horse_id [id] ", "");
      answer(pty, "name [name] ", "nothing");
      answer(pty, "name [name] ", "");
      for (String column :
          new String[] {"sex", "sex_code", "dob", "colour", "colour_code", "region"}) {
        answer(pty, column + " [+] ", "");
      }
      answer(pty, "created_at [+] ", "");
      answer(pty, "updated_at [+] ", "");
      answer(pty, "Is this right? [Y/n] ", "y");
      answer(pty, "Run these statements now? [y/N] ", "y");
      answer(pty, "User name: ", CliRunner.USERNAME);
      answer(pty, "Password: ", "wrong-hay");
      answer(pty, "with one or two requests? [Y/n] ", "");
      answer(pty, "Enter the account again? [Y/n] ", "");
      answer(pty, "User name: ", CliRunner.USERNAME);
      answer(pty, "Password: ", CliRunner.PASSWORD);
      answer(pty, "Write it, readable by you only? [Y/n] ", "");

      assertThat(pty.exitCode(LONGEST)).as(pty.sent()).isZero();
      assertThat(pty.sent())
          .contains("DATABASE_URL should begin with postgresql://")
          .contains("racing.ra_mst_horses has no column nothing; its columns are id, name.")
          .contains("answered 401", "Ready. Next: `studbook plan`")
          .doesNotContain("oats-and-hay", "wrong-oats", "wrong-hay", CliRunner.PASSWORD)
          .doesNotContain(wizard.fixture.database.password(), CliRunner.USERNAME);
    }
    assertThat(wizard.saved()).startsWith("# mine\nSTUDBOOK_KEEP_LOGS=30d\n");
    Result check = wizard.unset().run("check");
    assertThat(check.code()).as(check.out()).isZero();
    assertThat(check.out()).contains("30 horses, 0 with dob");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ctrl-C", "Ctrl-D", "TERM"})
  void anEndLeavesNothingHalfWritten(String end) throws Exception {
    long before = wizard.relations();
    try (PseudoTerminal pty = start()) {
      answer(pty, "Database URL: ", withoutPassword());
      pty.await("(Enter: none): ");
      switch (end) {
        case "Ctrl-C" -> pty.controlC();
        case "Ctrl-D" -> pty.type("\u0004");
        default -> pty.signal("TERM");
      }

      assertThat(pty.exitCode(LONGEST)).as(pty.sent()).isEqualTo(3);
      assertThat(pty.sent())
          .contains("Stopped. Nothing was changed.")
          .doesNotContain("Exception", "internal error");
    }
    assertThat(wizard.envFile()).doesNotExist();
    assertThat(wizard.relations()).isEqualTo(before);
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void anEndAfterTheViewsSaysThatTheyAreThere() throws Exception {
    try (PseudoTerminal pty = start()) {
      upToTheAccount(pty);
      pty.await("User name: ");
      pty.controlC();

      assertThat(pty.exitCode(LONGEST)).as(pty.sent()).isEqualTo(3);
      assertThat(pty.sent()).contains("The views are there; .env.local was not written.");
    }
    assertThat(wizard.envFile()).doesNotExist();
    assertThat(wizard.fixture.count("SELECT count(*) FROM ra_horses")).isEqualTo(30);
  }

  @Test
  void oneOfSeveralTablesIsChosenAndStatementsGoToAFile() throws Exception {
    wizard.script(
        """
        CREATE TABLE stable (hrs_id text PRIMARY KEY, name text);
        INSERT INTO stable VALUES ('hrs_77', 'Other');
        CREATE TABLE pedigrees (horse_id text PRIMARY KEY, sire text);
        """);
    long before = wizard.relations();
    try (PseudoTerminal pty = start()) {
      answer(pty, "Database URL: ", wizard.fixture.database.libpqUri());
      answer(pty, "Which one has them? [1] ", "7");
      answer(pty, "Which one has them? [1] ", "2");
      answer(pty, "Is this right? [Y/n] ", "");
      answer(pty, "Which one has them? [1] ", "2");
      answer(pty, "Run these statements now? [y/N] ", "");
      answer(pty, "Write them to studbook-views.sql? [Y/n] ", "");
      answer(pty, "User name: ", CliRunner.USERNAME);
      answer(pty, "Password: ", CliRunner.PASSWORD);
      answer(pty, "with one or two requests? [Y/n] ", "n");
      answer(pty, "Write it, readable by you only? [Y/n] ", "n");

      assertThat(pty.exitCode(LONGEST)).as(pty.sent()).isEqualTo(2);
      assertThat(pty.sent())
          .contains("Answer with a number from 1 to 3.", "export RACING_API_PASSWORD='…'")
          .contains("1  racing.ra_mst_horses, 30 rows", "2  public.stable, 1 row")
          .doesNotContain(wizard.fixture.database.password());
    }
    assertThat(folder.resolve("studbook-views.sql")).content().contains("FROM public.stable;");
    assertThat(wizard.envFile()).doesNotExist();
    assertThat(wizard.relations()).isEqualTo(before);
    assertThat(wizard.fixture.simulator.statistics().arrivals()).isZero();
  }

  @Test
  void settingsOfAFileAreOfferedAndStay() throws Exception {
    String file =
        "DATABASE_URL=%s\nRACING_API_USERNAME=%s\nRACING_API_PASSWORD='%s'\n"
            .formatted(wizard.fixture.database.libpqUri(), CliRunner.USERNAME, CliRunner.PASSWORD);
    Files.writeString(wizard.envFile(), file);
    try (PseudoTerminal pty = start()) {
      answer(pty, "(from .env.local)? [Y/n] ", "");
      answer(pty, "Does it have your horses? [Y/n] ", "");
      answer(pty, "Is this right? [Y/n] ", "");
      answer(pty, "Run these statements now? [y/N] ", "y");
      answer(pty, "with one or two requests? [Y/n] ", "");

      assertThat(pty.exitCode(LONGEST)).as(pty.sent()).isZero();
    }
    assertThat(wizard.saved()).isEqualTo(file);
  }
}
