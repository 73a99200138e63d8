package studbook.cli.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner;
import studbook.cli.fixture.CliRunner.Result;

class CheckAndDemoTest {

  @TempDir Path folder;

  @Test
  void checkPrintsALinePerItemAndSendsAtMostTwoRequests() {
    try (BackfillFixture fixture = new BackfillFixture(5, folder)) {
      Result result = fixture.cli.run("check");

      assertThat(result.code()).as(result.out()).isZero();
      assertThat(result.out())
          .containsPattern("Settings +ok")
          .containsPattern("Directory +ok")
          .containsPattern("Database +ok")
          .containsPattern("API +ok");
      assertThat(fixture.simulator.statistics().arrivals()).isBetween(1L, 2L);
    }
  }

  @Test
  void checkFailsOnAnAddressThatIsNotTheApis() {
    try (BackfillFixture fixture = new BackfillFixture(5, folder)) {
      String host = fixture.simulator.baseUri().resolve("/").toString();
      Result result = fixture.cli.with("RACING_API_BASE_URL", host).run("check");

      assertThat(result.code()).as(result.out()).isEqualTo(2);
      assertThat(result.out()).containsPattern("API +FAILED .*404.*RACING_API_BASE_URL.*/v1");
    }
  }

  @Test
  void checkNamesTheVariablesOfWrongCredentials() {
    try (BackfillFixture fixture = new BackfillFixture(5, folder)) {
      Result result = fixture.cli.with("RACING_API_PASSWORD", "wrong-secret").run("-v", "check");

      assertThat(result.code()).isEqualTo(2);
      assertThat(result.out()).containsPattern("API +FAILED .*401.*RACING_API_USERNAME");
      assertThat(result.out() + result.err()).doesNotContain("wrong-secret");
    }
  }

  private static int number(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return Integer.parseInt(matcher.group(1));
  }

  private static int planned(String text) {
    return number(text, "Requests +(?:about )?(\\d+) days of racecards")
        + number(text, "then about (\\d+) profiles");
  }

  @Test
  void demoShowsTheWholeJobAgainAndAgain() {
    CliRunner cli =
        new CliRunner(folder).with("DATABASE_URL", "postgresql://localhost:1/never-looked-at");
    String last = "";
    int exceeded = 0;
    for (int horses : List.of(60, 300)) {
      Result demo = cli.run("demo", "--horses", Integer.toString(horses));

      assertThat(demo.code()).as(demo.err()).isZero();
      if (number(demo.out(), "at most (\\d+) in any second")
          > number(demo.out(), "Limit +(\\d+) requests/s")) {
        exceeded++;
      }
      assertThat(demo.out())
          .containsSubsequence(
              "Before",
              "Enriched ",
              "0.0%",
              horses + " pending",
              "Run 1 is finished.",
              "Report: ",
              "After",
              "The database stays in ./studbook-data/demo",
              "  studbook --home ./studbook-data/demo validate\n");
      last = demo.out();
    }
    assertThat(exceeded).as("one at most, where the machine is busy").isLessThanOrEqualTo(1);
    assertThat(number(last, "Racecards: \\d+ requests completed (\\d+) horses"))
        .as("racecards save requests")
        .isGreaterThan(number(last, "Racecards: (\\d+) requests completed"));
    assertThat(number(last, "The API received (\\d+) requests"))
        .isBetween(planned(last) * 9 / 10, planned(last) * 11 / 10);
    Result status = cli.with("DATABASE_URL", "").run("--home", "studbook-data/demo", "status");
    assertThat(status.out()).contains("Run 1 (finished): 300 of 300 completed");
  }

  @Test
  void demoSuggestsCommandsThatCanBeTyped() {
    CliRunner cli = new CliRunner(folder).with("STUDBOOK_LAUNCHER", "../stud book/studbook");
    Result demo = cli.with("STUDBOOK_HOME", folder.toString()).run("demo", "--horses", "1");

    assertThat(demo.code()).as(demo.err()).isZero();
    assertThat(demo.out())
        .contains("The database stays in ./demo. ")
        .contains("\n  '../stud book/studbook' --home ./demo validate\n")
        .contains("\n  '../stud book/studbook' check ");
    Result status = cli.run("--home", "./demo", "status");
    assertThat(status.out()).contains("Run 1 (finished): 1 of 1 completed");
  }
}
