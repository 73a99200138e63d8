package studbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner.Result;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ArchiveCommandTest {

  @TempDir Path folder;

  private BackfillFixture fixture;

  @BeforeEach
  void finishARunOfLongAgo() throws Exception {
    fixture = new BackfillFixture(60, folder).imported().failEveryThird("500:1.0");
    assertThat(fixture.cli.run("backfill", "--rate", "unlimited").code()).isEqualTo(1);
    fixture.sql(
        "UPDATE studbook.run SET started_at = started_at - interval '5 years', ended_at = ended_at - interval '5 years'");
    fixture.sql("UPDATE studbook.run_event SET occurred_at = occurred_at - interval '5 years'");
    fixture.sql("UPDATE studbook.run_sample SET sampled_at = sampled_at - interval '5 years'");
    fixture.sql("UPDATE studbook.error SET occurred_at = occurred_at - interval '5 years'");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void runsStatusAndReportShowTheSameTotalsAfterwards() {
    JsonNode runs = json("runs", "--json");
    JsonNode status = json("status", "--json").path("last_run");
    JsonNode report = json("report", "--json");
    JsonNode archived = json("archive", "--json");
    assertThat(archived.path("files").size()).isGreaterThanOrEqualTo(5);
    assertThat(fixture.count("SELECT count(*) FROM studbook.work_item")).isZero();

    assertThat(json("runs", "--json")).isEqualTo(runs);
    assertThat(json("status", "--json").path("last_run")).isEqualTo(status);
    JsonNode after = json("report", "--json");
    assertThat(after.path("run")).isEqualTo(report.path("run"));
    Result text = fixture.cli.run("report", "--format", "md");
    assertThat(text.out()).contains("archived").doesNotContain("No request and no row failed.");
  }

  @Test
  void errorsNameTheArchiveAndReadIt() {
    long errors = json("errors", "--json").path("log_entries").longValue();
    assertThat(errors).isPositive();
    String month = json("archive", "--json").path("files").get(0).path("month").stringValue();
    assertThat(fixture.cli.run("errors").out())
        .contains("studbook errors --archived --month " + month + " --run 1");
    JsonNode archived = json("errors", "--archived", "--month", month, "--limit", "2", "--json");
    assertThat(archived.path("log_entries").longValue()).isEqualTo(errors);
    assertThat(archived.path("errors").size()).isEqualTo(2);
    assertThat(archived.path("omitted").longValue()).isEqualTo(errors - 2);
    assertThat(fixture.cli.run("errors", "--archived", "--month", month).out())
        .contains("server_error");
  }

  @Test
  void aDryRunWritesNothing() {
    Result result = fixture.cli.run("archive", "--dry-run");
    assertThat(result.code()).isZero();
    assertThat(result.out()).contains("File, not written").contains("work-items");
    assertThat(Files.exists(fixture.cli.home().resolve("archive"))).isFalse();
    assertThat(fixture.count("SELECT count(*) FROM studbook.work_item")).isEqualTo(60);
    assertThat(fixture.count("SELECT count(timeline) FROM studbook.run")).isZero();
  }

  @Test
  void mistakesAreNamed() {
    assertMistake("--before must not be after the current month", "archive", "--before", "2999-01");
    assertMistake("2026-13", "archive", "--before", "2026-13");
    assertMistake("need each other", "errors", "--archived");
    assertMistake("need each other", "errors", "--month", "2026-10");
    assertMistake(
        "no errors of 2001-01 are archived", "errors", "--archived", "--month", "2001-01");
    fixture.cli.with("STUDBOOK_KEEP_RUNS", "3mo");
    assertMistake("STUDBOOK_KEEP_RUNS should be", "archive");
  }

  @Test
  void ledgersStayForAsLongAsTheSettingSays() {
    fixture.cli.with("STUDBOOK_KEEP_RUNS", "forever");
    assertThat(fixture.cli.run("archive").code()).isZero();
    assertThat(fixture.count("SELECT count(*) FROM studbook.error")).isZero();
    assertThat(fixture.count("SELECT count(*) FROM studbook.work_item")).isEqualTo(60);
    fixture.cli.with("STUDBOOK_KEEP_RUNS", "4y");
    assertThat(fixture.cli.run("archive").code()).isZero();
    assertThat(fixture.count("SELECT count(*) FROM studbook.work_item")).isZero();
    assertThat(fixture.cli.run("archive").out()).contains("Nothing is old enough");
  }

  private JsonNode json(String... command) {
    Result result = fixture.cli.run(command);
    assertThat(result.code()).as(result.err()).isIn(0, 1);
    return JsonMapper.shared().readTree(result.out());
  }

  private void assertMistake(String message, String... command) {
    Result result = fixture.cli.run(command);
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains(message);
  }
}
