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
import studbook.quality.Kind;
import studbook.quality.Limits;
import studbook.quality.Thresholds;
import studbook.racingapi.Account;
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
  public Settings load(Flags flags, Set<Need> needs) {
    return new Loading(flags, needs).settings();
  }

  /** A value and the name under which the person set it. */
  private record Given(String name, String text) {}

  /** One loading, while it lasts. */
  private final class Loading {

    private static final String DEFAULT_BASE_URL = "https://api.theracingapi.com/v1";
    private static final String DEFAULT_TIMEOUT = "30s";
    private static final String DEFAULT_RATE = "2";
    private static final String DEFAULT_HOME = "studbook-data";
    private static final String RATE_FORM =
        "requests a second: a number from 0.01 to 10000, or unlimited";

    private final Flags flags;
    private final Set<Need> needs;
    private final List<String> mistakes = new ArrayList<>();
    private final List<Map<String, String>> sources;

    Loading(Flags flags, Set<Need> needs) {
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
          .flatMap(name -> Variable.complaint(name).stream())
          .forEach(mistakes::add);
      Optional<Account> api = api();
      Rate rate = rate(flags.rate(), "--rate", Variable.RACING_API_RATE).orElse(defaultRate());
      Optional<Rate> racecardsRate =
          rate(flags.racecardsRate(), "--racecards-rate", Variable.RACING_API_RACECARDS_RATE);
      Optional<DatabaseAddress> database =
          needs.contains(Need.DATABASE) ? database() : Optional.empty();
      Path home = home();
      Thresholds thresholds = thresholds();
      LogRetention logRetention = logRetention();
      if (!mistakes.isEmpty()) {
        throw new SettingsException(mistakes);
      }
      return new Settings(api, rate, racecardsRate, database, home, thresholds, logRetention);
    }

    private Optional<Account> api() {
      Given timeout =
          given(flags.timeout(), "--timeout", Variable.RACING_API_TIMEOUT)
              .orElse(new Given("", DEFAULT_TIMEOUT));
      Given baseUrl = given(Variable.RACING_API_BASE_URL).orElse(new Given("", DEFAULT_BASE_URL));
      var checkedTimeout = checked(timeout, Forms.timeout(timeout.text()), Forms.TIMEOUT);
      var checkedUrl = checked(baseUrl, Forms.baseUrl(baseUrl.text()), Forms.BASE_URL);
      Optional<Secret> username = credential(Variable.RACING_API_USERNAME, Forms.USERNAME);
      Optional<Secret> password = credential(Variable.RACING_API_PASSWORD, Forms.PASSWORD);
      if (username.isEmpty()
          || password.isEmpty()
          || checkedTimeout.isEmpty()
          || checkedUrl.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new Account(
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

    private Optional<Secret> credential(Variable variable, Forms.Text form) {
      Optional<Given> given = given(variable);
      if (given.isEmpty()) {
        if (needs.contains(Need.API)) {
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

    private Optional<Rate> rate(@Nullable String flag, String flagName, Variable variable) {
      return given(flag, flagName, variable)
          .flatMap(given -> checked(given, Rate.parse(given.text()), RATE_FORM));
    }

    private static Rate defaultRate() {
      return Rate.parse(DEFAULT_RATE).orElseThrow();
    }

    private Optional<DatabaseAddress> database() {
      Optional<Given> url = given(Variable.DATABASE_URL).or(() -> given(Variable.SUPABASE_DB_URL));
      if (url.isEmpty()) {
        if (given(Variable.SUPABASE_URL).isPresent()
            && given(Variable.SUPABASE_SERVICE_KEY).isPresent()) {
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
      Given home =
          given(flags.home(), "--home", Variable.STUDBOOK_HOME).orElse(new Given("", DEFAULT_HOME));
      return checked(home, Forms.folder(workingDirectory, home.text()), Forms.FOLDER)
          .orElse(workingDirectory);
    }

    private Thresholds thresholds() {
      Thresholds usual = Thresholds.USUAL;
      return new Thresholds(
          percent(Variable.STUDBOOK_MIN_ENRICHED, usual.enriched()),
          percent(Variable.STUDBOOK_MIN_PEDIGREE, usual.pedigree()),
          percent(Variable.STUDBOOK_MAX_ERRORS, usual.errors()),
          given(Variable.STUDBOOK_MAX_PAUSE)
              .flatMap(given -> checked(given, Forms.pause(given.text()), Forms.PAUSE))
              .orElse(usual.pause()),
          Map.of(
              Kind.MISSING, limits(Variable.STUDBOOK_MAX_MISSING, Kind.MISSING),
              Kind.KNOWN, limits(Variable.STUDBOOK_MIN_KNOWN, Kind.KNOWN),
              Kind.IMPOSSIBLE, limits(Variable.STUDBOOK_MAX_IMPOSSIBLE, Kind.IMPOSSIBLE),
              Kind.DOUBTFUL, limits(Variable.STUDBOOK_MAX_DOUBTFUL, Kind.DOUBTFUL)));
    }

    private LogRetention logRetention() {
      return given(Variable.STUDBOOK_KEEP_LOGS)
          .flatMap(given -> checked(given, Forms.retention(given.text()), Forms.RETENTION))
          .orElse(LogRetention.USUAL);
    }

    private double percent(Variable variable, double usual) {
      return given(variable)
          .flatMap(given -> checked(given, Forms.percent(given.text()), Forms.PERCENT))
          .orElse(usual);
    }

    private Limits limits(Variable variable, Kind kind) {
      boolean most = kind.usual().most();
      return given(variable)
          .flatMap(given ->
              checked(given, Forms.limits(given.text(), most), most ? Forms.MOST : Forms.LEAST))
          .orElse(kind.usual());
    }

    private <T> Optional<T> checked(Given given, Optional<T> value, String form) {
      if (value.isEmpty()) {
        mistakes.add(given.name() + " should be " + form);
      }
      return value;
    }

    private Optional<Given> given(@Nullable String flag, String flagName, Variable variable) {
      return flag == null || flag.isBlank()
          ? given(variable)
          : Optional.of(new Given(flagName, flag));
    }

    private Optional<Given> given(Variable variable) {
      return given(variable.name()).map(text -> new Given(variable.name(), text));
    }

    private Optional<String> given(String name) {
      return sources.stream()
          .map(source -> source.getOrDefault(name, ""))
          .filter(text -> !text.isBlank())
          .findFirst();
    }
  }
}
