package studbook.service.job;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The jobs of the service. Each runs a command, so that a job and a person do the same. */
public enum ServiceJob {
  /** Inserts the new horses of coming racecards. */
  DISCOVER("10 6 * * *", JobNeeds.REQUESTS),

  /** Requests horses without a date of birth. */
  ENRICH("30 6 * * *", JobNeeds.RUN),

  /** Requests horses again whose data was last confirmed long ago. */
  REFRESH("0 1 * * *", JobNeeds.RUN),

  /** Requests the failed horses of the last run again. */
  RETRY("0 12 * * *", JobNeeds.RUN),

  /** Verifies the last run and every row. */
  VALIDATE("0 5 * * *", JobNeeds.DATABASE),

  /** Compares the links to parents with the parents' rows. */
  LINKS("30 5 * * 0", JobNeeds.DATABASE),

  /** Moves old rows and logs to files. */
  ARCHIVE("0 4 2 * *", JobNeeds.DATABASE);

  private final String defaultCron;
  private final JobNeeds needs;

  ServiceJob(String defaultCron, JobNeeds needs) {
    this.defaultCron = defaultCron;
    this.needs = needs;
  }

  /** As it is written in studbook.toml and on the command line. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The job of that name. */
  public static Optional<ServiceJob> of(String text) {
    return Arrays.stream(values()).filter(job -> job.text().equals(text)).findFirst();
  }

  /** All names, for messages. */
  public static String names() {
    return Arrays.stream(values()).map(ServiceJob::text).collect(Collectors.joining(", "));
  }

  /** The cron expression if none is configured. */
  public String defaultCron() {
    return defaultCron;
  }

  /** What it uses; a run under way has the rate limit first. */
  public JobNeeds needs() {
    return needs;
  }

  /** The command line without options. */
  List<String> command() {
    return switch (this) {
      case DISCOVER -> List.of("discover");
      case ENRICH -> List.of("backfill", "--non-interactive");
      case REFRESH -> List.of("refresh", "--non-interactive");
      case RETRY -> List.of("retry", "--non-interactive");
      case VALIDATE -> List.of("validate", "--save-report");
      case LINKS -> List.of("links");
      case ARCHIVE -> List.of("archive");
    };
  }

  /** The values of its keys if none are configured, besides the cron expression. */
  public Map<String, String> defaults() {
    return this == REFRESH ? Map.of("window", "4h", "share", "30%") : Map.of();
  }

  /** What its table in studbook.toml may set besides the schedule. */
  public List<JobOption> options() {
    return switch (this) {
      case DISCOVER -> List.of(JobOption.number("days"));
      case ENRICH -> List.of(JobOption.choice("incomplete"), JobOption.number("max"));
      case REFRESH ->
          List.of(
              JobOption.text("older_than", "\\d{1,4}(d|mo|y)", "an age such as 90d, 6mo or 2y"),
              JobOption.text("share", "\\d{1,3}%", "a percentage such as 30%"),
              JobOption.number("max"));
      case RETRY -> List.of(JobOption.text("kind", "[a-z_]+", "an error kind such as timeout"));
      case VALIDATE, LINKS, ARCHIVE -> List.of();
    };
  }
}
