package studbook.cli.option;

import java.util.Map;
import picocli.CommandLine.Option;
import studbook.cli.settings.SettingName;

/** Options of commands that keep the rate limit or estimate by it. */
public class RateOptions {

  @Option(
      names = "--rate",
      paramLabel = "N",
      description =
          "Requests per second for the account; decimals or 'unlimited' (RACING_API_RATE).")
  private String rate = "";

  @Option(
      names = "--racecards-rate",
      paramLabel = "N",
      description =
          "Requests per second for racecards, if your plan limits them separately"
              + " (RACING_API_RACECARDS_RATE).")
  private String racecardsRate = "";

  /** The values that the command line sets. */
  public Map<SettingName, String> flags() {
    return Map.of(
        SettingName.RACING_API_RATE, rate, SettingName.RACING_API_RACECARDS_RATE, racecardsRate);
  }
}
