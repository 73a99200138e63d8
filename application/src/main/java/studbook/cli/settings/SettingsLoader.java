package studbook.cli.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import studbook.backfill.files.LogRetention;
import studbook.quality.Thresholds;
import studbook.racingapi.ApiAccount;
import studbook.racingapi.network.HttpsProxy;
import studbook.security.Secret;
import studbook.store.connection.DatabaseAddress;
import studbook.store.libpq.ConnectionDefaults;
import studbook.time.Rate;

/**
 * Reads the settings: a flag takes precedence over the environment, then {@code .env.local}, then
 * {@code .env} of the working directory. An empty value counts as unset. Reads the two files and
 * changes nothing. Immutable.
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

  /** A value and the name under which it was set. */
  private record GivenValue(String name, String text) {}

  /** The state of a load: the sources of values, and the errors so far. */
  private final class LoadedValues {

    private static final URI DEFAULT_BASE_URL = URI.create("https://api.theracingapi.com/v1");
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
    private static final Rate DEFAULT_RATE = new Rate(2);
    private static final String DEFAULT_HOME = "studbook-data";

    private final Map<SettingName, String> flags;
    private final Set<Requirement> needs;
    private final List<String> mistakes = new ArrayList<>();
    private final List<Map<String, String>> sources;

    LoadedValues(Map<SettingName, String> flags, Set<Requirement> needs) {
      this.flags = flags;
      this.needs = needs;
      EnvFile local = EnvFile.read(workingDirectory.resolve(".env.local"));
      EnvFile common = EnvFile.read(workingDirectory.resolve(".env"));
      mistakes.addAll(local.mistakes());
      mistakes.addAll(common.mistakes());
      sources = List.of(environment, local.values(), common.values());
    }

    Settings settings() {
      sources.stream()
          .flatMap(source -> source.keySet().stream())
          .distinct()
          .sorted()
          .flatMap(name -> SettingName.unknownSettingMessage(name).stream())
          .forEach(mistakes::add);
      Settings settings =
          new Settings(
              api(),
              read(SettingName.RACING_API_RATE, SettingFormat.RATE).orElse(DEFAULT_RATE),
              read(SettingName.RACING_API_RACECARDS_RATE, SettingFormat.RATE),
              needs.contains(Requirement.DATABASE) ? database() : Optional.empty(),
              read(SettingName.STUDBOOK_HOME, SettingFormat.folderIn(workingDirectory))
                  .orElse(workingDirectory.resolve(DEFAULT_HOME)),
              thresholds(),
              read(SettingName.STUDBOOK_KEEP_LOGS, SettingFormat.RETENTION)
                  .orElse(LogRetention.USUAL));
      if (!mistakes.isEmpty()) {
        throw new SettingsException(mistakes);
      }
      return settings;
    }

    private Optional<ApiAccount> api() {
      Duration timeout =
          read(SettingName.RACING_API_TIMEOUT, SettingFormat.TIMEOUT).orElse(DEFAULT_TIMEOUT);
      URI url =
          read(SettingName.RACING_API_BASE_URL, SettingFormat.BASE_URL).orElse(DEFAULT_BASE_URL);
      Optional<Secret> username =
          credential(SettingName.RACING_API_USERNAME, SettingFormat.USERNAME);
      Optional<Secret> password =
          credential(SettingName.RACING_API_PASSWORD, SettingFormat.PASSWORD);
      return username.isEmpty() || password.isEmpty()
          ? Optional.empty()
          : Optional.of(new ApiAccount(url, username.get(), password.get(), timeout, proxy(url)));
    }

    private Optional<HttpsProxy> proxy(URI api) {
      try {
        return HttpsProxy.of(environment, api);
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

    private Thresholds thresholds() {
      Thresholds usual = Thresholds.USUAL;
      return new Thresholds(
          read(SettingName.STUDBOOK_MIN_ENRICHED, SettingFormat.PERCENT).orElse(usual.enriched()),
          read(SettingName.STUDBOOK_MIN_PEDIGREE, SettingFormat.PERCENT).orElse(usual.pedigree()),
          read(SettingName.STUDBOOK_MAX_ERRORS, SettingFormat.PERCENT).orElse(usual.errors()),
          read(SettingName.STUDBOOK_MAX_OUTAGE, SettingFormat.OUTAGE).orElse(usual.pause()));
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
      String flag = flags.getOrDefault(name, "");
      return flag.isBlank()
          ? value(name.name()).map(text -> new GivenValue(name.name(), text))
          : Optional.of(new GivenValue(name.flag(), flag));
    }

    private Optional<String> value(String name) {
      return sources.stream()
          .map(source -> source.getOrDefault(name, ""))
          .filter(text -> !text.isBlank())
          .findFirst();
    }
  }
}
