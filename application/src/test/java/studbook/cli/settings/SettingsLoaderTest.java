package studbook.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import studbook.quality.Thresholds;
import studbook.racingapi.ApiAccount;
import studbook.security.Secret;
import studbook.time.Rate;

class SettingsLoaderTest {

  private static final Set<Requirement> EVERYTHING = Set.of(Requirement.API, Requirement.DATABASE);
  private static final Set<Requirement> DATABASE = Set.of(Requirement.DATABASE);
  private static final Map<SettingName, String> NO_FLAGS = Map.of();

  @TempDir private Path folder;
  private final Map<String, String> environment = new HashMap<>();

  private Settings load(Map<SettingName, String> flags, Set<Requirement> needs) {
    return new SettingsLoader(environment, folder).load(flags, needs);
  }

  private List<String> mistakes(Map<SettingName, String> flags, Set<Requirement> needs) {
    SettingsException exception =
        catchThrowableOfType(SettingsException.class, () -> load(flags, needs));
    assertThat(exception).as("nothing was refused").isNotNull();
    return exception.mistakes();
  }

  private void file(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private void credentials() {
    environment.put("RACING_API_USERNAME", "ann");
    environment.put("RACING_API_PASSWORD", "opensesame");
  }

  @Test
  void withNothingSetTheDefaultsHold() {
    Settings settings = load(NO_FLAGS, DATABASE);
    assertThat(settings.api()).isEmpty();
    assertThat(settings.rate()).isEqualTo(new Rate(2));
    assertThat(settings.racecardsRate()).isEmpty();
    assertThat(settings.database()).isEmpty();
    assertThat(settings.home()).isEqualTo(folder.resolve("studbook-data")).isAbsolute();
    credentials();
    ApiAccount api = load(NO_FLAGS, EVERYTHING).api().orElseThrow();
    assertThat(api.base()).isEqualTo(URI.create("https://api.theracingapi.com/v1"));
    assertThat(api.timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(api.password()).isEqualTo(Secret.of("opensesame"));
  }

  @Test
  void theVariablesOfLibpqCompleteADatabaseUrlAndNeverReplaceIt() throws IOException {
    environment.put("PGHOST", "db.example.org");
    environment.put("PGUSER", "ann");
    environment.put("HOME", folder.toString());
    assertThat(load(NO_FLAGS, DATABASE).database()).isEmpty();
    file(".env", "DATABASE_URL=postgresql:///racing\n");
    file(".env.local", "PGPASSWORD=opensesame\n");
    var address = load(NO_FLAGS, DATABASE).database().orElseThrow();
    assertThat(address.location()).isEqualTo("db.example.org:5432/racing");
    assertThat(address.password()).contains(Secret.of("opensesame"));
    environment.put("PGPORT", "x");
    assertThat(mistakes(NO_FLAGS, DATABASE))
        .singleElement()
        .asString()
        .startsWith("DATABASE_URL is completed by PGPORT, which has a port that");
  }

  @Test
  void aFlagWinsOverTheEnvironmentThatOverLocalThatOverTheCommonFile() throws IOException {
    file(".env", "RACING_API_RATE=1\nSTUDBOOK_HOME=common\nRACING_API_RACECARDS_RATE=7\n");
    file(".env.local", "RACING_API_RATE=3\nSTUDBOOK_HOME=local\n");
    assertThat(load(NO_FLAGS, DATABASE).rate()).isEqualTo(new Rate(3));
    environment.put("RACING_API_RATE", "4.5");
    environment.put("STUDBOOK_HOME", " ");
    Settings settings = load(NO_FLAGS, DATABASE);
    assertThat(settings.rate()).isEqualTo(new Rate(4.5));
    assertThat(settings.home()).as("blank is unset").isEqualTo(folder.resolve("local"));
    assertThat(settings.racecardsRate()).contains(new Rate(7));
    Settings flagged =
        load(
            Map.of(
                SettingName.RACING_API_RATE, "unlimited",
                SettingName.RACING_API_RACECARDS_RATE, "5",
                SettingName.STUDBOOK_HOME, "/flagged"),
            DATABASE);
    assertThat(flagged.rate()).isEqualTo(Rate.UNLIMITED);
    assertThat(flagged.racecardsRate()).contains(new Rate(5));
    assertThat(flagged.home()).isEqualTo(Path.of("/flagged"));
  }

  @Test
  void everyMistakeIsListedAtOnceUnderTheNameThatWasUsed() throws IOException {
    file(".env", "this is no entry\nRACING_API_TIMEOUT=soon\nRACING_API_PASSWROD=x\n");
    environment.put("DATABASE_URL", "mysql://h/db");
    environment.put("RACING_API_BASE_URL", "ftp://h");
    environment.put("STUDBOOK_HOME", "~/data");
    assertThat(
            mistakes(
                Map.of(
                    SettingName.RACING_API_RATE, "fast",
                    SettingName.RACING_API_RACECARDS_RATE, "-1"),
                EVERYTHING))
        .satisfiesExactlyInAnyOrder(
            mistake -> assertThat(mistake).isEqualTo(".env line 1 should read NAME=value"),
            mistake ->
                assertThat(mistake)
                    .contains("RACING_API_PASSWROD is not", ", RACING_API_PASSWORD,"),
            mistake -> assertThat(mistake).startsWith("--rate should be requests per second"),
            mistake ->
                assertThat(mistake).startsWith("--racecards-rate should be requests per second"),
            mistake -> assertThat(mistake).startsWith("RACING_API_TIMEOUT should be a duration"),
            mistake -> assertThat(mistake).startsWith("RACING_API_BASE_URL should be an https URL"),
            mistake -> assertThat(mistake).startsWith("RACING_API_USERNAME is not set"),
            mistake -> assertThat(mistake).startsWith("RACING_API_PASSWORD is not set"),
            mistake -> assertThat(mistake).startsWith("DATABASE_URL should begin with postgresql:"),
            mistake -> assertThat(mistake).startsWith("STUDBOOK_HOME should be a directory"));
  }

  @Test
  void credentialsAreRequiredOnlyForTheApi() {
    assertThat(load(NO_FLAGS, DATABASE).api()).isEmpty();
    assertThat(mistakes(NO_FLAGS, Set.of(Requirement.API)))
        .hasSize(2)
        .allMatch(mistake -> mistake.contains("is not set"));
  }

  @Test
  void theDatabasesAddressIsReadOnlyWhereItIsNeeded() {
    environment.put("DATABASE_URL", "nonsense");
    assertThat(load(NO_FLAGS, Set.of()).database()).isEmpty();
    assertThat(mistakes(NO_FLAGS, DATABASE)).hasSize(1);
  }

  @Test
  void supabasesNameForTheAddressIsAnAlias() {
    environment.put("SUPABASE_URL", "https://x.supabase.example");
    environment.put("SUPABASE_SERVICE_KEY", "servicekey");
    assertThat(mistakes(NO_FLAGS, DATABASE))
        .singleElement()
        .asString()
        .contains("Project → Connect → Session pooler", "REST API", "database password")
        .doesNotContain("servicekey");
    environment.put("SUPABASE_DB_URL", "postgresql://ann:pw@alias/db");
    assertThat(load(NO_FLAGS, DATABASE).database().orElseThrow()).hasToString("alias:5432/db");
    environment.put("DATABASE_URL", "postgresql://ann:pw@first/db");
    assertThat(load(NO_FLAGS, DATABASE).database().orElseThrow()).hasToString("first:5432/db");
  }

  @ParameterizedTest
  @CsvSource({
    "RACING_API_PASS, RACING_API_PASSWORD",
    "racing_api_rates, RACING_API_RATE",
    "STUDBOOK_HOEM, STUDBOOK_HOME",
    "STUDBOOK_ZZZZZZZZZZZ, STUDBOOK_KEEP_LOGS",
  })
  void anUnknownNameIsRefusedWithTheKnownOnes(String name, String meant) {
    environment.put(name, "hidden");
    assertThat(mistakes(NO_FLAGS, DATABASE))
        .singleElement()
        .asString()
        .startsWith(name + " is not a Studbook setting; the settings are ")
        .contains(meant + ", ")
        .doesNotContain("hidden", "DATABASE_URL");
  }

  @Test
  void linksToServicesThatContainersAreGivenAreNoSettings() {
    environment.put("STUDBOOK_PORT", "tcp://10.0.0.1:8080");
    environment.put("STUDBOOK_PORT_8080_TCP_ADDR", "10.0.0.1");
    environment.put("STUDBOOK_SERVICE_HOST", "10.0.0.1");
    environment.put("STUDBOOK_SERVICE_PORT_HTTP", "8080");
    environment.put("RACING_API_SERVICE_PORT", "80");
    load(NO_FLAGS, DATABASE);
  }

  @Test
  void theNameOfTheLaunchersOptionsIsKnown() {
    environment.put("STUDBOOK_JAVA_OPTS", "-Xmx64m");
    environment.put("RACINGAPI_RATE", "someone else's");
    load(NO_FLAGS, DATABASE);
  }

  @ParameterizedTest
  @CsvSource({"30, 30000", "2.5, 2500", "30s, 30000", "500ms, 500", "0.001, 1", "600, 600000"})
  void aTimeoutIsSecondsOrHasAUnit(String text, long millis) {
    credentials();
    Settings settings = load(Map.of(SettingName.RACING_API_TIMEOUT, text), EVERYTHING);
    assertThat(settings.api().orElseThrow().timeout()).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "0.5ms", "601", "10m", "1e3", "soon", "999999999"})
  void aTimeoutOutsideItsBoundsIsAMistake(String text) {
    assertThat(mistakes(Map.of(SettingName.RACING_API_TIMEOUT, text), DATABASE))
        .singleElement()
        .asString()
        .startsWith("--timeout should be a duration from 1ms to 600s");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "fast", "1e3", "10001", "NaN"})
  void aRateOutsideItsBoundsIsAMistake(String text) {
    assertThat(mistakes(Map.of(SettingName.RACING_API_RATE, text), DATABASE))
        .containsExactly(
            "--rate should be requests per second: a number from 0.01 to 10000, or unlimited");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.example.org/v1/",
        "http://localhost:8080",
        "http://127.0.0.1:1/v1",
        "http://[::1]:8080/v1"
      })
  void aBaseUrlIsHttpsOrThisMachine(String text) {
    credentials();
    environment.put("RACING_API_BASE_URL", text);
    assertThat(load(NO_FLAGS, EVERYTHING).api().orElseThrow().base())
        .hasToString(text.replaceFirst("/$", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://api.example.org/v1",
        "http://127.0.0.1.example.org",
        "http://localhost.example.org",
        "http://[::2]/",
        "https://ann:opensesame@api.example.org",
        "https://api.example.org/v1?key=opensesame",
        "https://api.example.org/#x",
        "https://api.example.org:70000",
        "https:///v1",
        "ftp://api.example.org",
        "api.example.org",
        "https://a b"
      })
  void anyOtherBaseUrlIsAMistakeThatDoesNotQuoteIt(String text) {
    credentials();
    environment.put("RACING_API_BASE_URL", text);
    assertThat(mistakes(NO_FLAGS, EVERYTHING))
        .singleElement()
        .asString()
        .startsWith("RACING_API_BASE_URL should be an https URL")
        .doesNotContain("opensesame");
  }

  @Test
  void aHomeThatIsAFileIsAMistake() throws IOException {
    file("taken", "");
    assertThat(mistakes(Map.of(SettingName.STUDBOOK_HOME, "taken"), DATABASE))
        .singleElement()
        .asString()
        .startsWith("--home should be a directory");
  }

  @Test
  void credentialsThatHttpCannotCarryAreMistakes() {
    environment.put("RACING_API_USERNAME", "a:b");
    environment.put("RACING_API_PASSWORD", "opensesame\r\nX-Header: 1");
    assertThat(mistakes(NO_FLAGS, DATABASE))
        .containsExactly(
            "RACING_API_USERNAME should be a user name without colon and control characters",
            "RACING_API_PASSWORD should be a password without control characters");
  }

  @Test
  void noErrorShowsASecret() throws IOException {
    List<String> names =
        List.of(
            "RACING_API_USERNAME",
            "RACING_API_PASSWORD",
            "RACING_API_PASWORD",
            "RACING_API_BASE_URL",
            "RACING_API_RATE",
            "RACING_API_TIMEOUT",
            "DATABASE_URL",
            "SUPABASE_SERVICE_KEY",
            "SUPABASE_URL");
    List<String> forms =
        List.of(
            "%s",
            "\"%s",
            "'%s'x",
            "a:%s",
            "https://u:%s@h",
            "postgresql://u:%s@h/d",
            "postgresql://u:@%s@h/d?z=1");
    for (long seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder("%s\n%s=1\n= %s\n".replace("%s", "opensesame "));
      for (String name : names) {
        String value = forms.get(random.nextInt(forms.size())).replace("%s", "opensesame");
        if (random.nextBoolean()) {
          text.append(name).append('=').append(value).append('\n');
        } else {
          environment.put(name, value);
        }
      }
      file(".env", text.toString());
      assertThatExceptionOfType(SettingsException.class)
          .as("seed %s", seed)
          .isThrownBy(() -> load(NO_FLAGS, EVERYTHING))
          .satisfies(e -> assertThat(e.toString()).doesNotContain("opensesame"));
    }
  }

  @Test
  void goodSettingsShowNoSecretEither() {
    credentials();
    environment.put("DATABASE_URL", "postgresql://bob:swordfish@h/db");
    assertThat(load(NO_FLAGS, EVERYTHING).toString())
        .contains("h:5432/db")
        .doesNotContain("ann", "opensesame", "bob", "swordfish");
  }

  @Test
  void thresholdsHaveDefaults() {
    Thresholds usual = load(NO_FLAGS, DATABASE).thresholds();
    assertThat(usual.enriched()).isEqualTo(95);
    assertThat(usual.pause()).isEqualTo(Duration.ofMinutes(10));
    environment.put("STUDBOOK_MIN_ENRICHED", "99.5%");
    environment.put("STUDBOOK_MIN_PEDIGREE", "0");
    environment.put("STUDBOOK_MAX_ERRORS", "100");
    environment.put("STUDBOOK_MAX_OUTAGE", "90s");
    Thresholds set = load(NO_FLAGS, DATABASE).thresholds();
    assertThat(set.enriched()).isEqualTo(99.5);
    assertThat(set.pedigree()).isZero();
    assertThat(set.errors()).isEqualTo(100);
    assertThat(set.pause()).isEqualTo(Duration.ofSeconds(90));
  }

  @ParameterizedTest
  @CsvSource({
    "STUDBOOK_MIN_ENRICHED, 100.1",
    "STUDBOOK_MIN_ENRICHED, -1",
    "STUDBOOK_MAX_ERRORS, few",
    "STUDBOOK_MAX_OUTAGE, 10",
    "STUDBOOK_MAX_OUTAGE, 101h"
  })
  void anInvalidThresholdIsRefused(String name, String value) {
    environment.put(name, value);
    assertThat(mistakes(NO_FLAGS, DATABASE))
        .singleElement()
        .satisfies(mistake -> assertThat(mistake).startsWith(name + " should be "));
  }
}
