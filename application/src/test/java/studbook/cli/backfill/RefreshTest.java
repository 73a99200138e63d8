package studbook.cli.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner.Result;
import studbook.simulator.http.SimulatedEndpoint;

/** {@code refresh}, {@code changes} and {@code review} through the command line. */
class RefreshTest {

  @TempDir Path folder;

  private static Result refresh(BackfillFixture fixture, String... more) {
    String[] words = {"refresh", "--rate", "unlimited", "--non-interactive"};
    String[] all = java.util.Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return fixture.cli.run(all);
  }

  private static BackfillFixture filled(Path folder) throws Exception {
    BackfillFixture fixture = new BackfillFixture(200, folder).imported();
    Result result = fixture.cli.run("backfill", "--rate", "unlimited", "--no-racecards");
    assertThat(result.code()).as(result.out() + result.err()).isZero();
    return fixture;
  }

  @Test
  void changesWhatTheApiChangedAndConfirmsAll() throws Exception {
    try (BackfillFixture fixture = filled(folder)) {
      assertThat(refresh(fixture).out()).contains("Nothing to do: every horse was confirmed");
      fixture.sql(
          """
          UPDATE ra_horses SET colour = 'green', colour_code = 'X', updated_at = '2026-01-01'
          WHERE horse_id IN (SELECT horse_id FROM ra_horses WHERE dob IS NOT NULL AND colour_code <> '' ORDER BY horse_id LIMIT 3)
          """);
      fixture.sql("UPDATE ra_horses SET updated_at = '2026-01-01'");
      fixture.sql("UPDATE studbook.confirmation SET confirmed_at = '2024-01-01'");
      long asked = fixture.simulator.statistics().count(SimulatedEndpoint.PRO, 200);

      Result dry = refresh(fixture, "--older-than", "0d", "--dry-run");
      assertThat(dry.code()).isZero();
      assertThat(dry.out()).contains("200 due").contains("Nothing was requested");
      assertThat(
              refresh(
                      fixture,
                      "--older-than",
                      "0d",
                      "--max",
                      "7",
                      "--share",
                      "30%",
                      "--dry-run",
                      "--json")
                  .out())
          .contains("\"pending\" : 7", "\"share_percent\" : 30");
      assertThat(refresh(fixture, "--json").err()).contains("--json needs --dry-run");
      assertThat(fixture.simulator.statistics().count(SimulatedEndpoint.PRO, 200)).isEqualTo(asked);

      Result result = refresh(fixture);
      assertThat(result.code()).as(result.out() + result.err()).isZero();
      fixture.assertThatRowsEqualWhatWasServed();
      assertThat(fixture.count("SELECT count(*) FROM ra_horses WHERE updated_at > '2026-01-02'"))
          .isEqualTo(3);
      assertThat(
              fixture.count(
                  "SELECT count(*) FROM studbook.confirmation WHERE confirmed_at < '2026-01-02'"))
          .isZero();
      assertThat(fixture.cli.run("changes").out().lines().filter(line -> line.contains("green")))
          .hasSize(3);
      String horse = fixture.list("SELECT min(horse_id) FROM studbook.change").getFirst();
      assertThat(
              fixture
                  .cli
                  .run("changes", "--horse", horse, "--field", "colour", "--since", "1d")
                  .out())
          .contains("green");
      assertThat(fixture.cli.run("changes", "--field", "dob").out()).contains("No changes.");
      assertThat(fixture.cli.run("show", horse).out()).contains("green", "Confirmed by the API");
      assertThat(fixture.cli.run("export", "changes", "-").out())
          .contains("horse_id,column_name,old_value,new_value,source,run_id,changed_at", "green");
      assertThat(fixture.cli.run("runs", "--json").out()).contains("\"kind\" : \"refresh\"");
      assertThat(fixture.cli.run("validate").code())
          .as("rows that a refresh wrote are as they were written")
          .isZero();
    }
  }

  @Test
  void aPersonDecidesSuspiciousChanges() throws Exception {
    try (BackfillFixture fixture = filled(folder)) {
      fixture.sql(
          """
          UPDATE ra_horses SET dob = dob - 4000
          WHERE horse_id IN (SELECT horse_id FROM ra_horses WHERE dob IS NOT NULL ORDER BY horse_id LIMIT 3)
          """);
      assertThat(refresh(fixture, "--older-than", "0d").code()).isZero();
      List<String> ids = fixture.list("SELECT review_id FROM studbook.review ORDER BY review_id");
      assertThat(ids).hasSize(3);
      assertThat(fixture.cli.run("review").out().lines()).hasSize(4);
      assertThat(fixture.cli.run("review", "reject", ids.getFirst()).out())
          .contains("1 review rejected.");
      assertThat(fixture.cli.run("review", "accept", ids.getFirst()).code()).isEqualTo(1);
      assertThat(fixture.cli.run("review", "accept", "--field", "dob", "--all").out())
          .contains("2 reviews accepted.");
      assertThat(fixture.cli.run("review").out()).contains("No reviews are waiting.");
      assertThat(refresh(fixture, "--older-than", "0d").code()).isZero();
      assertThat(fixture.cli.run("review", "--json").out()).contains("\"reviews\" : [ ]");
      assertThat(fixture.count("SELECT count(*) FROM studbook.change WHERE source = 'review'"))
          .isEqualTo(2);
      assertThat(fixture.cli.run("review", "accept").code()).isEqualTo(2);
    }
  }

  @Test
  void takesTheLongestUnconfirmedOfAFileUpToAMaximum() throws Exception {
    try (BackfillFixture fixture = filled(folder)) {
      List<String> horses =
          fixture.list(
              "SELECT horse_id FROM ra_horses WHERE dob IS NOT NULL ORDER BY horse_id LIMIT 5");
      Files.write(folder.resolve("ids"), horses);
      fixture.sql(
          "UPDATE studbook.confirmation SET confirmed_at = '2026-01-01' WHERE horse_id = '%s'"
              .formatted(horses.get(3)));
      Result result =
          refresh(
              fixture, "--older-than", "0d", "--ids-file", "ids", "--max", "1", "--share", "50%");
      assertThat(result.code()).as(result.out() + result.err()).isZero();
      assertThat(
              fixture.list(
                  "SELECT horse_id FROM studbook.work_item JOIN studbook.run USING (run_id) WHERE kind = 'refresh' AND budget_share = 0.5"))
          .containsExactly(horses.get(3));
    }
  }

  @Test
  void anUnfinishedBackfillGoesFirst() throws Exception {
    try (BackfillFixture fixture = filled(folder)) {
      fixture.sql("UPDATE studbook.run SET state = 'stopped'");
      Result result = refresh(fixture, "--older-than", "0d");
      assertThat(result.code()).isEqualTo(2);
      assertThat(result.err()).contains("is an unfinished backfill: `studbook backfill --resume`");
      fixture.sql("UPDATE studbook.run SET kind = 'refresh'");
      assertThat(refresh(fixture, "--older-than", "0d").code()).as("planned anew").isZero();
    }
  }

  @Test
  void refusesWhatIsNoAgeAndNoShare() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(5, folder)) {
      assertThat(refresh(fixture, "--older-than", "soon").err())
          .contains("--older-than should be an age such as 90d, 6mo or 2y");
      assertThat(refresh(fixture, "--share", "0%").err())
          .contains("--share should be a percentage");
      assertThat(refresh(fixture, "--max", "0").code()).isEqualTo(2);
      fixture.cli.with("STUDBOOK_REFRESH_OTHERS", "half a year");
      assertThat(refresh(fixture).err()).contains("STUDBOOK_REFRESH_OTHERS should be an age");
    }
  }
}
