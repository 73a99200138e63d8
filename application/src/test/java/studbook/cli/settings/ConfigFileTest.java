package studbook.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import studbook.quality.Thresholds;
import studbook.service.job.JobConfig;
import studbook.service.job.ServiceJob;
import studbook.time.Rate;

/** What studbook.toml sets, and what it must not contain. */
class ConfigFileTest {

  @TempDir private Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private final Map<SettingName, String> flags = new HashMap<>();

  @BeforeEach
  void home() throws IOException {
    Files.createDirectory(folder.resolve("studbook-data"));
  }

  private SettingsLoader loader() {
    return new SettingsLoader(environment, folder);
  }

  private Settings load() {
    return loader().load(flags, Set.of());
  }

  private List<String> mistakes() {
    SettingsException exception = catchThrowableOfType(SettingsException.class, this::load);
    assertThat(exception).as("nothing was refused").isNotNull();
    return exception.mistakes();
  }

  private void config(String text) throws IOException {
    Files.writeString(folder.resolve("studbook-data/studbook.toml"), text);
  }

  private static JobConfig job(Settings settings, ServiceJob job) {
    return settings.jobs().stream().filter(one -> one.job() == job).findFirst().orElseThrow();
  }

  private String source(String name) {
    return loader().explain(flags).stream()
        .filter(one -> one.name().equals(name))
        .map(one -> one.value() + " from " + one.source())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void withoutAFileEveryJobHasItsDefaults() {
    Settings settings = load();
    assertThat(settings.jobs()).extracting(JobConfig::job).containsExactly(ServiceJob.values());
    JobConfig discover = job(settings, ServiceJob.DISCOVER);
    assertThat(discover.schedule()).hasToString("10 6 * * * Europe/London");
    assertThat(discover.enabled()).isTrue();
    assertThat(discover.arguments()).containsExactly("discover");
    assertThat(settings.thresholds()).isEqualTo(Thresholds.USUAL);
    JobConfig refresh = job(settings, ServiceJob.REFRESH);
    assertThat(refresh.window()).contains(Duration.ofHours(4));
    assertThat(refresh.arguments())
        .containsExactly("refresh", "--non-interactive", "--share", "30%");
    assertThat(source("jobs.refresh.share")).isEqualTo("30% from default");
  }

  @Test
  void theFileSetsSettingsAndJobs() throws IOException {
    config(
        """
        # nightly
        racing_api_rate = 1.5
        racing_api_timeout = "10s"

        [jobs.enrich]
        cron = "0 2 * * 1-5"
        zone = "America/New_York"
        window = "4h"
        incomplete = true
        max = 1000

        [jobs]
        discover.days = 4
        retry = { enabled = false }
        """);
    Settings settings = load();
    assertThat(settings.rate()).isEqualTo(new Rate(1.5));
    JobConfig enrich = job(settings, ServiceJob.ENRICH);
    assertThat(enrich.schedule()).hasToString("0 2 * * 1-5 America/New_York");
    assertThat(enrich.window()).contains(Duration.ofHours(4));
    assertThat(enrich.arguments())
        .containsExactly("backfill", "--non-interactive", "--incomplete", "--max", "1000");
    assertThat(job(settings, ServiceJob.DISCOVER).arguments())
        .containsExactly("discover", "--days", "4");
    assertThat(job(settings, ServiceJob.DISCOVER).schedule().zone())
        .isEqualTo(ZoneId.of("Europe/London"));
    assertThat(job(settings, ServiceJob.RETRY).enabled()).isFalse();
    assertThat(source("RACING_API_RATE")).isEqualTo("1.5 from studbook.toml line 2");
    assertThat(source("jobs.enrich.cron")).isEqualTo("0 2 * * 1-5 from studbook.toml line 6");
    assertThat(source("jobs.enrich.max")).isEqualTo("1000 from studbook.toml line 10");
    assertThat(source("jobs.discover.cron")).isEqualTo("10 6 * * * from default");
  }

  @Test
  void aFlagAVariableAndAFileOfVariablesComeFirst() throws IOException {
    config("racing_api_rate = 1\n");
    assertThat(load().rate()).isEqualTo(new Rate(1));
    Files.writeString(folder.resolve(".env"), "RACING_API_RATE=3\n");
    assertThat(source("RACING_API_RATE")).isEqualTo("3 from .env");
    environment.put("RACING_API_RATE", "4");
    assertThat(source("RACING_API_RATE")).isEqualTo("4 from environment");
    flags.put(SettingName.RACING_API_RATE, "5");
    assertThat(source("RACING_API_RATE")).isEqualTo("5 from flag --rate");
    assertThat(load().rate()).isEqualTo(new Rate(5));
  }

  @Test
  void aNamedFileTakesThePlaceOfTheOneInTheHomeDirectory() throws IOException {
    config("racing_api_rate = 1\n");
    Files.writeString(
        folder.resolve("other.toml"), "studbook_home = \"elsewhere\"\nracing_api_rate = 7\n");
    flags.put(SettingName.STUDBOOK_CONFIG, "other.toml");
    assertThat(load().rate()).isEqualTo(new Rate(7));
    assertThat(load().home()).isEqualTo(folder.resolve("elsewhere"));
    flags.put(SettingName.STUDBOOK_CONFIG, "missing.toml");
    assertThat(mistakes())
        .containsExactly("--config: " + folder.resolve("missing.toml") + " does not exist");
  }

  @Test
  void secretsAreMasked() {
    environment.put("RACING_API_PASSWORD", "opensesame");
    environment.put("DATABASE_URL", "postgresql://ann:opensesame@db/racing");
    assertThat(loader().explain(flags).toString())
        .doesNotContain("opensesame")
        .contains("name=RACING_API_PASSWORD, value=********, source=environment");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          racing_api_rate = "fast" | line 2: racing_api_rate should be requests per second
          raceing_api_rate = 2     | line 2: unknown key raceing_api_rate; the keys are racing_api_base_url,
          racing_api_password = "x" | line 2: racing_api_password is a secret: set it in the environment
          studbook_home = "x"      | line 2: the file is found in the home directory, so it cannot set
          studbook_config = "x"    | line 2: unknown key studbook_config
          racing_api_rate = [1, 2] | line 2: racing_api_rate should be a text, a number, true or false
          jobs.discover.cron = "10 6 * *" | line 2: cron should have five fields
          jobs.discover.cron = "0 4 30 2 *" | line 2: cron should have five fields (minute, hour, day, month, weekday), such as "10 6 * * *": it never matches
          jobs.discover.zone = "London" | line 2: zone should be a time zone such as Europe/London
          jobs.discover.enabled = "no" | line 2: enabled should be true or false
          jobs.discover.window = "long" | line 2: window should be a duration
          jobs.discover.days = 0   | line 2: days should be a number from 1
          jobs.discover.kron = "x" | line 2: unknown key jobs.discover.kron; the keys of discover are cron, zone, enabled, window, days
          jobs.sweep.cron = "x"    | line 2: unknown key jobs.sweep.cron; the jobs are discover,
          racing_api_rate =        | line 2 is not valid TOML:
          """)
  void aMistakeIsReportedWithFileAndLine(String line, String mistake) throws IOException {
    config("# first line\n" + line + "\n");
    assertThat(mistakes()).singleElement().asString().startsWith("studbook.toml " + mistake);
  }

  @Test
  void anUnreadableFileIsAMistake() throws IOException {
    Files.write(folder.resolve("studbook-data/studbook.toml"), new byte[] {'#', (byte) 0xff});
    assertThat(mistakes()).containsExactly("studbook.toml is not UTF-8 text");
  }
}
