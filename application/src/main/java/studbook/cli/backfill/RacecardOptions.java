package studbook.cli.backfill;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import studbook.backfill.plan.RacecardScanOptions;
import studbook.backfill.plan.RacecardYield;
import studbook.cli.support.UsageException;

/** Options about racecards; a plan and a backfill take the same. */
final class RacecardOptions {

  @Option(
      names = "--no-racecards",
      description = "Request the profile of every horse and read no racecards.")
  private boolean none;

  @Option(
      names = "--racecards-since",
      paramLabel = "DAY",
      description = "First day of racecards to read, such as 2025-01-31; default: 2023-01-23.")
  private @Nullable String since;

  @Option(
      names = "--racecards-until",
      paramLabel = "DAY",
      description = "Last day of racecards to read; default: today.")
  private @Nullable String until;

  /**
   * The days to scan.
   *
   * @param cache whether runners that ra_horses lacks are cached
   */
  RacecardScanOptions racecards(Clock clock, boolean cache) {
    LocalDate today = LocalDate.now(clock.withZone(RacecardScanOptions.ZONE));
    Optional<LocalDate> first = day("--racecards-since", since, today);
    Optional<LocalDate> last = day("--racecards-until", until, today);
    if (none && (first.isPresent() || last.isPresent())) {
      throw new UsageException(
          "--racecards-%s cannot be combined with --no-racecards"
              .formatted(first.isPresent() ? "since" : "until"));
    }
    if (first.orElse(RacecardScanOptions.FIRST_DAY).isAfter(last.orElse(today))) {
      throw new UsageException(
          "there is no day between --racecards-since %s and --racecards-until %s"
              .formatted(first.orElse(RacecardScanOptions.FIRST_DAY), last.orElse(today)));
    }
    return new RacecardScanOptions(!none, first, last, cache, RacecardYield.REFERENCE);
  }

  private static Optional<LocalDate> day(String option, @Nullable String text, LocalDate today) {
    if (text == null) {
      return Optional.empty();
    }
    LocalDate day;
    try {
      day = LocalDate.parse(text.strip());
    } catch (DateTimeException e) {
      throw new UsageException(option + " must be a day such as 2025-01-31");
    }
    LocalDate last = today.plusDays(RacecardScanOptions.DAYS_AHEAD);
    if (day.isBefore(RacecardScanOptions.FIRST_DAY) || day.isAfter(last)) {
      throw new UsageException(
          "%s must be between %s and %s, the days that have racecards, not %s"
              .formatted(option, RacecardScanOptions.FIRST_DAY, last, day));
    }
    return Optional.of(day);
  }
}
