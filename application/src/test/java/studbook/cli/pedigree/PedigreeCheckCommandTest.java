package studbook.cli.pedigree;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.CliRunner;
import studbook.cli.fixture.CliRunner.Result;
import studbook.store.TestStore;

/** {@code studbook pedigree check}, {@code findings} and {@code accept}. */
class PedigreeCheckCommandTest {

  @TempDir private Path folder;

  private Result check(String csv, String... options) throws Exception {
    Files.writeString(folder.resolve("horses.csv"), csv);
    List<String> arguments = new ArrayList<>(List.of("pedigree", "check", "--from", "horses.csv"));
    arguments.addAll(List.of(options));
    return new CliRunner(folder).run(arguments.toArray(String[]::new));
  }

  @Test
  void aCycleOfAFileIsShownWholeWithItsLines() throws Exception {
    Result result = check("id,sire,dam\na,b,x\nb,c,x\nc,a,x\nfoal,a,y\n");
    assertThat(result.code()).as(result.err()).isEqualTo(1);
    assertThat(result.out())
        .contains(
            "6 horses checked by",
            "1 error, 0 warnings",
            "3 links in error: figures of a file leave out those of cycles.",
            "error cycle: each is a parent of the one before: a (line 2) > b (line 3) > c (line 4) > a"
                + " (line 2)");
  }

  @Test
  void aSoundFileHasNoErrors() throws Exception {
    Result result =
        check("id,sire,dam,yob\nfoal,sire,dam,2010\nsire,,,2000\ndam,,,2001\n", "--json");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out()).contains("\"findings\" : [ ]", "\"links_left_out\" : 0");
  }

  @Test
  void theRulesForHorsesAreLeftOutForCattle() throws Exception {
    StringBuilder csv = new StringBuilder("id,sire,dam,yob\n");
    IntStream.range(0, 10).forEach(i -> csv.append("bull%d,,,2008\n".formatted(i)));
    IntStream.range(0, 200).forEach(i -> csv.append("calf%d,bull%d,,2010\n".formatted(i, i % 10)));
    Result any = check(csv.toString());
    assertThat(any.code()).as(any.err()).isZero();
    assertThat(any.err())
        .contains("100.0% of the parents were two years old or younger", "--species horse");
    Result horse = check(csv.toString(), "--species", "horse", "--limit", "0");
    assertThat(horse.code()).isEqualTo(1);
    assertThat(horse.out()).contains("200 errors", "200 findings omitted");
  }

  @Test
  void namesOfAFileCannotControlTheTerminal() throws Exception {
    Result result = check("id,sire,dam,name\n\u001b[2Jbad,\u001b[2Jbad,,x\n");
    assertThat(result.out()).contains("is its own parent").doesNotContain("\u001b");
  }

  @Test
  void anUnknownRuleIsRefused() throws Exception {
    Result result = check("id,sire,dam\na,,\n", "--rule", "cycles");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .contains("--rule: cycles is no rule; the rules are cycle, same-parents");
  }

  @Test
  void thresholdsAreSettings() throws Exception {
    Files.createDirectories(folder.resolve("studbook-data"));
    Files.writeString(
        folder.resolve("studbook-data/studbook.toml"), "[pedigree]\ndam_old_error = 40\n");
    Result result = check("id,sire,dam,yob\nfoal,,dam,2010\ndam,,,1975\n");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out()).contains("warning dam-old: dam (line 3), born 1975, was 35 when");
  }

  @Test
  void findingsOfTheDatabaseAreStoredComparedAndAccepted() {
    try (TestStore store = TestStore.fresh()) {
      store.sql(
          """
          INSERT INTO ra_horses (horse_id, name, dob, sex_code) VALUES
            ('hrs_1', 'Old Dam', '1978-03-02', 'M'), ('hrs_2', 'Late Foal', '2010-04-04', 'C'),
            ('hrs_3', 'Young Sire', '2009-04-04', 'H')
          """);
      store.sql(
          """
          INSERT INTO ra_horse_pedigree (horse_id, sire_id, sire, dam_id, dam) VALUES
            ('hrs_2', 'sir_3', 'Young Sire', 'dam_1', 'Another Name')
          """);
      CliRunner cli = new CliRunner(folder).on(store.server);
      Result first = cli.run("pedigree", "check");
      assertThat(first.code()).as(first.err()).isEqualTo(1);
      assertThat(first.out())
          .contains("3 horses checked by", "2 errors, 1 warning", "2 links in error")
          .contains("error sire-young, new: Young Sire [hrs_3], born 2009-04-04, was 1 when")
          .contains("warning name-mismatch, new: Late Foal [hrs_2] gives its dam the name Another")
          .doesNotContain("Since the check");
      String id =
          Objects.requireNonNull(
              store.value("SELECT finding_id FROM studbook.finding WHERE rule = 'dam-old'"));
      Result accepted = cli.run("pedigree", "accept", id, "4711");
      assertThat(accepted.code()).isEqualTo(1);
      assertThat(accepted.out()).contains("Finding 4711: not found.", "1 finding accepted.");
      store.sql("UPDATE ra_horses SET dob = '2001-02-03' WHERE horse_id = 'hrs_3'");
      Result second = cli.run("pedigree", "check");
      assertThat(second.code()).as(second.err()).isZero();
      assertThat(second.out())
          .contains("0 errors, 1 warning", "1 accepted", "0 new, 1 no longer found")
          .doesNotContain("in error");
      Result listed = cli.run("pedigree", "findings", "--accepted");
      assertThat(listed.out())
          .contains("1 finding as of", id + " error dam-old, accepted: Old Dam");
    }
  }

  @Test
  void aDryRunAndAListStoreNothing() {
    try (TestStore store = TestStore.fresh()) {
      store.sql("INSERT INTO ra_horses (horse_id, dob) VALUES ('hrs_1', '1201-03-02')");
      store.sql(
          "INSERT INTO ra_horse_pedigree (horse_id, sire_id, sire) VALUES ('hrs_1', 'sir_2', 'A')");
      CliRunner cli = new CliRunner(folder).on(store.server);
      assertThat(cli.run("pedigree", "check", "--dry-run").code()).isEqualTo(1);
      assertThat(cli.run("pedigree", "findings").out()).contains("not checked yet");
      assertThat(store.value("SELECT count(*) FROM studbook.finding")).isEqualTo("0");
    }
  }

  @Test
  void anEmptyDatabaseSaysWhatToRunFirst() {
    try (TestStore store = TestStore.fresh()) {
      Result result = new CliRunner(folder).on(store.server).run("pedigree", "check");
      assertThat(result.code()).isEqualTo(2);
      assertThat(result.err()).contains("studbook backfill");
    }
  }
}
