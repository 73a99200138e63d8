package studbook.cli.settings;

import org.jspecify.annotations.Nullable;

/**
 * What the command line said, unchecked; {@code null} where it said nothing. Secrets have no flags.
 */
public record Flags(
    @Nullable String rate,
    @Nullable String racecardsRate,
    @Nullable String timeout,
    @Nullable String home) {

  public static final Flags NONE = new Flags(null, null, null, null);
}
