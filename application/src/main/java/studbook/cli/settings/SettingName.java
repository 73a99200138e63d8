package studbook.cli.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The variables that Studbook reads, some of which have a flag. Secrets have none. */
public enum SettingName {
  RACING_API_USERNAME(AllowedSource.SECRET),
  RACING_API_PASSWORD(AllowedSource.SECRET),
  RACING_API_BASE_URL("", "https://api.theracingapi.com/v1"),
  RACING_API_RATE("--rate", "2"),
  RACING_API_RACECARDS_RATE("--racecards-rate", ""),
  RACING_API_TIMEOUT("--timeout", "30s"),
  STUDBOOK_HOME("--home", "studbook-data"),
  STUDBOOK_CONFIG("--config", "", AllowedSource.OUTSIDE_CONFIG),
  STUDBOOK_LISTEN("--listen", "127.0.0.1:8087"),
  STUDBOOK_ALLOWED_HOSTS("", ""),
  STUDBOOK_TRUSTED_PROXIES("", ""),
  STUDBOOK_TLS_CERT("--tls-cert", ""),
  STUDBOOK_TLS_KEY("--tls-key", ""),
  STUDBOOK_KEEP_LOGS("", "90d"),
  STUDBOOK_KEEP_RUNS("", "12mo"),
  /** Read by the launcher only. */
  STUDBOOK_JAVA_OPTS("", "", AllowedSource.OUTSIDE_CONFIG),
  /** A secret: the path of a Slack webhook is one. */
  STUDBOOK_WEBHOOK_URL(AllowedSource.SECRET),
  STUDBOOK_WEBHOOK_FORMAT("", "json"),
  STUDBOOK_WEBHOOK_KEY(AllowedSource.SECRET),
  STUDBOOK_MAIL_TO("", ""),
  STUDBOOK_MAIL_FROM("", ""),
  STUDBOOK_SMTP_SERVER("", ""),
  STUDBOOK_SMTP_USERNAME(AllowedSource.SECRET),
  STUDBOOK_SMTP_PASSWORD(AllowedSource.SECRET),
  STUDBOOK_REFRESH_RACED("", "6mo"),
  STUDBOOK_REFRESH_OTHERS("", "12mo"),
  STUDBOOK_REFRESH_OLD("", "36mo"),
  STUDBOOK_MIN_ENRICHED("", "95"),
  STUDBOOK_MIN_PEDIGREE("", "70"),
  STUDBOOK_MAX_ERRORS("", "5"),
  STUDBOOK_MAX_OUTAGE("", "10min"),
  DATABASE_URL(AllowedSource.SECRET),
  SUPABASE_DB_URL(AllowedSource.SECRET),
  SUPABASE_URL(AllowedSource.SECRET),
  SUPABASE_SERVICE_KEY(AllowedSource.SECRET);

  /** Where a setting may come from. */
  private enum AllowedSource {
    /** Everywhere. */
    ANY,
    /** Not from studbook.toml. */
    OUTSIDE_CONFIG,
    /** The environment, .env.local and .env only; never displayed. */
    SECRET
  }

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
  private final String defaultText;
  private final AllowedSource source;

  SettingName(AllowedSource source) {
    this("", "", source);
  }

  SettingName(String flag, String defaultText) {
    this(flag, defaultText, AllowedSource.ANY);
  }

  SettingName(String flag, String defaultText, AllowedSource source) {
    this.flag = flag;
    this.defaultText = defaultText;
    this.source = source;
  }

  /** The option that sets it; empty if there is only a variable. */
  String flag() {
    return flag;
  }

  /** Its value if it is unset; empty if it has none. */
  String defaultText() {
    return defaultText;
  }

  boolean isSecret() {
    return source == AllowedSource.SECRET;
  }

  /** Whether studbook.toml may have it. */
  boolean isConfigurable() {
    return source == AllowedSource.ANY;
  }

  /** Its key in studbook.toml. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
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

  /** The setting with that key in studbook.toml; secrets are found too. */
  static Optional<SettingName> ofKey(String key) {
    return Arrays.stream(values()).filter(name -> name.key().equals(key)).findFirst();
  }

  /** The keys that studbook.toml may have at its top. */
  static List<String> keys() {
    return Arrays.stream(values())
        .filter(SettingName::isConfigurable)
        .map(SettingName::key)
        .toList();
  }

  static boolean isKnown(String name) {
    return Arrays.stream(values()).anyMatch(setting -> setting.name().equals(name));
  }
}
