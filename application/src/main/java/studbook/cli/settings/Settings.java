package studbook.cli.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import studbook.backfill.files.LogRetention;
import studbook.notification.NotificationConfig;
import studbook.pedigree.check.RuleThresholds;
import studbook.quality.Thresholds;
import studbook.racingapi.ApiAccount;
import studbook.service.job.JobConfig;
import studbook.store.connection.DatabaseAddress;
import studbook.store.table.RefreshIntervals;
import studbook.time.Rate;

/**
 * All settings, validated. Immutable; {@code toString} shows no secret.
 *
 * @param api empty only if the command does not need it and no credentials are set
 * @param rate of the account, all requests together
 * @param racecardsRate of racecards alone, if they have a limit of their own
 * @param database empty for the embedded PostgreSQL
 * @param home absolute; contains the embedded database and the logs; may not exist yet
 * @param thresholds for the validation of a run and its rows
 * @param refreshIntervals after which horses are requested again
 * @param logRetention how long logs and reports are kept
 * @param keepRuns how long work items stay in the database after a run has ended; empty: for ever
 * @param notifications where notifications are sent to
 * @param dashboard where it is served, and for whom
 * @param jobs of the service, one for each of its jobs
 * @param pedigreeThresholds of the pedigree check
 */
public record Settings(
    Optional<ApiAccount> api,
    Rate rate,
    Optional<Rate> racecardsRate,
    Optional<DatabaseAddress> database,
    Path home,
    Thresholds thresholds,
    RefreshIntervals refreshIntervals,
    LogRetention logRetention,
    Optional<Period> keepRuns,
    NotificationConfig notifications,
    DashboardSettings dashboard,
    List<JobConfig> jobs,
    RuleThresholds pedigreeThresholds) {

  /** A year. */
  public static final Period USUAL_RUN_AGE = Period.ofMonths(12);

  /** Whether Studbook reads the variable of that name, itself or as libpq does. */
  public static boolean isRead(String variable) {
    return SettingName.isKnown(variable) || variable.startsWith("PG") || variable.equals("HOME");
  }

  /** {@code NAME=value} of a run's settings for its report, without secrets and user names. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    api.ifPresent(account -> lines.add("RACING_API_BASE_URL=" + account.base()));
    lines.add("RACING_API_RATE=" + rate);
    racecardsRate.ifPresent(limit -> lines.add("RACING_API_RACECARDS_RATE=" + limit));
    api.ifPresent(account -> lines.add("RACING_API_TIMEOUT=" + timeout(account.timeout())));
    lines.add("DATABASE_URL=" + database.map(DatabaseAddress::location).orElse("embedded"));
    lines.add("STUDBOOK_HOME=" + home);
    return lines;
  }

  /** As a person would set it: {@code 30s}, {@code 1500ms}. */
  private static String timeout(Duration timeout) {
    long millis = timeout.toMillis();
    return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
  }
}
