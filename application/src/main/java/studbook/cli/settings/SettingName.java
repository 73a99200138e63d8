package studbook.cli.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The variables that Studbook reads, some of which have a flag. Secrets have none. */
public enum SettingName {
  RACING_API_USERNAME(SettingGroup.API, AllowedSource.SECRET, "user name of your account"),
  RACING_API_PASSWORD(SettingGroup.API, AllowedSource.SECRET, "its password"),
  RACING_API_BASE_URL(
      SettingGroup.API,
      "",
      "https://api.theracingapi.com/v1",
      "address of the API: https, or http to this machine"),
  RACING_API_RATE(
      SettingGroup.API,
      "--rate",
      "2",
      "requests a second for the account: 0.01 to 10000, or `unlimited`"),
  RACING_API_RACECARDS_RATE(
      SettingGroup.API,
      "--racecards-rate",
      "",
      "a separate limit for racecards, if the account has one"),
  RACING_API_TIMEOUT(
      SettingGroup.API,
      "--timeout",
      "30s",
      "for a whole request with its body: 1ms to 600s, such as `30s` or `500ms`"),
  DATABASE_URL(
      SettingGroup.DATABASE,
      AllowedSource.SECRET,
      "the database with your horses: a libpq URI or a `jdbc:postgresql:` URL"
          + " ([details](operations.md#connection-strings)); without it an embedded PostgreSQL is"
          + " used"),
  SUPABASE_DB_URL(
      SettingGroup.DATABASE, AllowedSource.SECRET, "the same, if `DATABASE_URL` is unset"),
  SUPABASE_URL(
      SettingGroup.DATABASE,
      AllowedSource.SECRET,
      "not used; with `SUPABASE_SERVICE_KEY` and without `DATABASE_URL` an error says what to set"),
  SUPABASE_SERVICE_KEY(
      SettingGroup.DATABASE, AllowedSource.SECRET, "not used, like `SUPABASE_URL`"),
  STUDBOOK_HOME(
      SettingGroup.FILES,
      "--home",
      "studbook-data",
      "directory of the embedded database, `logs/` and `archive/`"),
  STUDBOOK_CONFIG(
      SettingGroup.FILES,
      "--config",
      "",
      AllowedSource.OUTSIDE_CONFIG,
      "settings file; if unset, `studbook.toml` in `STUDBOOK_HOME`"),
  STUDBOOK_KEEP_LOGS(
      SettingGroup.FILES,
      "",
      "90d",
      "age at which logs and reports are removed, in days, or `forever`; the last 20 of each kind"
          + " stay"),
  STUDBOOK_KEEP_RUNS(
      SettingGroup.FILES,
      "",
      "12mo",
      "age at which `archive` moves the work items of an ended run to files: at least `4mo`, or"
          + " `forever`"),
  /** Read by the launcher only. */
  STUDBOOK_JAVA_OPTS(
      SettingGroup.FILES,
      "",
      "",
      AllowedSource.OUTSIDE_CONFIG,
      "options of Java, such as `-Xmx1g`; read by the launcher"),
  STUDBOOK_LISTEN(
      SettingGroup.SERVICE,
      "--listen",
      "127.0.0.1:8087",
      "address at which `serve` offers the [dashboard](dashboard.md), [metrics and"
          + " health](service.md#metrics-and-health)"),
  STUDBOOK_ALLOWED_HOSTS(
      SettingGroup.SERVICE,
      "",
      "",
      "host names by which browsers may reach the dashboard; addresses and localhost always may"),
  STUDBOOK_TRUSTED_PROXIES(
      SettingGroup.SERVICE,
      "",
      "",
      "addresses of reverse proxies whose `X-Forwarded-*` headers are trusted"),
  STUDBOOK_TLS_CERT(
      SettingGroup.SERVICE,
      "--tls-cert",
      "",
      "PEM file of the certificate with which the dashboard is served over TLS"),
  STUDBOOK_TLS_KEY(SettingGroup.SERVICE, "--tls-key", "", "PEM file of its key"),
  STUDBOOK_REFRESH_RACED(
      SettingGroup.REFRESH,
      "",
      "6mo",
      "maximum age of the data of a horse that was on a racecard in the last 12 months; it is"
          + " requested up to an eighth earlier"),
  STUDBOOK_REFRESH_OTHERS(SettingGroup.REFRESH, "", "12mo", "the same of other horses"),
  STUDBOOK_REFRESH_OLD(
      SettingGroup.REFRESH, "", "36mo", "the same of horses born more than 25 years ago"),
  /** A secret: the path of a Slack webhook is one. */
  STUDBOOK_WEBHOOK_URL(
      SettingGroup.NOTIFICATIONS, AllowedSource.SECRET, "where notifications are posted to"),
  STUDBOOK_WEBHOOK_FORMAT(SettingGroup.NOTIFICATIONS, "", "json", "`json` or `slack`"),
  STUDBOOK_WEBHOOK_KEY(SettingGroup.NOTIFICATIONS, AllowedSource.SECRET, "signs them"),
  STUDBOOK_MAIL_TO(SettingGroup.NOTIFICATIONS, "", "", "addresses of e-mails, separated by commas"),
  STUDBOOK_MAIL_FROM(
      SettingGroup.NOTIFICATIONS,
      "",
      "",
      "their sender; if unset, the first of `STUDBOOK_MAIL_TO`"),
  STUDBOOK_SMTP_SERVER(
      SettingGroup.NOTIFICATIONS, "", "", "`smtps://HOST` or `smtp://HOST` (STARTTLS)"),
  STUDBOOK_SMTP_USERNAME(
      SettingGroup.NOTIFICATIONS, AllowedSource.SECRET, "a login, if the server needs one"),
  STUDBOOK_SMTP_PASSWORD(SettingGroup.NOTIFICATIONS, AllowedSource.SECRET, "its password"),
  STUDBOOK_MIN_ENRICHED(
      SettingGroup.VALIDATION, "", "95", "horses that must have a date of birth, per cent"),
  STUDBOOK_MIN_PEDIGREE(
      SettingGroup.VALIDATION, "", "70", "horses that must have a pedigree, per cent"),
  STUDBOOK_MAX_ERRORS(SettingGroup.VALIDATION, "", "5", "horses that may have failed, per cent"),
  STUDBOOK_MAX_OUTAGE(
      SettingGroup.VALIDATION,
      "",
      "10min",
      "a longer pause by credentials or database is critical");

  /** What a setting is about, as the reference orders them. */
  enum SettingGroup {
    API("The Racing API"),
    DATABASE("Database"),
    FILES("Files and Java"),
    SERVICE("Service"),
    REFRESH("Refresh"),
    NOTIFICATIONS("Notifications"),
    VALIDATION("Validation");

    private final String title;

    SettingGroup(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }

  /** Where a setting may come from. */
  private enum AllowedSource {
    /** Everywhere. */
    ANY,
    /** Not from studbook.toml. */
    OUTSIDE_CONFIG,
    /** The environment, .env.local and .env only; never displayed. */
    SECRET
  }

  /** Not a setting: the launchers set this variable to the name by which they were called. */
  public static final String LAUNCHER = "STUDBOOK_LAUNCHER";

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

  private final SettingGroup group;
  private final String flag;
  private final String defaultText;
  private final AllowedSource source;
  private final String description;

  SettingName(SettingGroup group, AllowedSource source, String description) {
    this(group, "", "", source, description);
  }

  SettingName(SettingGroup group, String flag, String defaultText, String description) {
    this(group, flag, defaultText, AllowedSource.ANY, description);
  }

  SettingName(
      SettingGroup group,
      String flag,
      String defaultText,
      AllowedSource source,
      String description) {
    this.group = group;
    this.flag = flag;
    this.defaultText = defaultText;
    this.source = source;
    this.description = description;
  }

  SettingGroup group() {
    return group;
  }

  /** What it sets, as Markdown for the reference in docs/. */
  String description() {
    return description;
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
    if (!prefix.matches()
        || isKnown(name)
        || name.equals(LAUNCHER)
        || SERVICE_LINK.matcher(name).matches()) {
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
