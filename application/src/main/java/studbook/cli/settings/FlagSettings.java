package studbook.cli.settings;

import org.jspecify.annotations.Nullable;

/**
 * What the command line said, unchecked; {@code null} where it said nothing. Secrets have no flags.
 */
public record FlagSettings(
    @Nullable String rate,
    @Nullable String racecardsRate,
    @Nullable String timeout,
    @Nullable String home) {

  public static final FlagSettings NONE = new FlagSettings(null, null, null, null);
}
