package studbook.cli.settings;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import studbook.dashboard.DashboardOptions.TlsFiles;
import studbook.model.SafeText;
import studbook.notification.MailConfig;
import studbook.notification.MailConfig.SmtpLogin;
import studbook.notification.MailConfig.SmtpServer;
import studbook.notification.NotificationConfig;
import studbook.notification.WebhookConfig;
import studbook.notification.WebhookConfig.WebhookFormat;
import studbook.notification.WebhookConfig.WebhookProxy;
import studbook.quality.Thresholds;
import studbook.racingapi.ApiAccount;
import studbook.racingapi.network.HttpsProxy;
import studbook.security.Secret;
import studbook.store.connection.DatabaseAddress;
import studbook.store.libpq.ConnectionDefaults;
import studbook.store.table.RefreshIntervals;

/**
 * Reads the settings: a flag takes precedence over the environment, then {@code .env.local}, then
 * {@code .env} of the working directory, then {@code studbook.toml}. An empty value counts as
 * unset. Reads the three files and changes nothing. Immutable.
 */
public final class SettingsLoader {

  private final Map<String, String> environment;
  private final Path workingDirectory;

  public SettingsLoader(Map<String, String> environment, Path workingDirectory) {
    this.environment = Map.copyOf(environment);
    this.workingDirectory = workingDirectory.toAbsolutePath().normalize();
  }

  /**
   * Loads the settings for a command with these requirements.
   *
   * @param flags values from the command line
   * @throws SettingsException with all errors
   */
  public Settings load(Map<SettingName, String> flags, Set<Requirement> needs) {
    return new LoadedValues(flags, needs).settings();
  }

  /**
   * Every setting as {@link #load} reads it, with its source.
   *
   * @throws SettingsException with all errors
   */
  public List<EffectiveSetting> explain(Map<SettingName, String> flags) {
    return new LoadedValues(flags, Set.of(Requirement.DATABASE)).explain();
  }

  /** Where {@link #load} finds the value of a setting, valid or not; empty if it is unset. */
  public Optional<String> source(Map<SettingName, String> flags, SettingName name) {
    return new LoadedValues(flags, Set.of()).given(name).map(GivenValue::source);
  }

  /** Variables of the environment or of a file. */
  private record VariableSource(String name, Map<String, String> values) {}

  /**
   * A value.
   *
   * @param name under which it was set, for messages
   */
  private record GivenValue(String name, String text, String source) {}

  /** The state of a load: the sources of values, and the errors so far. */
  private final class LoadedValues {

    private static final String MASK = "********";
    private static final int MAX_KEY = 100;

    private final Map<SettingName, String> flags;
    private final Set<Requirement> needs;
    private final Set<String> mistakes = new LinkedHashSet<>();
    private final List<VariableSource> sources;
    private final ConfigFile config;
    private final JobConfigReader jobs;
    private final PedigreeConfigReader pedigree;

    LoadedValues(Map<SettingName, String> flags, Set<Requirement> needs) {
      this.flags = flags;
      this.needs = needs;
      EnvFile local = EnvFile.read(workingDirectory.resolve(".env.local"));
      EnvFile common = EnvFile.read(workingDirectory.resolve(".env"));
      mistakes.addAll(local.mistakes());
      mistakes.addAll(common.mistakes());
      sources =
          List.of(
              new VariableSource("environment", environment),
              new VariableSource(".env.local", local.values()),
              new VariableSource(".env", common.values()));
      config = configFile();
      jobs = new JobConfigReader(config.values(), mistakes);
      pedigree = new PedigreeConfigReader(config.values(), mistakes);
    }

    /** The given file, or the one in the home directory if it exists. */
    private ConfigFile configFile() {
      Optional<Path> named =
          variable(SettingName.STUDBOOK_CONFIG)
              .map(given -> workingDirectory.resolve(given.text().strip()));
      Path file = named.orElseGet(() -> homeWithoutFile().resolve("studbook.toml"));
      if (Files.notExists(file)) {
        named.ifPresent(path -> mistakes.add("--config: %s does not exist".formatted(path)));
        return ConfigFile.NONE;
      }
      ConfigFile read = ConfigFile.read(file);
      mistakes.addAll(read.mistakes());
      checkKeys(read, named.isPresent());
      return read;
    }

    private void checkKeys(ConfigFile file, boolean named) {
      file.values()
          .forEach((key, value) -> {
            Optional<SettingName> name = SettingName.ofKey(key);
            if (name.filter(SettingName::isSecret).isPresent()) {
              mistakes.add(
                  "%s: %s is a secret: set it in the environment, .env.local or .env"
                      .formatted(value.place(), key));
            } else if (name.filter(one -> one == SettingName.STUDBOOK_HOME).isPresent() && !named) {
              mistakes.add(
                  "%s: the file is found in the home directory, so it cannot set %s"
                      .formatted(value.place(), key));
            } else if (name.filter(SettingName::isConfigurable).isEmpty()
                && !key.startsWith(JobConfigReader.TABLE)
                && !key.startsWith(PedigreeConfigReader.TABLE)) {
              mistakes.add(
                  "%s: unknown key %s; the keys are %s and the tables [jobs.NAME] and [pedigree]"
                      .formatted(
                          value.place(),
                          SafeText.excerpt(key, MAX_KEY),
                          String.join(", ", SettingName.keys())));
            }
          });
    }

    private Path homeWithoutFile() {
      return variable(SettingName.STUDBOOK_HOME)
          .flatMap(given -> SettingFormat.folderIn(workingDirectory).parser().apply(given.text()))
          .orElse(defaultHome());
    }

    private Path home() {
      SettingFormat<Path> folder = SettingFormat.folderIn(workingDirectory);
      return read(SettingName.STUDBOOK_HOME, folder).orElse(defaultHome());
    }

    private Path defaultHome() {
      return workingDirectory.resolve(SettingName.STUDBOOK_HOME.defaultText());
    }

    Settings settings() {
      sources.stream()
          .flatMap(source -> source.values().keySet().stream())
          .distinct()
          .sorted()
          .flatMap(name -> SettingName.unknownSettingMessage(name).stream())
          .forEach(mistakes::add);
      Settings settings =
          new Settings(
              api(),
              require(SettingName.RACING_API_RATE, SettingFormat.RATE),
              read(SettingName.RACING_API_RACECARDS_RATE, SettingFormat.RATE),
              needs.contains(Requirement.DATABASE) ? database() : Optional.empty(),
              home(),
              thresholds(),
              refreshIntervals(),
              require(SettingName.STUDBOOK_KEEP_LOGS, SettingFormat.RETENTION),
              require(SettingName.STUDBOOK_KEEP_RUNS, SettingFormat.RUN_AGE),
              new NotificationConfig(webhook(), mail()),
              dashboard(),
              jobs.read(),
              pedigree.read());
      if (!mistakes.isEmpty()) {
        throw new SettingsException(List.copyOf(mistakes));
      }
      return settings;
    }

    private Optional<ApiAccount> api() {
      Duration timeout = require(SettingName.RACING_API_TIMEOUT, SettingFormat.TIMEOUT);
      URI url = require(SettingName.RACING_API_BASE_URL, SettingFormat.BASE_URL);
      Optional<Secret> username =
          credential(SettingName.RACING_API_USERNAME, SettingFormat.USERNAME);
      Optional<Secret> password =
          credential(SettingName.RACING_API_PASSWORD, SettingFormat.PASSWORD);
      return username.isEmpty() || password.isEmpty()
          ? Optional.empty()
          : Optional.of(new ApiAccount(url, username.get(), password.get(), timeout, proxy(url)));
    }

    private Optional<HttpsProxy> proxy(URI server) {
      try {
        return HttpsProxy.of(environment, server);
      } catch (IllegalArgumentException e) {
        mistakes.add("HTTPS_PROXY " + e.getMessage());
        return Optional.empty();
      }
    }

    private Optional<Secret> credential(SettingName name, SettingFormat<String> format) {
      if (needs.contains(Requirement.API) && given(name).isEmpty()) {
        mistakes.add(
            name
                + " is not set: set the credentials of your Racing API account in the environment,"
                + " .env.local or .env");
      }
      return read(name, format).map(Secret::of);
    }

    private Optional<DatabaseAddress> database() {
      Optional<GivenValue> url =
          given(SettingName.DATABASE_URL).or(() -> given(SettingName.SUPABASE_DB_URL));
      if (url.isEmpty()) {
        if (given(SettingName.SUPABASE_URL).isPresent()
            && given(SettingName.SUPABASE_SERVICE_KEY).isPresent()) {
          mistakes.add(
              "DATABASE_URL is not set, and SUPABASE_URL with SUPABASE_SERVICE_KEY does not replace"
                  + " it: that key is for Supabase's REST API. Set DATABASE_URL to the connection"
                  + " string that Supabase shows under Project → Connect → Session pooler, with the"
                  + " database password in it");
        }
        return Optional.empty();
      }
      try {
        return Optional.of(DatabaseAddress.parse(url.get().text(), connectionDefaults()));
      } catch (IllegalArgumentException e) {
        mistakes.add(url.get().name() + " " + e.getMessage());
        return Optional.empty();
      }
    }

    /** They complete a URL. Without one they change nothing: a shell may have set them. */
    private ConnectionDefaults connectionDefaults() {
      Path userHome = Path.of(value("HOME").orElseGet(() -> System.getProperty("user.home")));
      return ConnectionDefaults.of(
          this::value, userHome, System.getProperty("user.name", "postgres"));
    }

    private Optional<WebhookConfig> webhook() {
      Optional<Secret> url =
          read(SettingName.STUDBOOK_WEBHOOK_URL, NotificationFormat.WEBHOOK_URL).map(Secret::of);
      WebhookFormat format =
          require(SettingName.STUDBOOK_WEBHOOK_FORMAT, NotificationFormat.WEBHOOK_FORMAT);
      Optional<Secret> key =
          read(SettingName.STUDBOOK_WEBHOOK_KEY, SettingFormat.PASSWORD).map(Secret::of);
      return url.map(place ->
          new WebhookConfig(
              place,
              format,
              key,
              proxy(URI.create(place.reveal()))
                  .map(proxy -> new WebhookProxy(proxy.selector(), proxy.authorization()))));
    }

    private Optional<MailConfig> mail() {
      Optional<List<String>> to =
          read(SettingName.STUDBOOK_MAIL_TO, NotificationFormat.MAIL_ADDRESSES);
      Optional<String> from = read(SettingName.STUDBOOK_MAIL_FROM, NotificationFormat.MAIL_ADDRESS);
      Optional<SmtpServer> server =
          read(SettingName.STUDBOOK_SMTP_SERVER, NotificationFormat.SMTP_SERVER);
      Optional<Secret> username =
          read(SettingName.STUDBOOK_SMTP_USERNAME, SettingFormat.PASSWORD).map(Secret::of);
      Optional<Secret> password =
          read(SettingName.STUDBOOK_SMTP_PASSWORD, SettingFormat.PASSWORD).map(Secret::of);
      if (to.isPresent() && given(SettingName.STUDBOOK_SMTP_SERVER).isEmpty()) {
        mistakes.add("STUDBOOK_SMTP_SERVER is not set, and STUDBOOK_MAIL_TO needs it");
      }
      if (username.isPresent() != password.isPresent()) {
        mistakes.add("STUDBOOK_SMTP_USERNAME and STUDBOOK_SMTP_PASSWORD need each other");
      }
      return to.isEmpty() || server.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new MailConfig(
                  server.get(),
                  from.orElse(to.get().getFirst()),
                  to.get(),
                  username.flatMap(name -> password.map(word -> new SmtpLogin(name, word)))));
    }

    private DashboardSettings dashboard() {
      SettingFormat<Path> file = SettingFormat.fileIn(workingDirectory);
      Optional<Path> certificate = read(SettingName.STUDBOOK_TLS_CERT, file);
      Optional<Path> key = read(SettingName.STUDBOOK_TLS_KEY, file);
      if (given(SettingName.STUDBOOK_TLS_CERT).isPresent()
          != given(SettingName.STUDBOOK_TLS_KEY).isPresent()) {
        mistakes.add("STUDBOOK_TLS_CERT and STUDBOOK_TLS_KEY need each other");
      }
      return new DashboardSettings(
          read(SettingName.STUDBOOK_LISTEN, SettingFormat.LISTEN),
          certificate.flatMap(path -> key.map(secret -> new TlsFiles(path, secret))),
          read(SettingName.STUDBOOK_ALLOWED_HOSTS, SettingFormat.HOST_NAMES).orElse(Set.of()),
          read(SettingName.STUDBOOK_TRUSTED_PROXIES, SettingFormat.IP_ADDRESSES).orElse(Set.of()));
    }

    private Thresholds thresholds() {
      return new Thresholds(
          require(SettingName.STUDBOOK_MIN_ENRICHED, SettingFormat.PERCENT),
          require(SettingName.STUDBOOK_MIN_PEDIGREE, SettingFormat.PERCENT),
          require(SettingName.STUDBOOK_MAX_ERRORS, SettingFormat.PERCENT),
          require(SettingName.STUDBOOK_MAX_OUTAGE, SettingFormat.OUTAGE));
    }

    List<EffectiveSetting> explain() {
      settings();
      List<EffectiveSetting> explained = new ArrayList<>();
      for (SettingName name : SettingName.values()) {
        explained.add(
            given(name)
                .map(given -> explain(name, given))
                .orElseGet(() ->
                    new EffectiveSetting(
                        name.name(),
                        name.defaultText(),
                        name.defaultText().isEmpty() ? "unset" : "default")));
      }
      explained.addAll(jobs.explain());
      explained.addAll(pedigree.explain());
      return explained;
    }

    private static EffectiveSetting explain(SettingName name, GivenValue given) {
      return new EffectiveSetting(
          name.name(), name.isSecret() ? MASK : given.text().strip(), given.source());
    }

    /** The value of a setting that has a default, which also takes the place of an invalid one. */
    private <T> T require(SettingName name, SettingFormat<T> format) {
      return read(name, format).or(() -> format.parser().apply(name.defaultText())).orElseThrow();
    }

    private RefreshIntervals refreshIntervals() {
      return new RefreshIntervals(
          require(SettingName.STUDBOOK_REFRESH_RACED, SettingFormat.AGE),
          require(SettingName.STUDBOOK_REFRESH_OTHERS, SettingFormat.AGE),
          require(SettingName.STUDBOOK_REFRESH_OLD, SettingFormat.AGE));
    }

    /** The value of a setting; empty if it is unset, or invalid, which is added to the errors. */
    private <T> Optional<T> read(SettingName name, SettingFormat<T> format) {
      Optional<GivenValue> given = given(name);
      Optional<T> value = given.flatMap(text -> format.parser().apply(text.text()));
      if (given.isPresent() && value.isEmpty()) {
        mistakes.add(given.get().name() + " should be " + format.description());
      }
      return value;
    }

    private Optional<GivenValue> given(SettingName name) {
      return variable(name).or(() -> configured(name));
    }

    /** From studbook.toml. */
    private Optional<GivenValue> configured(SettingName name) {
      return Optional.ofNullable(config.values().get(name.key()))
          .filter(_ -> name.isConfigurable())
          .map(value ->
              new GivenValue(value.place() + ": " + name.key(), value.text(), value.place()));
    }

    /** From a flag, the environment or a file of variables. */
    private Optional<GivenValue> variable(SettingName name) {
      String flag = flags.getOrDefault(name, "");
      return flag.isBlank()
          ? sources.stream()
              .filter(source -> !source.values().getOrDefault(name.name(), "").isBlank())
              .findFirst()
              .map(source ->
                  new GivenValue(
                      name.name(), source.values().getOrDefault(name.name(), ""), source.name()))
          : Optional.of(new GivenValue(name.flag(), flag, "flag " + name.flag()));
    }

    private Optional<String> value(String name) {
      return sources.stream()
          .map(source -> source.values().getOrDefault(name, ""))
          .filter(text -> !text.isBlank())
          .findFirst();
    }
  }
}
