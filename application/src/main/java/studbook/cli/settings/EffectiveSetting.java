package studbook.cli.settings;

/**
 * A setting as it is in effect.
 *
 * @param name of the variable, or the path of a key in a table of studbook.toml, such as {@code
 *     jobs.discover.cron}
 * @param value empty if it is unset and has no default; masked if it is a secret
 * @param source where the value comes from: a flag, a variable, a file and line, or the default
 */
public record EffectiveSetting(String name, String value, String source) {}
