package studbook.cli.settings;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import studbook.backfill.files.LogRetention;
import studbook.quality.CheckKind;
import studbook.quality.ThresholdRange;
import studbook.quality.Thresholds;
import studbook.racingapi.ApiAccount;
import studbook.racingapi.network.HttpsProxy;
import studbook.security.Secret;
import studbook.store.connection.DatabaseAddress;
import studbook.store.libpq.ConnectionDefaults;
import studbook.time.Rate;

/**
 * Gathers the settings: a flag wins over the environment, that over {@code .env.local}, that over
 * {@code .env} of the working directory. An empty value counts as unset. Reads the two files and
 * nothing else, changes nothing. Immutable.
 */
public final class SettingsLoader {

  private final Map<String, String> environment;
  private final Path workingDirectory;

  public SettingsLoader(Map<String, String> environment, Path workingDirectory) {
    this.environment = Map.copyOf(environment);
    this.workingDirectory = workingDirectory.toAbsolutePath().normalize();
  }

  /**
   * The settings for a command with these needs.
   *
   * @throws SettingsException with every mistake, where there is one
   */
  public Settings load(FlagSettings flags, Set<Requirement> needs) {
    return new LoadedValues(flags, needs).settings();
  }

  /** A value and the name under which the person set it. */
  private record GivenValue(String name, String text) {}

  /** One loading, while it lasts. */
  private final class LoadedValues {

    private static final String DEFAULT_BASE_URL = "https://api.theracingapi.com/v1";
    private static final String DEFAULT_TIMEOUT = "30s";
    private static final String DEFAULT_RATE = "2";
    private static final String DEFAULT_HOME = "studbook-data";
    private static final String RATE_FORM =
        "requests a second: a number from 0.01 to 10000, or unlimited";

    private final FlagSettings flags;
    private final Set<Requirement> needs;
    private final List<String> mistakes = new ArrayList<>();
    private final List<Map<String, String>> sources;

    LoadedValues(FlagSettings flags, Set<Requirement> needs) {
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
          .flatMap(name -> SettingName.complaint(name).stream())
          .forEach(mistakes::add);
      Optional<ApiAccount> api = api();
      Rate rate = rate(flags.rate(), "--rate", SettingName.RACING_API_RATE).orElse(defaultRate());
      Optional<Rate> racecardsRate =
          rate(flags.racecardsRate(), "--racecards-rate", SettingName.RACING_API_RACECARDS_RATE);
      Optional<DatabaseAddress> database =
          needs.contains(Requirement.DATABASE) ? database() : Optional.empty();
      Path home = home();
      Thresholds thresholds = thresholds();
      LogRetention logRetention = logRetention();
      if (!mistakes.isEmpty()) {
        throw new SettingsException(mistakes);
      }
      return new Settings(api, rate, racecardsRate, database, home, thresholds, logRetention);
    }

    private Optional<ApiAccount> api() {
      GivenValue timeout =
          given(flags.timeout(), "--timeout", SettingName.RACING_API_TIMEOUT)
              .orElse(new GivenValue("", DEFAULT_TIMEOUT));
      GivenValue baseUrl =
          given(SettingName.RACING_API_BASE_URL).orElse(new GivenValue("", DEFAULT_BASE_URL));
      var checkedTimeout =
          checked(timeout, SettingParsers.timeout(timeout.text()), SettingParsers.TIMEOUT);
      var checkedUrl =
          checked(baseUrl, SettingParsers.baseUrl(baseUrl.text()), SettingParsers.BASE_URL);
      Optional<Secret> username =
          credential(SettingName.RACING_API_USERNAME, SettingParsers.USERNAME);
      Optional<Secret> password =
          credential(SettingName.RACING_API_PASSWORD, SettingParsers.PASSWORD);
      if (username.isEmpty()
          || password.isEmpty()
          || checkedTimeout.isEmpty()
          || checkedUrl.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new ApiAccount(
              checkedUrl.get(),
              username.get(),
              password.get(),
              checkedTimeout.get(),
              proxy(checkedUrl.get())));
    }

    private Optional<HttpsProxy> proxy(URI api) {
      try {
        return HttpsProxy.of(environment, api);
      } catch (IllegalArgumentException e) {
        mistakes.add("HTTPS_PROXY " + e.getMessage());
        return Optional.empty();
      }
    }

    private Optional<Secret> credential(SettingName variable, SettingParsers.SettingText form) {
      Optional<GivenValue> given = given(variable);
      if (given.isEmpty()) {
        if (needs.contains(Requirement.API)) {
          mistakes.add(
              variable
                  + " is not set: it is part of the account at The Racing API, and belongs"
                  + " into the environment, .env.local or .env");
        }
        return Optional.empty();
      }
      return checked(given.get(), form.check(given.get().text()), form.description())
          .map(Secret::of);
    }

    private Optional<Rate> rate(@Nullable String flag, String flagName, SettingName variable) {
      return given(flag, flagName, variable)
          .flatMap(given -> checked(given, Rate.parse(given.text()), RATE_FORM));
    }

    private static Rate defaultRate() {
      return Rate.parse(DEFAULT_RATE).orElseThrow();
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

    /** They complete a URL; without one they change nothing, since a shell may have them set. */
    private ConnectionDefaults connectionDefaults() {
      Path userHome = Path.of(given("HOME").orElseGet(() -> System.getProperty("user.home")));
      return ConnectionDefaults.of(
          this::given, userHome, System.getProperty("user.name", "postgres"));
    }

    private Path home() {
      GivenValue home =
          given(flags.home(), "--home", SettingName.STUDBOOK_HOME)
              .orElse(new GivenValue("", DEFAULT_HOME));
      return checked(
              home, SettingParsers.folder(workingDirectory, home.text()), SettingParsers.FOLDER)
          .orElse(workingDirectory);
    }

    private Thresholds thresholds() {
      Thresholds usual = Thresholds.USUAL;
      return new Thresholds(
          percent(SettingName.STUDBOOK_MIN_ENRICHED, usual.enriched()),
          percent(SettingName.STUDBOOK_MIN_PEDIGREE, usual.pedigree()),
          percent(SettingName.STUDBOOK_MAX_ERRORS, usual.errors()),
          given(SettingName.STUDBOOK_MAX_PAUSE)
              .flatMap(
                  given -> checked(given, SettingParsers.pause(given.text()), SettingParsers.PAUSE))
              .orElse(usual.pause()),
          Map.of(
              CheckKind.MISSING, limits(SettingName.STUDBOOK_MAX_MISSING, CheckKind.MISSING),
              CheckKind.KNOWN, limits(SettingName.STUDBOOK_MIN_KNOWN, CheckKind.KNOWN),
              CheckKind.IMPOSSIBLE,
                  limits(SettingName.STUDBOOK_MAX_IMPOSSIBLE, CheckKind.IMPOSSIBLE),
              CheckKind.DOUBTFUL, limits(SettingName.STUDBOOK_MAX_DOUBTFUL, CheckKind.DOUBTFUL)));
    }

    private LogRetention logRetention() {
      return given(SettingName.STUDBOOK_KEEP_LOGS)
          .flatMap(given ->
              checked(given, SettingParsers.retention(given.text()), SettingParsers.RETENTION))
          .orElse(LogRetention.USUAL);
    }

    private double percent(SettingName variable, double usual) {
      return given(variable)
          .flatMap(
              given -> checked(given, SettingParsers.percent(given.text()), SettingParsers.PERCENT))
          .orElse(usual);
    }

    private ThresholdRange limits(SettingName variable, CheckKind kind) {
      boolean most = kind.usual().most();
      return given(variable)
          .flatMap(given ->
              checked(
                  given,
                  SettingParsers.limits(given.text(), most),
                  most ? SettingParsers.MOST : SettingParsers.LEAST))
          .orElse(kind.usual());
    }

    private <T> Optional<T> checked(GivenValue given, Optional<T> value, String form) {
      if (value.isEmpty()) {
        mistakes.add(given.name() + " should be " + form);
      }
      return value;
    }

    private Optional<GivenValue> given(
        @Nullable String flag, String flagName, SettingName variable) {
      return flag == null || flag.isBlank()
          ? given(variable)
          : Optional.of(new GivenValue(flagName, flag));
    }

    private Optional<GivenValue> given(SettingName variable) {
      return given(variable.name()).map(text -> new GivenValue(variable.name(), text));
    }

    private Optional<String> given(String name) {
      return sources.stream()
          .map(source -> source.getOrDefault(name, ""))
          .filter(text -> !text.isBlank())
          .findFirst();
    }
  }
}
