package studbook.cli.support;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import studbook.cli.settings.FlagSettings;

/** Options that every command takes, before its name or after. */
public final class GlobalOptions {

  @Option(
      names = "--rate",
      scope = ScopeType.INHERIT,
      paramLabel = "N",
      description = "Requests a second for the account; decimals or 'unlimited' (RACING_API_RATE).")
  @Nullable String rate;

  @Option(
      names = "--racecards-rate",
      scope = ScopeType.INHERIT,
      paramLabel = "N",
      description = "The same for racecards, where they have a limit of their own.")
  @Nullable String racecardsRate;

  @Option(
      names = "--timeout",
      scope = ScopeType.INHERIT,
      paramLabel = "T",
      description = "For a whole request, body included: 30s, 500ms (RACING_API_TIMEOUT).")
  @Nullable String timeout;

  @Option(
      names = "--home",
      scope = ScopeType.INHERIT,
      paramLabel = "DIR",
      description = "Holds the embedded database and logs/ (STUDBOOK_HOME).")
  @Nullable String home;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Say more, on stderr.")
  public boolean verbose;

  FlagSettings flags() {
    return new FlagSettings(rate, racecardsRate, timeout, home);
  }
}
