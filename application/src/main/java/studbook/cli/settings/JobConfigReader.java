package studbook.cli.settings;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import studbook.cli.settings.ConfigFile.ConfigValue;
import studbook.model.SafeText;
import studbook.service.job.JobConfig;
import studbook.service.job.JobOption;
import studbook.service.job.JobSchedule;
import studbook.service.job.ServiceJob;

/** Reads the tables {@code [jobs.NAME]} of studbook.toml; a missing one means the defaults. */
final class JobConfigReader {

  /** The keys of jobs begin so. */
  static final String TABLE = "jobs.";

  private static final String CRON = "cron";
  private static final String ZONE = "zone";
  private static final String ENABLED = "enabled";
  private static final String WINDOW = "window";
  private static final List<String> SCHEDULE_KEYS = List.of(CRON, ZONE, ENABLED, WINDOW);
  private static final int MAX_REASON = 120;

  private final Map<String, ConfigValue> values;
  private final Collection<String> mistakes;

  /**
   * @param values of the file, by path
   * @param mistakes where errors are added
   */
  JobConfigReader(Map<String, ConfigValue> values, Collection<String> mistakes) {
    this.values = values;
    this.mistakes = mistakes;
  }

  /** The jobs in the order of their constants; an invalid value leaves its default. */
  List<JobConfig> read() {
    checkKeys();
    return Arrays.stream(ServiceJob.values()).map(this::read).toList();
  }

  private void checkKeys() {
    Set<String> known = new TreeSet<>();
    for (ServiceJob job : ServiceJob.values()) {
      keys(job).forEach(key -> known.add(path(job, key)));
    }
    values.forEach((path, value) -> {
      if (path.startsWith(TABLE) && !known.contains(path)) {
        mistakes.add(
            "%s: unknown key %s; %s"
                .formatted(value.place(), SafeText.excerpt(path, MAX_REASON), known(path)));
      }
    });
  }

  private static String known(String path) {
    String[] parts = path.split("\\.", 3);
    return ServiceJob.of(parts[1])
        .map(job -> "the keys of %s are %s".formatted(job.text(), String.join(", ", keys(job))))
        .orElseGet(() -> "the jobs are " + ServiceJob.names());
  }

  private static List<String> keys(ServiceJob job) {
    return Stream.concat(SCHEDULE_KEYS.stream(), job.options().stream().map(JobOption::key))
        .toList();
  }

  private static String path(ServiceJob job, String key) {
    return TABLE + job.text() + "." + key;
  }

  private JobConfig read(ServiceJob job) {
    ZoneId zone = zone(job);
    Map<String, String> options = new HashMap<>();
    for (JobOption option : job.options()) {
      find(job, option.key())
          .filter(value -> isValid(option, value))
          .ifPresent(value -> options.put(option.key(), value.text()));
    }
    return new JobConfig(job, schedule(job, zone), enabled(job), window(job), options);
  }

  private boolean isValid(JobOption option, ConfigValue value) {
    boolean valid = option.form().matcher(value.text()).matches();
    if (!valid) {
      mistakes.add(
          "%s: %s should be %s".formatted(value.place(), option.key(), option.description()));
    }
    return valid;
  }

  private ZoneId zone(ServiceJob job) {
    Optional<ConfigValue> given = find(job, ZONE);
    try {
      return given.map(value -> ZoneId.of(value.text())).orElse(JobConfig.DEFAULT_ZONE);
    } catch (DateTimeException e) {
      mistakes.add(
          given.orElseThrow().place() + ": zone should be a time zone such as Europe/London");
      return JobConfig.DEFAULT_ZONE;
    }
  }

  private JobSchedule schedule(ServiceJob job, ZoneId zone) {
    Optional<ConfigValue> given = find(job, CRON);
    try {
      return JobSchedule.parse(given.map(ConfigValue::text).orElse(job.defaultCron()), zone);
    } catch (IllegalArgumentException e) {
      mistakes.add(
          "%s: cron should have five fields (minute, hour, day, month, weekday), such as \"%s\": %s"
              .formatted(
                  given.orElseThrow().place(),
                  job.defaultCron(),
                  SafeText.excerpt(String.valueOf(e.getMessage()), MAX_REASON)));
      return JobSchedule.parse(job.defaultCron(), zone);
    }
  }

  private boolean enabled(ServiceJob job) {
    Optional<ConfigValue> given = find(job, ENABLED);
    given
        .filter(value -> !Set.of("true", "false").contains(value.text()))
        .ifPresent(value -> mistakes.add(value.place() + ": enabled should be true or false"));
    return given.map(value -> Boolean.parseBoolean(value.text())).orElse(true);
  }

  private Optional<Duration> window(ServiceJob job) {
    Optional<ConfigValue> given = find(job, WINDOW);
    Optional<Duration> window =
        given
            .flatMap(value -> SettingFormat.OUTAGE.parser().apply(value.text()))
            .filter(Duration::isPositive);
    if (given.isPresent() && window.isEmpty()) {
      mistakes.add(
          given.get().place() + ": window should be " + SettingFormat.OUTAGE.description());
    }
    return window;
  }

  private Optional<ConfigValue> find(ServiceJob job, String key) {
    return Optional.ofNullable(values.get(path(job, key)))
        .or(() ->
            Optional.ofNullable(job.defaults().get(key))
                .map(usual -> new ConfigValue(usual, "default")));
  }

  /** Each key of each job, with its source. */
  List<EffectiveSetting> explain() {
    List<EffectiveSetting> explained = new ArrayList<>();
    for (ServiceJob job : ServiceJob.values()) {
      Map<String, String> defaults =
          Map.of(CRON, job.defaultCron(), ZONE, JobConfig.DEFAULT_ZONE.getId(), ENABLED, "true");
      for (String key : keys(job)) {
        String usual = defaults.getOrDefault(key, "");
        explained.add(
            find(job, key)
                .map(value -> new EffectiveSetting(path(job, key), value.text(), value.place()))
                .orElseGet(() ->
                    new EffectiveSetting(
                        path(job, key), usual, usual.isEmpty() ? "unset" : "default")));
      }
    }
    return explained;
  }
}
