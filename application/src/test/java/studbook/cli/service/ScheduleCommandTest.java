package studbook.cli.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner.Result;

class ScheduleCommandTest {

  @TempDir private Path folder;

  @Test
  void aJobIsListedRunDisabledAndEnabled() throws Exception {
    try (BackfillFixture fixture =
        new BackfillFixture(20, folder, BackfillFixture.options()).imported()) {
      fixture.cli.with("RACING_API_RATE", "unlimited");
      Result before = fixture.cli.run("schedule");
      assertThat(before.code()).as(before.err()).isZero();
      assertThat(before.out())
          .containsPattern("discover +10 6 \\* \\* \\* +Europe/London +never")
          .containsPattern("enrich +30 6 ");
      Result run = fixture.cli.run("schedule", "run", "enrich");
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(run.out()).contains("Run 1 is finished.");
      assertThat(fixture.list("SELECT state FROM studbook.run")).containsExactly("finished");
      assertThat(fixture.cli.run("schedule", "list").out())
          .containsPattern("enrich +30 6 .* done +.*Report: ");
      Result retry = fixture.cli.run("schedule", "run", "retry");
      assertThat(retry.code()).as(retry.err()).isZero();
      assertThat(retry.out()).contains("has no failed horses left");
      assertThat(fixture.cli.run("schedule", "disable", "retry").code()).isZero();
      assertThat(fixture.cli.run("schedule").out()).containsPattern("retry .* disabled ");
      assertThat(fixture.cli.run("schedule", "enable", "retry").code()).isZero();
      assertThat(fixture.cli.run("schedule").out()).doesNotContain("disabled");
    }
  }

  @Test
  void aMistakeIsOneSentence() throws Exception {
    try (BackfillFixture fixture =
        new BackfillFixture(3, folder, BackfillFixture.options()).imported()) {
      Result unknown = fixture.cli.run("schedule", "run", "sweep");
      assertThat(unknown.code()).isEqualTo(2);
      assertThat(unknown.err())
          .isEqualTo(
              "studbook: there is no job sweep; the jobs are discover, enrich, refresh, retry, validate, links, archive\n");
      Files.createDirectories(fixture.cli.home());
      Files.writeString(
          fixture.cli.home().resolve("studbook.toml"), "jobs.retry.enabled = false\n");
      assertThat(fixture.cli.run("schedule", "enable", "retry").err())
          .contains("retry stays disabled: studbook.toml has enabled = false in [jobs.retry]");
    }
  }

  @Test
  void theSettingsCanBeCheckedAndShown() throws Exception {
    try (BackfillFixture fixture =
        new BackfillFixture(3, folder, BackfillFixture.options()).imported()) {
      assertThat(fixture.cli.run("config", "check").out()).isEqualTo("Every setting is valid.\n");
      Result shown = fixture.cli.run("config", "show");
      assertThat(shown.out())
          .containsPattern("RACING_API_RATE +2 +default")
          .containsPattern("DATABASE_URL +\\*+ +environment")
          .containsPattern("jobs.discover.cron +10 6 \\* \\* \\* +default")
          .doesNotContain(fixture.cli.environment().get("DATABASE_URL"));
      Files.createDirectories(fixture.cli.home());
      Files.writeString(fixture.cli.home().resolve("studbook.toml"), "jobs.retry.cron = 1\n");
      Result refused = fixture.cli.run("config", "check");
      assertThat(refused.code()).isEqualTo(2);
      assertThat(refused.err()).startsWith("studbook: studbook.toml line 1: cron should have five");
      assertThat(fixture.cli.run("config").code()).isEqualTo(2);
    }
  }
}
