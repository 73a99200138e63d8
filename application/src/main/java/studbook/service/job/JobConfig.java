package studbook.service.job;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A job with its settings.
 *
 * @param enabled by the settings; a person can disable it besides
 * @param window the job is stopped after this time, to be continued at its next occurrence; empty:
 *     it takes as long as it takes
 * @param options value by key, each of its {@link JobOption#form}
 */
public record JobConfig(
    ServiceJob job,
    JobSchedule schedule,
    boolean enabled,
    Optional<Duration> window,
    Map<String, String> options) {

  /** Of a job whose table sets no zone. */
  public static final ZoneId DEFAULT_ZONE = ZoneId.of("Europe/London");

  public JobConfig {
    options = Map.copyOf(options);
  }

  /** The arguments of the command that the job runs. */
  public List<String> arguments() {
    List<String> arguments = new ArrayList<>(job.command());
    for (JobOption option : job.options()) {
      String value = options.get(option.key());
      if (value != null) {
        arguments.addAll(option.arguments(value));
      }
    }
    return arguments;
  }
}
