package studbook.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner;
import studbook.cli.fixture.CliRunner.Result;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The report before a run, through the command. */
class PreExecutionReportTest {

  @TempDir Path folder;

  @Test
  void reportsStateEstimateSettingsAndCommands() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(30, folder).imported()) {
      fixture.cli.run("init");
      Result markdown = fixture.cli.run("report", "--before");
      assertThat(markdown.code()).as(markdown.err()).isZero();
      assertThat(markdown.out())
          .contains("# Studbook pre-execution report", "**PLANNED** · 30 of 30 horses")
          .contains("## State of the database", "## Estimate", "## Settings", "## Commands")
          .contains("| studbook backfill --test", "RACING_API_RATE")
          .doesNotContain(CliRunner.PASSWORD, CliRunner.USERNAME);
      for (int i = 0; i < 2; i++) {
        Result html = fixture.cli.run("report", "--before", "--out", "before.html");
        assertThat(html.code()).as("written %d times: %s", i + 1, html.err()).isZero();
      }
      assertThat(Files.readString(folder.resolve("before.html"))).contains("<!doctype html>");
      JsonNode json =
          JsonMapper.shared().readTree(fixture.cli.run("report", "--before", "--json").out());
      assertThat(json.get("pending").asLong()).isEqualTo(30);
      assertThat(fixture.count("SELECT count(*) FROM studbook.run")).isZero();
      assertThat(fixture.simulator.statistics().arrivals()).isZero();
    }
  }

  @Test
  void aRunDoesNotGoWithIt() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(3, folder).imported()) {
      fixture.cli.run("init");
      Result refused = fixture.cli.run("report", "--before", "--run", "7");
      assertThat(refused.code()).isEqualTo(2);
      assertThat(refused.err()).contains("7").hasLineCount(1);
    }
  }
}
