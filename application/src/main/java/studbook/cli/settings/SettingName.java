package studbook.cli.settings;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The variables that Studbook reads, some of which have a flag. Secrets have none. */
public enum SettingName {
  RACING_API_USERNAME,
  RACING_API_PASSWORD,
  RACING_API_BASE_URL,
  RACING_API_RATE("--rate"),
  RACING_API_RACECARDS_RATE("--racecards-rate"),
  RACING_API_TIMEOUT("--timeout"),
  STUDBOOK_HOME("--home"),
  STUDBOOK_KEEP_LOGS,
  /** Read by the launcher only. */
  STUDBOOK_JAVA_OPTS,
  STUDBOOK_MIN_ENRICHED,
  STUDBOOK_MIN_PEDIGREE,
  STUDBOOK_MAX_ERRORS,
  STUDBOOK_MAX_OUTAGE,
  DATABASE_URL,
  SUPABASE_DB_URL,
  SUPABASE_URL,
  SUPABASE_SERVICE_KEY;

  private static final Pattern OWN_NAME =
      Pattern.compile("(RACING_API_|STUDBOOK_).*", Pattern.CASE_INSENSITIVE);

  /**
   * Variables that Kubernetes and Docker set in a container for a service named studbook or
   * racing-api.
   */
  private static final Pattern SERVICE_LINK =
      Pattern.compile(
          ".*_SERVICE_(?:HOST|PORT(?:_[A-Z0-9_]+)?)"
              + "|.*_PORT(?:_[0-9]+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)?");

  private final String flag;

  SettingName() {
    this("");
  }

  SettingName(String flag) {
    this.flag = flag;
  }

  /** The option that sets it; empty if there is only a variable. */
  String flag() {
    return flag;
  }

  /** A message if {@code name} has a prefix of Studbook's settings but is none of them. */
  static Optional<String> unknownSettingMessage(String name) {
    var prefix = OWN_NAME.matcher(name);
    if (!prefix.matches() || isKnown(name) || SERVICE_LINK.matcher(name).matches()) {
      return Optional.empty();
    }
    String known =
        Arrays.stream(values())
            .map(Enum::name)
            .filter(own -> own.regionMatches(true, 0, prefix.group(1), 0, prefix.group(1).length()))
            .collect(Collectors.joining(", "));
    return Optional.of(
        "%s is not a Studbook setting; the settings are %s"
            .formatted(name.replaceAll("[^A-Za-z0-9_]", "?"), known));
  }

  static boolean isKnown(String name) {
    return Arrays.stream(values()).anyMatch(setting -> setting.name().equals(name));
  }
}
